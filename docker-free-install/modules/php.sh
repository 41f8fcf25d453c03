# shellcheck shell=bash
# Every site runs its own PHP-FPM. The distribution's pools run as www-data, which may open every site's socket, so
# they are switched off.
needs=(packages)
serves_sites=yes

distribution_pools() {
  systemctl list-unit-files --no-legend 'php*-fpm.service' | awk '{ print $1 }'
}

validate() {
  local pool
  for pool in /etc/php/*/fpm/pool.d/*.conf; do
    [[ -e $pool && ${pool##*/} != www.conf ]] || continue
    refuse "PHP-FPM runs a pool of its own: $pool." 'Berth switches the distribution'"'"'s FPM off.' \
      'Move that site elsewhere, or install Berth on a fresh host.'
  done
}

configure() {
  local unit
  for unit in $(distribution_pools); do
    mask_unit "$unit"
  done
}

verify() {
  [[ -z $(systemctl list-units --no-legend --state=active 'php*-fpm.service') ]]
}
