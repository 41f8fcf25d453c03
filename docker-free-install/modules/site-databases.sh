# shellcheck shell=bash
# The MariaDB instance in which sites get their databases: the distribution's, reachable on this host alone.
needs=(packages)
serves_sites=yes

configure() {
  enable_unit mariadb.service
  start_unit mariadb.service
}

verify() {
  wait_until 30 mariadb-admin --silent ping
  mariadb -e 'SELECT 1'
  # Loopback only: no line whose local address is another one.
  [[ -z $(ss -Hltn 'sport = :3306' | awk '$4 !~ /^(127\.|\[::1\])/') ]]
}
