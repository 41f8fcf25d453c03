# shellcheck shell=bash
# What the installer did, one file an action, so that it can be undone newest first: at once when a later step
# fails, at the next start when the machine stopped in the middle, and by uninstall.sh.

readonly JOURNAL=/var/lib/berth/install/journal
readonly JOURNAL_UNFINISHED=/var/lib/berth/install/unfinished
# Units to restart once everything is undone; beside the journal, because the undoing may be broken off too.
readonly RESTARTS=/var/lib/berth/install/restart
# An upgrade that only has to be tidied up, and what brings a broken-off one to its end (wayback.sh).
readonly FINISHED=/var/lib/berth/install/finished WAY_BACK=/var/lib/berth/install/wayback
readonly RECOVER_UNIT=/etc/systemd/system/berth-recover.service
readonly RECOVER_LINK=/etc/systemd/system/multi-user.target.wants/berth-recover.service
# Keeps the panel from starting while not all is undone.
readonly PANEL_OFF=/etc/systemd/system/berth.service.d/way-back.conf
# Module of the entries that serve the way back of one run, and are forgotten when it has succeeded.
readonly OF_THIS_RUN=this-run

journal_last() {
  local -a entries=("$JOURNAL"/*.entry)
  local name=${entries[-1]##*/}
  if [[ -e ${entries[-1]} ]]; then
    printf '%d\n' "$((10#${name%%.*}))"
  else
    printf '0\n'
  fi
}

# journal_note ACTION ARGUMENT… : notes how to undo what is about to be done. Prints the entry's path, beside which
# the action may keep what it replaces.
journal_note() {
  local entry
  install -d -m 0700 "$JOURNAL"
  printf -v entry '%s/%06d.entry' "$JOURNAL" $(($(journal_last) + 1))
  printf '%s\0' "$MODULE" "$@" >"$entry.new"
  mv "$entry.new" "$entry"
  printf '%s\n' "${entry%.entry}"
}

# journal_undo AFTER KEEP… : undoes all entries newer than number AFTER, newest first, but those of the modules
# KEEP. Goes on when one cannot be undone, and fails at the end.
journal_undo() {
  local after=$1 entry number failed=0 kept
  shift
  local -a entries=("$JOURNAL"/*.entry) action
  local index
  for ((index = ${#entries[@]} - 1; index >= 0; index--)); do
    entry=${entries[index]}
    [[ -e $entry ]] || continue
    number=${entry##*/}
    ((10#${number%%.*} > after)) || break
    mapfile -d '' -t action <"$entry"
    for kept in "$@"; do
      [[ ${action[0]} != "$kept" ]] || continue 2
    done
    printf 'undo %s: %s\n' "${action[0]}" "${action[*]:1}"
    if bash "$INSTALL_HOME/lib/run.sh" undo "${entry%.entry}" "${action[@]:1}"; then
      rm -f "$entry" "${entry%.entry}.saved"
    else
      printf 'could not be undone: %s %s\n' "${action[0]}" "${action[*]:1}"
      failed=1
    fi
  done
  systemctl daemon-reload || true
  return "$failed"
}

# journal_forget MODULE : what it did stays done, also when Berth is uninstalled.
journal_forget() {
  local entry
  local -a action
  for entry in "$JOURNAL"/*.entry; do
    [[ -e $entry ]] || continue
    mapfile -d '' -t action <"$entry"
    [[ ${action[0]} != "$1" ]] || rm -f "$entry" "${entry%.entry}.saved"
  done
}

# journal_drop ENTRY : nothing came of it.
journal_drop() {
  rm -f "$1.entry" "$1.saved"
}

# systemd refuses to start a unit for the sixth time in ten seconds, which installing, failing and undoing reaches.
# Refused for a unit that systemd has not loaded, which has nothing to forget; any other failure shows in the start that
# comes next.
forget_starts() {
  systemctl --quiet reset-failed "$1" 2>/dev/null || true
}

# Half of what was there is no place to start on, whoever asks for it: the host's start, systemd, or somebody by hand.
keep_panel_off() {
  install -d -m 0755 "${PANEL_OFF%/*}"
  cat >"$PANEL_OFF" <<UNIT
[Service]
ExecCondition=/bin/sh -c 'echo "The panel does not start: the way back from what was broken off did not come to its end. $LOG says at its end what failed. Mend that, then run: bash $WAY_BACK/upgrade.sh --recover (after an installation: install.sh again)." >&2; exit 1'
UNIT
  systemctl daemon-reload
}

let_panel_start() {
  [[ -e $PANEL_OFF ]] || return 0
  rm -f "$PANEL_OFF"
  rmdir --ignore-fail-on-non-empty "${PANEL_OFF%/*}"
  systemctl daemon-reload
}

forget_way_back() {
  forget_starts berth-recover.service
  rm -rf "$RECOVER_LINK" "$RECOVER_UNIT" "$WAY_BACK"
}

note_restart() {
  printf '%s\n' "$1" >>"$RESTARTS"
}

forget_restart() {
  [[ -e $RESTARTS ]] || return 0
  awk -v gone="$1" '$0 != gone' "$RESTARTS" >"$RESTARTS.new"
  mv "$RESTARTS.new" "$RESTARTS"
}

# Restarts the units that undone actions noted, now that their files are those of before. While the host starts they are
# only told to: they wait for whoever asks.
restart_noted() {
  local unit failed=0
  local -a block=()
  [[ -e $RESTARTS ]] || return 0
  [[ ${UPGRADE_AT_BOOT:-no} == no ]] || block=(--no-block)
  while read -r unit; do
    forget_starts "$unit"
    systemctl "${block[@]}" restart "$unit" || failed=1
  done < <(sort -u "$RESTARTS")
  rm -f "$RESTARTS"
  return "$failed"
}
