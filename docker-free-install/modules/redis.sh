# shellcheck shell=bash
# Redis, as the distribution sets it up: on loopback only.
needs=(packages)
serves_sites=yes

configure() {
  enable_unit redis-server.service
  start_unit redis-server.service
}

verify() {
  wait_until 10 systemctl is-active --quiet redis-server.service
  [[ -z $(ss -Hltn 'sport = :6379' | awk '$4 !~ /^(127\.|\[::1\])/') ]]
}
