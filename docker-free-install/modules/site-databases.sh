# shellcheck shell=bash
# The MariaDB instance in which sites get their databases: the distribution's, reachable by its socket alone.
needs=(packages)
serves_sites=yes

configure() {
  put_dir /etc/systemd/system/mariadb.service.d 0755 root:root
  put_file /etc/systemd/system/mariadb.service.d/berth.conf 0644 root:root <"$FILES/host/mariadb.conf"
  put_file /etc/mysql/berth.sql 0644 root:root <"$FILES/host/mariadb.sql"
  put_file /etc/mysql/mariadb.conf.d/90-berth.cnf 0644 root:root <"$FILES/host/mariadb.cnf"
  reload_units
  enable_unit mariadb.service
  if changed site-databases; then
    restart_unit mariadb.service
  else
    start_unit mariadb.service
  fi
}

verify() {
  wait_until 30 mariadb-admin --silent ping
  [[ $(mariadb -Ne 'SELECT @@skip_networking') == 1 ]]
}
