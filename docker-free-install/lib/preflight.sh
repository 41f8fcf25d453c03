# shellcheck shell=bash
# What must be true of the host before anything is changed. Every finding is told, not only the first.

readonly NEED_MEMORY_MIB=2048 NEED_DISK_MIB=10240

preflight_failed=no

finding() {
  printf '%s\n  why: %s\n  what to do: %s\n' "$1" "$2" "$3" >&3
  preflight_failed=yes
}

read_distribution() {
  local id= version=
  if [[ -r /etc/os-release ]]; then
    id=$(sed -n 's/^ID=//p' /etc/os-release | tr -d '"')
    version=$(sed -n 's/^VERSION_ID=//p' /etc/os-release | tr -d '"')
  fi
  # Raspberry Pi OS (64 bit) calls itself Debian already; its older name maps to it.
  [[ $id != raspbian ]] || id=debian
  export BERTH_DISTRIBUTION=$id BERTH_DISTRIBUTION_RELEASE=$version
}

preflight_distribution() {
  read_distribution
  case $BERTH_DISTRIBUTION/$BERTH_DISTRIBUTION_RELEASE in
    debian/12 | debian/13) ;;
    ubuntu/22.04 | ubuntu/24.04)
      [[ $BERTH_FORCE == yes ]] || finding "This is Ubuntu $BERTH_DISTRIBUTION_RELEASE." \
        'The packages are mapped, but nobody has tested Berth here.' 'Use Debian 13, or go on with --force.'
      ;;
    *)
      finding "This is ${BERTH_DISTRIBUTION:-an unknown system} $BERTH_DISTRIBUTION_RELEASE." \
        'Berth knows the packages of Debian 12 and 13 only.' 'Use Debian 13.'
      ;;
  esac
}

preflight_systemd() {
  [[ -d /run/systemd/system ]] || finding 'systemd does not run here.' \
    'Berth is made of systemd units and limits.' \
    'Use a host that was booted with systemd, or try Berth on a disposable one: docker-free-install/lab.sh up'
}

preflight_memory() {
  local mib
  mib=$(awk '$1 == "MemTotal:" { print int($2 / 1024) }' /proc/meminfo)
  # A machine sold with 2 GB shows some 10 % less, because the kernel keeps its share.
  ((mib >= NEED_MEMORY_MIB * 9 / 10)) || finding "The host has $mib MiB of memory." \
    "Panel, databases and sites need $NEED_MEMORY_MIB MiB." 'Use a larger host.'
}

preflight_disk() {
  local path mib
  for path in /usr /var /srv; do
    mib=$(df --output=avail -m "$path" | tail -n 1 | tr -d ' ')
    ((mib >= NEED_DISK_MIB)) || {
      finding "Only $mib MiB are free below $path." "Berth needs $NEED_DISK_MIB MiB to begin with." \
        'Free some space or use a larger disk.'
      return 0
    }
  done
}

preflight() {
  preflight_distribution
  preflight_systemd
  preflight_memory
  preflight_disk
  [[ $preflight_failed == no ]]
}
