# shellcheck shell=bash
# Actions (see actions.sh) on the distribution's packages.

# install_packages NAME… : those that are missing.
install_packages() {
  local -a missing=()
  local package
  for package in "$@"; do
    package_installed "$package" || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  if dry_run; then
    plan "install with apt: ${missing[*]}"
    return 0
  fi
  if [[ ${BERTH_OFFLINE:-} != yes ]]; then
    apt-get -q update
  fi
  local -a added=()
  local said
  said=$(apt_install --simulate "${missing[@]}")
  mapfile -t added < <(packages_added "$said")
  journal_note install_packages "${added[@]}" >/dev/null
  apt_install "${missing[@]}"
  mark_changed packages
}

apt_install() {
  DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l apt-get -q install -y --no-install-recommends "$@"
}

# Prints which packages apt says it would bring to the host. Of those that it brings to another version it tells, in square
# brackets, which is there.
packages_added() {
  awk '$1 == "Inst" && $3 !~ /^\[/ { print $2 }' <<<"$1"
}

package_installed() {
  [[ $(dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null) == ii* ]]
}

# Those that this action brought, and no others: dpkg refuses to remove what something else needs by now, and goes on where
# it was killed. There was no sudo before where sudo is one of them, so nobody needs it to be root. Journals of an earlier
# release do not say which those are.
undo_install_packages() {
  (($# > 1)) || {
    printf 'the journal names no packages: they stay\n'
    return 0
  }
  systemctl stop 'php*-fpm.service' 2>/dev/null || true
  DEBIAN_FRONTEND=noninteractive SUDO_FORCE_REMOVE=yes dpkg --purge --force-remove-reinstreq "${@:2}"
}
