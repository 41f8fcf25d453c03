# shellcheck shell=bash
# One lab host: an overlay over the base trees, booted by systemd-nspawn, with its own network and cgroups.

host_dir() {
  printf '%s/hosts/%s\n' "$LAB_DIR" "$1"
}

host_check_name() {
  # The outer interface is called ve-NAME, and the kernel allows 15 characters.
  [[ $1 =~ ^[a-z][a-z0-9-]{0,11}$ ]] || lab_die "'$1' is no host name for the lab: a-z, 0-9 and -, at most 12 characters"
}

host_exists() {
  [[ -f $(host_dir "$1")/settings ]]
}

# Reads a value that was noted for the host; nothing when it was not.
host_get() {
  local file
  file=$(host_dir "$1")/settings
  [[ -f $file ]] || return 0
  sed -n "s/^$2=//p" "$file" | tail -n 1
}

host_set() {
  local file
  file=$(host_dir "$1")/settings
  touch "$file"
  sed -i "/^$2=/d" "$file"
  printf '%s=%s\n' "$2" "$3" >>"$file"
}

# Prints when the process started; nothing when it has ended, even if nobody took notice of that yet.
process_start() {
  # Fields 3 and 22 of stat, counted after the command's name, which may hold blanks.
  sed 's/^.*) //' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" { print $20 }'
}

# A process id is believed only together with the time it started: numbers are used again.
process_is() {
  [[ -n $1 && -n $2 && $(process_start "$1") == "$2" ]]
}

host_runs() {
  process_is "$(host_get "$1" leader)" "$(host_get "$1" leader_start)"
}

# The seconds since this machine has begun to run: what bash counts in $SECONDS jumps with the clock.
lab_seconds() {
  local up
  read -r up _ </proc/uptime
  printf '%s\n' "${up%.*}"
}

# lab_wait SECONDS WHAT COMMAND… : until the command succeeds, or dies after the deadline.
lab_wait() {
  local deadline=$(($(lab_seconds) + $1)) what=$2
  shift 2
  until "$@"; do
    (($(lab_seconds) < deadline)) || lab_die "$what took too long"
    read -r -t 0.1 <> <(:) || true
  done
}

host_is_up() {
  local state
  state=$(host_exec "$1" systemctl is-system-running 2>/dev/null) || true
  [[ $state == running || $state == degraded ]]
}

host_leader() {
  local child
  for child in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do
    if [[ $(awk '$1 == "NSpid:" { print $NF }' "/proc/$child/status" 2>/dev/null) == 1 ]]; then
      printf '%s\n' "$child"
      return 0
    fi
  done
  return 1
}

host_has_leader() {
  [[ -d /proc/$1 ]] || lab_die "the host did not start, see $(host_dir "$2")/console.log"
  host_leader "$1" >/dev/null
}

# What a host writes lies on a file system of its own where it has one, in memory, until the host is taken down.
host_mount() {
  local name=$1 dir own room
  dir=$(host_dir "$name") own=$dir
  room=$(host_get "$name" disk)
  if [[ -n $room ]]; then
    own=$dir/disk
    mkdir -p "$own"
    mountpoint -q "$own" || mount -t tmpfs -o "size=${room}m,nr_inodes=$((room * 64)),mode=0755" berth-lab "$own"
  fi
  mkdir -p "$own/upper" "$own/work" "$dir/root"
  mountpoint -q "$dir/root" || mount -t overlay overlay \
    -o "lowerdir=$(host_get "$name" layers),upperdir=$own/upper,workdir=$own/work" "$dir/root"
}

host_boot() {
  local name=$1 dir supervisor leader
  dir=$(host_dir "$name")
  host_mount "$name"
  if [[ $(host_get "$name" readdress) == yes ]]; then
    host_readdress "$name"
    host_set "$name" readdress done
  fi
  printf '%s\n' "$name" >"$dir/root/etc/hostname"
  printf '127.0.0.1 localhost\n127.0.1.1 %s\n::1 localhost\n' "$name" >"$dir/root/etc/hosts"
  cgroups_make "$name"
  local -a boot=(systemd-nspawn --quiet --register=no --keep-unit --boot --directory="$dir/root"
    --machine="$name" --network-veth --resolv-conf=off --console=read-only --link-journal=no)
  mapfile -t -O "${#boot[@]}" boot < <(cgroups_options "$name")
  cgroups_run "$name" setsid "${boot[@]}" >"$dir/console.log" 2>&1 </dev/null &
  supervisor=$!
  disown "$supervisor"
  host_set "$name" supervisor "$supervisor"
  host_set "$name" supervisor_start "$(process_start "$supervisor")"
  lab_wait 20 "starting $name" host_has_leader "$supervisor" "$name"
  leader=$(host_leader "$supervisor")
  host_set "$name" leader "$leader"
  host_set "$name" leader_start "$(process_start "$leader")"
  network_up "$name" "$leader"
  lab_wait 60 "the system bus of $name" host_exec "$name" test -S /run/dbus/system_bus_socket
  cgroups_hand_over "$name"
  lab_wait "${LAB_BOOT_SECONDS:-240}" "booting $name" host_is_up "$name"
}

# Runs a command as root in the host, with nothing of the caller's environment but its terminal.
host_exec() {
  local name=$1
  shift
  nsenter --target "$(host_get "$name" leader)" --all -- \
    /usr/bin/env -C /root -i HOME=/root USER=root LOGNAME=root SHELL=/bin/bash LANG=C.UTF-8 TERM="${TERM:-dumb}" \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

host_is_gone() {
  ! process_is "$(host_get "$1" supervisor)" "$(host_get "$1" supervisor_start)"
}

host_kill() {
  local supervisor leader
  supervisor=$(host_get "$1" supervisor)
  # A host that was left while it began to boot has no leader noted.
  leader=$(host_leader "$supervisor") || leader=
  kill -KILL ${leader:+"$leader"} "$supervisor" 2>/dev/null || true
}

# Stops a host cleanly, or by force when it does not come down in time. Its files stay.
host_stop() {
  local name=$1 deadline=$(($(lab_seconds) + 60))
  # A host that only begins to boot takes no orders yet.
  if host_runs "$name" && host_exec "$name" systemctl poweroff >/dev/null 2>&1; then
    until host_is_gone "$name" || (($(lab_seconds) >= deadline)); do
      read -r -t 0.1 <> <(:) || true
    done
  fi
  if ! host_is_gone "$name"; then
    printf 'lab: %s does not power off, ending it\n' "$name" >&2
    host_kill "$name"
    lab_wait 60 "ending $name" host_is_gone "$name"
  fi
  # The kernel takes it away some time after the last process, and the next boot makes one of the same name.
  lab_wait 60 "taking away the cable of $name" network_is_down "$name"
  lab_unmount "$(host_dir "$name")/root"
  cgroups_remove "$name"
}
