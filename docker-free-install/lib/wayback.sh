# shellcheck shell=bash
# What brings a broken-off upgrade to an end: back to the release of before, or, when the new one was verified already,
# to tidying up. It is there before the upgrade changes anything: a copy of the installer and of the host's scripts, by which
# some actions are undone, and a unit for the host's next start.

keep_way_back() {
  local place=${WAY_BACK%/*}
  rm -rf "$place.new"
  mkdir "$place.new"
  cp -r "$INSTALL_HOME" "$place.new/install"
  cp -r "$INSTALL_HOME/../host-scripts" "$place.new/host-scripts"
  rm -rf "$place"
  mv -T "$place.new" "$place"
  cat >"$RECOVER_UNIT" <<UNIT
[Unit]
Description=Way back from an upgrade of Berth that was broken off
# Before the panel starts, because its release may be half there.
After=mariadb@berth.service systemd-tmpfiles-setup.service
Wants=mariadb@berth.service
Before=berth.service

[Service]
Type=oneshot
ExecStart=/bin/bash $WAY_BACK/upgrade.sh --recover --boot
UNIT
  ln -sfn "$RECOVER_UNIT" "$RECOVER_LINK"
  sync
}

# recover ARGUMENT… : by the copy, because the release that began may be gone.
recover() {
  [[ -e $WAY_BACK/upgrade.sh ]] || return 0
  [[ $INSTALL_HOME == "$WAY_BACK" ]] || exec bash "$WAY_BACK/upgrade.sh" "$@"
  local outcome=/dev/null
  # Whoever holds the lock already has an outcome of their own.
  if [[ ${BERTH_LOCKED:-} != yes ]]; then
    take_lock
    outcome=$OUTCOME
  fi
  if [[ -e $JOURNAL_UNFINISHED ]]; then
    printf 'the upgrade was broken off, going back\n' >&3
    printf '%s\n' "$EXIT_LOOK" >"$outcome"
    go_back || stop "$EXIT_LOOK" \
      "Not everything could be undone. Mend what $LOG ends with, then run: bash $WAY_BACK/upgrade.sh --recover"
    printf '%s\n' "$EXIT_UNDONE" >"$outcome"
    printf 'Berth %s is back, as it was.\n' "$(installed_version)" >&3
  elif [[ -e $FINISHED ]]; then
    tidy_up
    printf '0\n' >"$outcome"
    printf 'Berth %s runs now.\n' "$(installed_version)" >&3
  else
    forget_way_back
  fi
}

# What is left to do once the new release was verified. May be broken off and done again.
tidy_up() {
  rm -f "$CLOSED" "$DRAIN"
  forget_this_run
  prune_releases
  rm -f "$FINISHED"
  forget_way_back
}
