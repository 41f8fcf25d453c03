# shellcheck shell=bash
# The only ways in which a module changes the host. Each does nothing when the host is already as wanted, prints
# what it would do in a dry run, and notes in the journal how to undo it. Every undo_NAME below belongs to NAME.

dry_run() {
  [[ ${BERTH_DRY_RUN:-} == yes ]]
}

plan() {
  printf '%s\n' "$1" >&3
}

# Called for every change, so that later modules know what must be restarted.
mark_changed() {
  printf '%s %s\n' "$MODULE" "$1" >>"$BERTH_RUN_DIR/changed"
}

# changed MODULE… : whether this run changed something in one of the modules.
changed() {
  local module
  for module in "$@"; do
    ! grep -q "^$module " "$BERTH_RUN_DIR/changed" || return 0
  done
  return 1
}

owned_as() {
  [[ $(stat -c '%a %U:%G' "$1") == "$((10#$2)) $3" ]]
}

# put_file PATH MODE OWNER:GROUP : standard input becomes the file, in one rename.
put_file() {
  local path=$1 mode=$2 owner=$3 new
  new=$(mktemp "$BERTH_RUN_DIR/file.XXXXXX")
  cat >"$new"
  if [[ -f $path && ! -L $path ]] && cmp -s "$new" "$path" && owned_as "$path" "$mode" "$owner"; then
    rm "$new"
    return 0
  fi
  if dry_run; then
    plan "write $path"
    rm "$new"
    return 0
  fi
  if [[ -e $path || -L $path ]]; then
    cp -aT --remove-destination "$path" "$KEPT"
    journal_note_kept put_file "$path" saved >/dev/null
  else
    journal_note put_file "$path" none >/dev/null
  fi
  place_file "$new" "$path" "$mode" "$owner"
  mark_changed "$path"
}

# Prints where something waits that takes the path's place by one rename, or that gave it up: a name that nothing reads, and
# always the same one, so that what a run left that was killed goes with the next.
beside() {
  printf '%s/.%s.berth\n' "${1%/*}" "${1##*/}"
}

place_file() {
  local new=$1 path=$2 near
  near=$(beside "$path")
  install -m 0600 "$new" "$near"
  chown "$4" "$near"
  chmod "$3" "$near"
  move_whole "$near" "$path"
  rm "$new"
}

# place_copy COPY PATH : the copy stays, so that this may be broken off and done again.
place_copy() {
  local near
  near=$(beside "$2")
  mkdir -p "$(dirname "$2")"
  cp -aT --remove-destination "$1" "$near"
  move_whole "$near" "$2"
}

# The entry tells of a copy once there is one. An earlier release told of it before, and changed the file after.
undo_put_file() {
  if [[ $3 == none ]]; then
    rm -f "$2" "$(beside "$2")"
  elif [[ -e $1.saved || -L $1.saved ]]; then
    place_copy "$1.saved" "$2"
  else
    printf 'there is no copy of %s: it was not changed yet\n' "$2"
  fi
}

# keep_files PATTERN… : another script may change them, add some or remove some. Prints the journal's entry. For this run
# alone: what undoes the first installation undoes all of them.
keep_files() {
  local MODULE=$OF_THIS_RUN file
  # What is not in it goes when it is put back. A link may lead to what is gone already; the names of thousands of sites are
  # too long for arguments.
  # shellcheck disable=SC2048 # they are patterns
  for file in $*; do
    [[ ! -f $file && ! -L $file ]] || printf '%s\0' "$file"
  done | tar -cf "$KEPT" --absolute-names --null --files-from=-
  journal_note_kept keep_files "$@"
}

# With the time of now, so that what still runs by the others is seen to be out of date.
undo_keep_files() {
  local file from=$JOURNAL/unpacked
  [[ -e $1.saved ]] || return 0
  rm -rf "$from"
  mkdir "$from"
  tar -xpmf "$1.saved" -C "$from"
  while IFS= read -r -d '' file; do
    is_copy "$from/$file" "/$file" || place_copy "$from/$file" "/$file"
  done < <(find "$from" ! -type d -printf '%P\0')
  # shellcheck disable=SC2068 # they are patterns
  for file in ${@:2}; do
    [[ ! -f $file && ! -L $file ]] || [[ -e $from$file || -L $from$file ]] || rm -f "$file"
  done
  rm -rf "$from"
  systemctl daemon-reload
  ! systemctl --quiet is-active nginx.service || systemctl reload nginx.service
}

# is_copy FILE PATH : whether at the path is the same, with the same rights.
is_copy() {
  [[ $(stat -c '%F %a %U:%G' "$1") == "$(stat -c '%F %a %U:%G' "$2" 2>/dev/null)" ]] || return 1
  if [[ -L $1 ]]; then
    [[ $(readlink "$1") == "$(readlink "$2")" ]]
  else
    cmp -s "$1" "$2"
  fi
}

