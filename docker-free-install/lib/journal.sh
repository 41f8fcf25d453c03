# shellcheck shell=bash
# What the installer did, one file an action, so that it can be undone newest first: at once when a later step
# fails, at the next start when the machine stopped in the middle, and by uninstall.sh.

readonly JOURNAL=/var/lib/berth/install/journal
# A copy of what the next action replaces, while it is made.
readonly KEPT=$JOURNAL/kept
readonly JOURNAL_UNFINISHED=/var/lib/berth/install/unfinished
# Units to restart once everything is undone; beside the journal, because the undoing may be broken off too.
readonly RESTARTS=/var/lib/berth/install/restart
# An upgrade that only has to be tidied up, and what brings a broken-off one to its end (wayback.sh).
# Laid out as a release is: the host's scripts lie beside the installer, because actions are undone by them too.
readonly FINISHED=/var/lib/berth/install/finished WAY_BACK=/var/lib/berth/install/wayback/install
readonly RECOVER_UNIT=/etc/systemd/system/berth-recover.service
readonly RECOVER_LINK=/etc/systemd/system/multi-user.target.wants/berth-recover.service
# Keeps the panel from starting while not all is undone.
readonly PANEL_OFF=/etc/systemd/system/berth.service.d/way-back.conf
# Module of the entries that serve the way back of one run, and are forgotten when it has succeeded.
readonly OF_THIS_RUN=this-run

journal_last() {
  local -a entries=("$JOURNAL"/*.entry)
  # There may be none.
  local last=${entries[*]: -1} name
  name=${last##*/}
  if [[ -e $last ]]; then
    printf '%d\n' "$((10#${name%%.*}))"
  else
    printf '0\n'
  fi
}

# move_whole NEW PATH : by one rename, and on the disk before anything that comes after it. Whenever the machine stops, at
# PATH is what was there or all that is new. Both are on one file system.
move_whole() {
  # A link is no file to be brought to the disk: its folder holds it.
  [[ -L $1 ]] || sync "$1"
  mv -T "$1" "$2"
  sync "$(dirname "$2")"
}

journal_next() {
  printf '%s/%06d\n' "$JOURNAL" $(($(journal_last) + 1))
}

# journal_note ACTION ARGUMENT… : notes how to undo what is about to be done. Prints the entry's path.
journal_note() {
  local entry
  install -d -m 0700 "$JOURNAL"
  entry=$(journal_next)
  printf '%s\0' "$MODULE" "$@" >"$entry.entry.new"
  move_whole "$entry.entry.new" "$entry.entry"
  printf '%s\n' "$entry"
}

# journal_note_kept ACTION ARGUMENT… : the same of what is about to be replaced by something else: its copy is $KEPT, and
# lies whole beside the entry, as .saved, before there is one.
journal_note_kept() {
  move_whole "$KEPT" "$(journal_next).saved"
  journal_note "$@"
}

# read_entry ENTRY : sets `action`. One that was cut, by whatever, says too little to undo anything.
read_entry() {
  [[ -s $1 && -z $(tail -c 1 "$1" | tr -d '\0') ]] || return 1
  mapfile -d '' -t action <"$1"
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
    read_entry "$entry" || {
      printf 'could not be undone: %s is not whole\n' "$entry"
      failed=1
      continue
    }
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
    read_entry "$entry" || continue
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
  rm -rf "$RECOVER_LINK" "$RECOVER_UNIT" "${WAY_BACK%/*}"
}

# The run has succeeded: what only its way back would need goes.
forget_this_run() {
  journal_forget "$OF_THIS_RUN"
  rm -rf --one-file-system /usr/lib/berth/releases/.*.berth /var/lib/berth/server/.*.berth
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
    # It may have gone with its package.
    [[ $(systemctl show --property=LoadState --value "$unit") != not-found ]] || continue
    forget_starts "$unit"
    systemctl "${block[@]}" restart "$unit" || failed=1
  done < <(sort -u "$RESTARTS")
  rm -f "$RESTARTS"
  return "$failed"
}
