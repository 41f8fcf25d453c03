# shellcheck shell=bash
# Makes memory, CPU and task limits work inside a lab host, on both versions of control groups.
#
# Version 1: nspawn mounts the controllers read-only, so each host gets a group of its own for every controller,
# handed in as a directory and mounted over the read-only one after boot. In the trees where systemd itself keeps its
# units each host begins in a group of its own, since nspawn gives all below one the same paths: a systemd would count
# another host's processes as its unit's. Version 2: the host's group is delegated, by systemd where it runs here, and
# otherwise made by hand.

readonly CGROUP_ROOT=/sys/fs/cgroup
readonly CGROUP_CONTROLLERS=(memory pids cpu cpuacct blkio) CGROUP_UNIT_TREES=(systemd unified)

cgroups_unified() {
  [[ $(stat -f -c %T "$CGROUP_ROOT") == cgroup2fs ]]
}

machine_has_systemd() {
  [[ -d /run/systemd/system ]]
}

# Prints the controllers of version 1 that are mounted here.
cgroups_legacy() {
  local controller
  cgroups_unified && return 0
  for controller in "${CGROUP_CONTROLLERS[@]}"; do
    if mountpoint -q "$CGROUP_ROOT/$controller"; then
      printf '%s\n' "$controller"
    fi
  done
}

# Prints the trees besides version 2 alone in which systemd keeps its units.
cgroups_unit_trees() {
  local tree
  cgroups_unified && return 0
  for tree in "${CGROUP_UNIT_TREES[@]}"; do
    if mountpoint -q "$CGROUP_ROOT/$tree"; then
      printf '%s\n' "$tree"
    fi
  done
}

cgroups_make() {
  local controller
  for controller in $(cgroups_legacy) $(cgroups_unit_trees); do
    mkdir -p "$CGROUP_ROOT/$controller/berth-lab-$1"
  done
  if cgroups_unified && ! machine_has_systemd; then
    mkdir -p "$CGROUP_ROOT/berth-lab-$1"
    for controller in cpu memory pids io; do
      printf '+%s' "$controller" >"$CGROUP_ROOT/cgroup.subtree_control" 2>/dev/null || true
    done
  fi
}

# Prints the options of systemd-nspawn that the groups need, one a line.
cgroups_options() {
  local controller
  for controller in $(cgroups_legacy); do
    printf -- '--bind=%s/%s/berth-lab-%s:/run/lab-cgroups/%s\n' "$CGROUP_ROOT" "$controller" "$1" "$controller"
  done
  if ! cgroups_unified; then
    # From version 256 on systemd boots on legacy groups only when told to.
    printf -- '--setenv=SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1\n'
  fi
}

# Starts the command in the group that the host may divide among its units.
cgroups_run() {
  local name=$1 tree
  shift
  for tree in $(cgroups_unit_trees); do
    printf '%s\n' "$BASHPID" >"$CGROUP_ROOT/$tree/berth-lab-$name/cgroup.procs"
  done
  if cgroups_unified && machine_has_systemd; then
    exec systemd-run --quiet --scope --unit="berth-lab-$name" --property=Delegate=yes -- "$@"
  elif cgroups_unified; then
    printf '%s\n' "$BASHPID" >"$CGROUP_ROOT/berth-lab-$name/cgroup.procs"
  fi
  exec "$@"
}

cgroups_hand_over() {
  local controller name=$1
  local -a legacy
  mapfile -t legacy < <(cgroups_legacy)
  ((${#legacy[@]})) || return 0
  for controller in "${legacy[@]}"; do
    host_exec "$name" mount --bind "/run/lab-cgroups/$controller" "$CGROUP_ROOT/$controller"
  done
  host_exec "$name" systemctl daemon-reexec
}

cgroups_remove() {
  local controller root
  for controller in "${CGROUP_CONTROLLERS[@]}" "${CGROUP_UNIT_TREES[@]}" .; do
    root=$CGROUP_ROOT/$controller/berth-lab-$1
    # Only from the leaves up, and only directories: that is how the kernel lets groups go.
    if [[ -d $root ]]; then
      find "$root" -depth -type d -exec rmdir {} + 2>/dev/null || true
    fi
  done
}
