# shellcheck shell=bash
# The course of an installation: validate all modules, then configure and verify one after the other, and go back
# when one fails.

# shellcheck source=lib/journal.sh
source "$INSTALL_HOME/lib/journal.sh"
readonly LOG=/var/log/berth/install.log

validate_modules() {
  local module failed=no
  for module in "$@"; do
    module_run validate "$module" >"$BERTH_RUN_DIR/validate.log" 2>&1 || {
      printf '(%s)\n' "$module" >&2
      cat "$BERTH_RUN_DIR/validate.log" >&2
      failed=yes
    }
  done
  [[ $failed == no ]] || stop "$EXIT_UNFIT" 'This host does not qualify. Nothing was changed.'
}

plan_modules() {
  local module
  printf 'Berth %s would be installed for https://%s:%s/\n' "$BERTH_VERSION" "$BERTH_PANEL_HOST" "$BERTH_PANEL_PORT"
  for module in "$@"; do
    module_run configure "$module" 3>"$BERTH_RUN_DIR/plan" >"$BERTH_RUN_DIR/plan.log" 2>&1 || {
      cat "$BERTH_RUN_DIR/plan.log" >&2
      stop "$EXIT_UNFIT" "The plan of $module could not be made. Nothing was changed."
    }
    if [[ -s $BERTH_RUN_DIR/plan ]]; then
      printf '%s\n' "$module"
      sed 's/^/  /' "$BERTH_RUN_DIR/plan"
    else
      printf '%s: nothing to do\n' "$module"
    fi
  done
}

take_lock() {
  exec 8>/run/berth-install.lock
  flock -n 8 || stop "$EXIT_BUSY" 'Another installation of Berth runs on this host.'
  export BERTH_LOCKED=yes
}

# Brings what an earlier run left unfinished to an end: an upgrade by its own program.
settle_earlier() {
  install -d -m 0750 -g adm /var/log/berth
  if [[ -e $WAY_BACK/upgrade.sh ]]; then
    printf 'an earlier upgrade stopped in the middle, settling it first\n' >&3
    BERTH_RUN_DIR='' bash "$WAY_BACK/upgrade.sh" --recover || stop "$EXIT_LOOK" "It could not be settled: see $LOG."
  elif [[ -e $JOURNAL_UNFINISHED ]]; then
    printf 'an earlier installation stopped in the middle, undoing it first\n' >&3
    go_back || stop "$EXIT_LOOK" "It could not be undone: see $LOG."
  fi
}

# open_changes COMMAND : from here on a run that stops in the middle is undone. The command comes just before.
open_changes() {
  install -d -m 0755 /var/lib/berth
  install -d -m 0700 /var/lib/berth/install "$JOURNAL"
  # Of a run that was killed when it had succeeded.
  forget_this_run
  printf '\n%s Berth %s\n' "$(date -u +%FT%TZ)" "$BERTH_VERSION" >>"$LOG"
  "$@"
  journal_last >"$JOURNAL_UNFINISHED.new"
  move_whole "$JOURNAL_UNFINISHED.new" "$JOURNAL_UNFINISHED"
  trap 'trap - INT TERM; fail interrupted' INT TERM
}

# Undoes what the unfinished installation did. The log stays: somebody will want to read it.
go_back() {
  keep_panel_off
  journal_undo "$(<"$JOURNAL_UNFINISHED")" >>"$LOG" 2>&1 || return 1
  let_panel_start
  restart_noted >>"$LOG" 2>&1 || return 1
  rm -f "$JOURNAL_UNFINISHED"
  forget_way_back
  if [[ $(journal_last) == 0 ]]; then
    rm -rf /var/lib/berth/install
    rmdir --ignore-fail-on-non-empty /var/lib/berth
  fi
}

# What is said when everything was undone.
UNDONE='Berth was not installed'

# For those who work on the installer itself, as are BERTH_INSTALL_SKIP and BERTH_INSTALL_FAIL_AT: ends the run at a step
# as a failure of the machine would.
reached() {
  local -a end
  [[ ${BERTH_INSTALL_END_AT:-} == "$1" ]] || return 0
  read -ra end <<<"${BERTH_INSTALL_END_BY:-kill -KILL $$}"
  "${end[@]}"
  # A machine takes a moment to fail.
  exec sleep infinity
}

fail() {
  printf '%s failed. The end of %s:\n' "$1" "$LOG" >&3
  tail -n 15 "$LOG" | sed 's/^/  /' >&3
  printf 'undoing what was done\n' >&3
  if go_back; then
    stop "$EXIT_UNDONE" "$UNDONE; everything this run did was undone. The whole log is $LOG."
  fi
  stop "$EXIT_LOOK" "$UNDONE, and not everything could be undone: see $LOG."
}

configure_modules() {
  local module number=0 begun before
  for module in "$@"; do
    number=$((number + 1))
    [[ " ${BERTH_INSTALL_SKIP:-} " != *" $module "* ]] || continue
    printf '[%d/%d] %s … ' "$number" "$#" "$module" >&3
    printf -- '--- %s\n' "$module" >>"$LOG"
    begun=${EPOCHREALTIME/./}
    before=$(wc -l <"$BERTH_RUN_DIR/changed")
    if ! module_run configure "$module" >>"$LOG" 2>&1 || ! module_run verify "$module" >>"$LOG" 2>&1 \
      || [[ ${BERTH_INSTALL_FAIL_AT:-} == "$module" ]]; then
      printf 'failed\n' >&3
      fail "$module"
    fi
    printf '%s (%d ms)\n' \
      "$([[ $before == $(wc -l <"$BERTH_RUN_DIR/changed") ]] && echo 'as it was' || echo ok)" \
      $(((${EPOCHREALTIME/./} - begun) / 1000)) >&3
    reached "$module"
  done
}

end_changes() {
  trap - INT TERM
  sync
  rm -f "$JOURNAL_UNFINISHED"
  forget_this_run
}

report() {
  local url=https://$BERTH_PANEL_HOST:$BERTH_PANEL_PORT/
  [[ $BERTH_PANEL_HOST != *:* ]] || url=https://[$BERTH_PANEL_HOST]:$BERTH_PANEL_PORT/
  printf '\nBerth %s is installed.\n\n  address   %s\n' "$BERTH_VERSION" "$url"
  if [[ -s $BERTH_RUN_DIR/one-time-password ]]; then
    printf '  login     %s\n  password  %s   (valid once: you choose your own when you log in)\n' \
      "$BERTH_ADMIN" "$(<"$BERTH_RUN_DIR/one-time-password")"
  else
    printf '  login     as before; for a new one-time password: berth user reset-password %s\n' "$BERTH_ADMIN"
  fi
  [[ ! -s $BERTH_RUN_DIR/hints ]] || printf '\n%s\n' "$(<"$BERTH_RUN_DIR/hints")"
  printf '\nThe certificate is self-signed for now, so the browser warns once.\n'
  printf 'Next: log in and create a site, or on this host: berth site create example.com --type php\n'
}