# put_sysctl NAME VALUE : in the running kernel, which must have it; a file of sysctl.d says it for the next start.
put_sysctl() {
  local file=/proc/sys/${1//.//} old
  read -r old <"$file"
  [[ $old != "$2" ]] || return 0
  if dry_run; then
    plan "set $1 to $2"
    return 0
  fi
  journal_note put_sysctl "$1" "$old" >/dev/null
  printf '%s\n' "$2" >"$file"
  mark_changed "$1"
}

# Another kernel may run by then.
undo_put_sysctl() {
  local file=/proc/sys/${2//.//}
  [[ ! -w $file ]] || printf '%s\n' "$3" >"$file"
}

# put_dir PATH MODE OWNER:GROUP
put_dir() {
  if [[ ! -d $1 ]]; then
    if dry_run; then
      plan "make folder $1"
      return 0
    fi
    journal_note put_dir "$1" >/dev/null
    mkdir "$1"
    mark_changed "$1"
  elif dry_run || owned_as "$1" "$2" "$3"; then
    return 0
  fi
  chown "$3" "$1"
  chmod "$2" "$1"
}

undo_put_dir() {
  case $2 in
    /etc/berth | /etc/berth/* | /usr/lib/berth | /usr/lib/berth/* | /var/lib/berth/* | /run/berth | /run/berth/*)
      rm -rf --one-file-system "$2"
      ;;
    *)
      # Somebody else may have put something in: only an empty folder goes.
      [[ ! -d $2 ]] || rmdir --ignore-fail-on-non-empty "$2"
      ;;
  esac
}

# put_link TARGET PATH
put_link() {
  local old=
  [[ ! -L $2 ]] || old=$(readlink "$2")
  [[ $old != "$1" ]] || return 0
  if dry_run; then
    plan "link $2 to $1"
    return 0
  fi
  journal_note put_link "$2" "$old" >/dev/null
  ln -sfn "$1" "$2.new"
  mv -T "$2.new" "$2"
  mark_changed "$2"
}

undo_put_link() {
  rm -f "$2.new"
  if [[ -n $3 ]]; then
    ln -s "$3" "$2.new"
    mv -T "$2.new" "$2"
  else
    rm -f "$2"
  fi
}

# put_tree NEW PATH : the folder takes the path's place, beside it on one file system. What was there waits beside it too,
# until the run has succeeded.
put_tree() {
  local old=none waiting
  waiting=$(beside "$2")
  rm -rf --one-file-system "$waiting"
  [[ ! -d $2 ]] || old=waits
  journal_note put_tree "$2" "$old" >/dev/null
  [[ $old == none ]] || mv -T "$2" "$waiting"
  mv -T "$1" "$2"
}

# What does not wait any more, or does not yet, is in its place.
undo_put_tree() {
  local waiting
  waiting=$(beside "$2")
  if [[ $3 == none ]]; then
    rm -rf --one-file-system "$2"
  elif [[ -d $waiting ]]; then
    rm -rf --one-file-system "$2"
    mv -T "$waiting" "$2"
  fi
}

# In journals that an earlier release wrote.
undo_unpack_release() {
  rm -rf --one-file-system "$2"
  if [[ -d $1.release ]]; then
    mv -T "$1.release" "$2"
  fi
}

# By the scripts beside the installer: the installed ones may be undone already. Folders go only where nothing is in
# them.
undo_set_up_sites() {
  bash -p "$INSTALL_HOME/../host-scripts/setup" remove
  local folder
  # Of the stand-ins for sites; there is no site of that number.
  rm -f /var/log/nginx/sites/0.{access,error}.log /var/lib/berth/visitors/.berth /var/lib/berth/tls/{unknown.pem,quic.key}
  for folder in /var/lib/berth/visitors{/.well-known{/acme-challenge,},} /var/lib/berth/tls \
    /var/log/nginx/sites /etc/systemd/system/sockets.target.wants; do
    [[ ! -d $folder ]] || rmdir --ignore-fail-on-non-empty "$folder"
  done
}

# By the script beside the installer: the installed one may be undone already.
undo_turn_off_quota() {
  bash -p "$INSTALL_HOME/../host-scripts/libexec/quota-on" --off
}

# put_system_user NAME HOME
put_system_user() {
  ! id -u "$1" >/dev/null 2>&1 || return 0
  if dry_run; then
    plan "add system user $1"
    return 0
  fi
  journal_note put_system_user "$1" >/dev/null
  useradd --system --user-group --home-dir "$2" --no-create-home --shell /usr/sbin/nologin "$1"
  mark_changed "user $1"
}

undo_put_system_user() {
  ! id -u "$2" >/dev/null 2>&1 || userdel "$2"
}

# run PLAN COMMAND… : something that needs no undo, because it only changes what another action made.
run() {
  if dry_run; then
    plan "$1"
    return 0
  fi
  "${@:2}"
}

# wait_until SECONDS COMMAND…
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    read -r -t 0.2 <> <(:) || true
  done
}

# refuse WHAT WHY TODO : ends a validation; nothing was changed yet.
refuse() {
  printf '%s\n  why: %s\n  what to do: %s\n' "$1" "$2" "$3" >&3
  exit 1
}

# Refuses when another program than UNIT listens on the port.
need_port() {
  local port=$1 unit=$2 holder
  holder=$(ss -Hltnp "sport = :$port" | sed -n 's/.*users:(("\([^"]*\)".*/\1/p' | head -n 1)
  [[ -n $holder ]] || return 0
  ! systemctl is-active --quiet "$unit" || return 0
  refuse "Port $port is in use by $holder." "Berth needs it for $unit." \
    "Stop $holder or move it to another port, then run the installer again."
}
