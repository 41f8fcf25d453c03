# shellcheck shell=bash
# The MariaDB instance in which sites get their databases: the distribution's, reachable on this host alone.
needs=(packages)
serves_sites=yes

configure() {
  put_dir /etc/systemd/system/mariadb.service.d 0755 root:root
  put_file /etc/systemd/system/mariadb.service.d/berth.conf 0644 root:root <"$FILES/host/mariadb.conf"
  reload_units
  enable_unit mariadb.service
  start_unit mariadb.service
  run 'keep the databases of all sites from going first where memory runs short' spare_databases
}

# The one that runs already, too, without a restart. Inside a container it may be forbidden; systemd goes on as well then.
spare_databases() {
  choom --pid "$(systemctl show --property=MainPID --value mariadb.service)" \
    --adjust "$(systemctl show --property=OOMScoreAdjust --value mariadb.service)" \
    || printf 'left as it was until the next start\n'
}

verify() {
  wait_until 30 mariadb-admin --silent ping
  mariadb -e 'SELECT 1'
  # Loopback only: no line whose local address is another one.
  [[ -z $(ss -Hltn 'sport = :3306' | awk '$4 !~ /^(127\.|\[::1\])/') ]]
}
