# shellcheck shell=bash
# Actions (see actions.sh) on systemd's units.

# enable_unit UNIT… : at boot. Starting is another matter.
enable_unit() {
  local unit
  for unit in "$@"; do
    [[ $(systemctl is-enabled "$unit" 2>/dev/null) != enabled ]] || continue
    if dry_run; then
      plan "enable $unit"
      continue
    fi
    journal_note enable_unit "$unit" >/dev/null
    systemctl enable "$unit"
    mark_changed "$unit enabled"
  done
}

undo_enable_unit() {
  systemctl disable "$2"
}

# The reason why a unit did not start is in the journal, and the journal may be gone when somebody reads our log.
systemctl_or_why() {
  forget_starts "$2"
  systemctl "$@" || {
    journalctl --no-pager --output=cat --lines=30 --unit="$2"
    return 1
  }
}

# start_unit UNIT… : those that do not run.
start_unit() {
  local unit
  for unit in "$@"; do
    ! systemctl is-active --quiet "$unit" || continue
    if dry_run; then
      plan "start $unit"
      continue
    fi
    journal_note start_unit "$unit" >/dev/null
    systemctl_or_why start "$unit"
    mark_changed "$unit started"
  done
}

# Whatever restarted it later is undone by now: it did not run before.
undo_start_unit() {
  systemctl stop "$2"
  forget_restart "$2"
}

# restart_unit UNIT : starts it, or restarts it if it runs; undone by another restart, with the files of before.
restart_unit() {
  if ! systemctl is-active --quiet "$1"; then
    start_unit "$1"
  elif dry_run; then
    plan "restart $1"
  else
    journal_note restart_unit "$1" >/dev/null
    systemctl_or_why restart "$1"
  fi
}

undo_restart_unit() {
  # Its files are put back after this, so the restart waits until everything is undone.
  note_restart "$2"
}

# stop_for_a_while UNIT : a later action starts it again, or the undoing does.
stop_for_a_while() {
  systemctl is-active --quiet "$1" || return 0
  journal_note start_again "$1" >/dev/null
  systemctl stop "$1"
}

undo_start_again() {
  note_restart "$2"
}

reload_units() {
  if dry_run; then
    return 0
  fi
  systemctl daemon-reload
}

# mask_unit UNIT : stops it and keeps it from being started.
mask_unit() {
  [[ $(systemctl is-enabled "$1" 2>/dev/null) != masked ]] || return 0
  if dry_run; then
    plan "stop and mask $1"
    return 0
  fi
  journal_note mask_unit "$1" "$(systemctl is-active "$1" || true)" >/dev/null
  systemctl mask --now "$1"
  mark_changed "$1 masked"
}

undo_mask_unit() {
  systemctl unmask "$2"
  if [[ $3 == active ]]; then
    systemctl start "$2"
  fi
}
