# shellcheck shell=bash
# The panel's own small MariaDB instance: nothing a site does to the sites' instance can take the panel away.
needs=(packages layout)
serves_sites=yes

readonly SOCKET=/run/berth/db/berth.sock

configure() {
  put_dir /var/lib/berth/mysql 0750 mysql:mysql
  put_file /etc/berth/mariadb.cnf 0644 root:root <"$FILES/database/mariadb.cnf"
  put_dir /etc/systemd/system/mariadb@berth.service.d 0755 root:root
  put_file /etc/systemd/system/mariadb@berth.service.d/berth.conf 0644 root:root <"$FILES/database/unit.conf"
  reload_units
  enable_unit mariadb@berth.service
  if changed panel-database; then
    restart_unit mariadb@berth.service
  else
    start_unit mariadb@berth.service
  fi
  run 'make the schema berth and its account' make_schema
}

# The account is the operating system's: there is no password to keep or to lose.
make_schema() {
  wait_until 30 mariadb-admin --socket="$SOCKET" --silent ping
  mariadb --socket="$SOCKET" <<'SQL'
CREATE DATABASE IF NOT EXISTS berth CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE USER IF NOT EXISTS 'berth'@'localhost' IDENTIFIED VIA unix_socket;
GRANT ALL ON berth.* TO 'berth'@'localhost';
DROP DATABASE IF EXISTS test;
SQL
}

verify() {
  runuser -u berth -- mariadb --socket="$SOCKET" --user=berth berth -e 'SELECT 1'
  ! runuser -u www-data -- mariadb --socket="$SOCKET" --user=berth berth -e 'SELECT 1'
}
