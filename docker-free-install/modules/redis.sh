# shellcheck shell=bash
# Redis on a socket that root and its own user can open: every site's PHP reaches loopback, and Redis has no
# accounts there that would keep one site from another's keys.
needs=(packages)
serves_sites=yes

configure() {
  put_dir /etc/systemd/system/redis-server.service.d 0755 root:root
  put_file /etc/systemd/system/redis-server.service.d/berth.conf 0644 root:root <"$FILES/host/redis.conf"
  reload_units
  enable_unit redis-server.service
  if changed redis; then
    restart_unit redis-server.service
  else
    start_unit redis-server.service
  fi
}

verify() {
  wait_until 10 systemctl is-active --quiet redis-server.service
  wait_until 10 test -S /run/redis/redis-server.sock
  [[ -z $(ss -Hltn 'sport = :6379') ]]
}
