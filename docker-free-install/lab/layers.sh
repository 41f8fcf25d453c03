# shellcheck shell=bash
# Builds the read-only trees under the lab's hosts, each once, in the cache outside the checkout.
# A tree is named after the hash of what made it, and put in place by one rename when it is complete.

lab_hash() {
  sha256sum | cut -c1-12
}

# What a base tree depends on: this recipe and the list of packages.
lab_base_key() {
  local suite=$1
  { printf '%s\n' "$suite"; cat "$LAB_HOME/lab/base.sh" "$LAB_HOME/lib/packages.sh"; } | lab_hash
}

# lab_layer NAME FUNCTION ARG… : the path of a finished layer, building it first when it is missing.
# The function gets an empty directory to fill.
lab_layer() {
  local name=$1 build=$2 layer=$LAB_DIR/layers/$1 work
  shift 2
  mkdir -p "$LAB_DIR/layers"
  (
    flock 9
    if [[ ! -d $layer ]]; then
      work=$(mktemp -d "$LAB_DIR/layers/.building.XXXXXX")
      trap 'lab_unmount "$work.root"; lab_unmount "$work.from"; rm -rf --one-file-system "$work" "$work".*' EXIT
      lab_prune
      chmod 0755 "$work"
      printf 'lab: building %s (once)\n' "$name" >&2
      "$build" "$work" "$@" >&2
      mv -T "$work" "$layer"
      trap - EXIT
      rm -rf --one-file-system "$work".*
    fi
  ) 9>"$LAB_DIR/layers/$name.lock"
  touch "$LAB_DIR/layers/$name.lock"
  printf '%s\n' "$layer"
}

# Trees that no host stands on and that nobody asked for in three days.
lab_prune() {
  local lock layer
  while IFS= read -r -d '' lock; do
    layer=${lock%.lock}
    if ! grep -qs -F "$layer" "$LAB_DIR"/hosts/*/settings; then
      rm -rf --one-file-system "$layer" "$lock"
    fi
  done < <(find "$LAB_DIR/layers" -maxdepth 1 -name '*.lock' -mtime +3 -print0)
}

lab_unmount() {
  if mountpoint -q "$1"; then
    umount "$1"
  fi
}

# Runs a command in a tree without booting it; it shares this machine's network, for apt.
lab_in_tree() {
  local tree=$1
  shift
  systemd-nspawn --quiet --register=no --keep-unit --pipe --directory="$tree" \
    --resolv-conf=replace-host --setenv=DEBIAN_FRONTEND=noninteractive --setenv=LC_ALL=C.UTF-8 \
    --setenv=container=lab -- "$@" </dev/null
}

# lab_with_overlay UPPER LOWER… -- COMMAND… : runs a command on a mounted overlay whose changes land in UPPER.
lab_with_overlay() {
  local upper=$1 lower=
  shift
  while [[ $1 != -- ]]; do
    lower=${lower:+$lower:}$1
    shift
  done
  shift
  mkdir -p "$upper.root" "$upper.work"
  mount -t overlay overlay -o "lowerdir=$lower,upperdir=$upper,workdir=$upper.work" "$upper.root"
  "$@"
  umount "$upper.root"
}
