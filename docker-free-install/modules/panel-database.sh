# shellcheck shell=bash
# The panel's own small MariaDB instance: nothing a site does to the sites' instance can take the panel away.
needs=(packages layout)
serves_sites=yes

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

verify() {
  runuser -u berth -- mariadb --socket="$PANEL_DATABASE" --user=berth berth -e 'SELECT 1'
  ! runuser -u www-data -- mariadb --socket="$PANEL_DATABASE" --user=berth berth -e 'SELECT 1'
}
