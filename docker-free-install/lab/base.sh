# shellcheck shell=bash
# Builds the read-only trees under the lab's hosts, each once, in the cache outside the checkout.
# A tree is named after the hash of what made it, and put in place by one rename when it is complete.

# Tools that only a test host needs, beside the stack that the installer brings.
readonly LAB_TOOLS=(systemd systemd-sysv dbus libpam-systemd iproute2 ca-certificates sudo curl procps jq bats)

# Prints "URI release" for each Debian source of this machine, so that the lab uses the same mirror.
lab_mirrors() {
  local found
  found=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(ORIGIN)' 'Created-By: Packages' 2>/dev/null \
    | awk '$3 == "Debian" { print $1, $2 }' | sort -u)
  if [[ -z $found ]]; then
    printf '%s\n' 'http://deb.debian.org/debian trixie' 'http://deb.debian.org/debian-security trixie-security'
  else
    printf '%s\n' "$found"
  fi
}

# Prints the sources of the given suite, made from this machine's own.
lab_sources() {
  local suite=$1 uri release keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  while read -r uri release; do
    case $release in
      *-security) release=$suite-security ;;
      *-updates) release=$suite-updates ;;
      *-*) continue ;;
      *) release=$suite ;;
    esac
    printf 'deb [signed-by=%s] %s %s main\n' "$keyring" "${uri%/}" "$release"
  done < <(lab_mirrors) | sort -u
}

lab_main_mirror() {
  lab_mirrors | awk '$2 !~ /-/ { print $1; exit }'
}

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
      trap 'lab_unmount "$work.root"; rm -rf --one-file-system "$work" "$work.root" "$work.work"' EXIT
      chmod 0755 "$work"
      printf 'lab: building %s (once)\n' "$name" >&2
      "$build" "$work" "$@" >&2
      mv -T "$work" "$layer"
      trap - EXIT
      rm -rf --one-file-system "$work.root" "$work.work"
    fi
  ) 9>"$LAB_DIR/layers/$name.lock"
  printf '%s\n' "$layer"
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

build_base() {
  local tree=$1 suite=$2 include
  include=$(IFS=,; printf '%s' "${LAB_TOOLS[*]}")
  debootstrap --include="$include" "$suite" "$tree" "$(lab_main_mirror)"
  rm -f "$tree/etc/apt/sources.list" "$tree/etc/hostname" "$tree/etc/machine-id"
  : >"$tree/etc/machine-id"
  lab_sources "$suite" >"$tree/etc/apt/sources.list"
  apt-config dump 2>/dev/null | grep -E '^Acquire::(Check-|http|https)' >"$tree/etc/apt/apt.conf.d/90lab" || true
  # A host of the lab has no disk of its own to check, no console to log in at and no clock to set.
  ln -sf /dev/null "$tree/etc/systemd/system/console-getty.service"
  ln -sf /dev/null "$tree/etc/systemd/system/systemd-timesyncd.service"
  ln -sf /dev/null "$tree/etc/systemd/system/apt-daily.timer"
  ln -sf /dev/null "$tree/etc/systemd/system/apt-daily-upgrade.timer"
  # The stack's archives, so that a host without a network installs them with apt as a real one does.
  local packages
  mapfile -t packages < <(stack_packages debian "$(lab_release "$suite")")
  lab_in_tree "$tree" apt-get -q update
  lab_in_tree "$tree" apt-get -q install -y --download-only --no-install-recommends "${packages[@]}"
}

lab_release() {
  case $1 in
    trixie) printf '13\n' ;;
    bookworm) printf '12\n' ;;
    *) lab_die "unknown suite $1: trixie or bookworm" ;;
  esac
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

# The stack, installed but never started: what `--bare` boots and what makes installing Berth quick.
build_stack() {
  local upper=$1 suite=$2 base=$3
  lab_with_overlay "$upper" "$base" -- install_stack "$upper.root" "$suite"
}

install_stack() {
  local tree=$1 packages
  mapfile -t packages < <(stack_packages debian "$(lab_release "$2")")
  printf '#!/bin/sh\nexit 101\n' >"$tree/usr/sbin/policy-rc.d"
  chmod 0755 "$tree/usr/sbin/policy-rc.d"
  lab_in_tree "$tree" apt-get -q install -y --no-install-recommends "${packages[@]}"
  rm "$tree/usr/sbin/policy-rc.d"
}

# Debian 12's PHP 8.2 unpacked beside 8.4: its binary runs there with the libraries that Debian 13 dropped.
build_php82() {
  local upper=$1
  shift
  lab_with_overlay "$upper" "$@" -- unpack_php82 "$upper.root"
}
