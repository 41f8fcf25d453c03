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
  installed_packages >"$BERTH_RUN_DIR/packages.before"
  local entry
  entry=$(journal_note install_packages)
  [[ -d /var/lib/mysql ]] || touch "$BERTH_RUN_DIR/no-database-before"
  cp "$BERTH_RUN_DIR/packages.before" "$entry.saved"
  if [[ ${BERTH_OFFLINE:-} != yes ]]; then
    apt-get -q update
  fi
  DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l apt-get -q install -y --no-install-recommends "${missing[@]}"
  mark_changed packages
}

package_installed() {
  [[ $(dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null) == ii* ]]
}

installed_packages() {
  dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' | awk '$1 == "ii" { print $2 }' | sort -u
}

undo_install_packages() {
  local -a added
  mapfile -t added < <(comm -13 "$1.saved" <(installed_packages))
  ((${#added[@]})) || return 0
  systemctl stop 'php*-fpm.service' 2>/dev/null || true
  DEBIAN_FRONTEND=noninteractive apt-get -q purge -y "${added[@]}"
}
