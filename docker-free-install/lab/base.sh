# shellcheck shell=bash
# What goes into the base trees. A change here rebuilds them, so the mechanics are elsewhere (layers.sh).

# Tools that only a test host needs, beside the stack that the installer brings.
readonly LAB_TOOLS=(systemd systemd-sysv dbus libpam-systemd iproute2 ca-certificates procps bats)

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
