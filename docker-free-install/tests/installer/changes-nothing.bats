#!/usr/bin/env bats
# What the installer refuses, and that it then has changed nothing. On a host with the stack and without Berth.

setup_file() {
  export HOST=$BERTH_TEST_HOST
  load hosts
  "$LAB" up "$HOST" --bare
  bring_release
  picture >"$BATS_FILE_TMPDIR/before"
}

teardown_file() {
  load hosts
  "$LAB" down "$HOST"
}

setup() {
  load hosts
}

unchanged() {
  diff "$BATS_FILE_TMPDIR/before" <(picture)
}

@test "a dry run prints the plan of every module and changes nothing" {
  run -0 install_berth --dry-run
  for module in accounts release panel-database front firewall sites panel administrator; do
    [[ $output == *$module* ]]
  done
  [[ $output == *'add system user berth'* ]]
  unchanged
}

@test "an unknown option, a bad value and a bad answers file are refused with 2" {
  run -2 install_berth --colour blue
  run -2 install_berth --panel-port 80
  run -2 install_berth --panel-host 'a;id'
  run -2 install_berth --admin 'Root User'
  on bash -c 'printf "panel-port = 9443\n\$(touch /root/run-by-answers)\n" >/root/answers'
  run -2 install_berth --answers /root/answers
  run ! on test -e /root/run-by-answers
  unchanged
}

@test "a host with too little memory is refused with 3" {
  on bash -c 'sed "s/^MemTotal:.*/MemTotal: 1048576 kB/" /proc/meminfo >/run/meminfo && mount --bind /run/meminfo /proc/meminfo'
  run -3 install_berth
  on umount /proc/meminfo
  [[ $output == *'1024 MiB of memory'* && $output == *'what to do'* ]]
  unchanged
}

@test "a host with too little disk is refused with 3" {
  on bash -c 'mount -t tmpfs -o size=1g tmpfs /srv'
  run -3 install_berth
  on umount /srv
  [[ $output == *'free below /srv'* ]]
  unchanged
}

@test "another distribution is refused, a mapped one without --force too" {
  on bash -c 'cp -L /etc/os-release /run/os && sed -i "s/^ID=.*/ID=fedora/" /run/os && mount --bind /run/os /etc/os-release'
  run -3 install_berth
  [[ $output == *'This is fedora'* ]]
  on bash -c 'umount /etc/os-release; printf "ID=ubuntu\nVERSION_ID=\"24.04\"\n" >/run/os && mount --bind /run/os /etc/os-release'
  run -3 install_berth
  [[ $output == *'--force'* ]]
  run -0 install_berth --force --dry-run
  on umount /etc/os-release
  unchanged
}

@test "a port in use is refused with 3 and the program that holds it" {
  on systemd-run --quiet --unit=port-holder systemd-socket-activate -l 8443 /bin/cat
  on timeout 120 bash -c 'until [[ -n $(ss -Hltn "sport = :8443") ]]; do read -r -t 0.1 <> <(:) || true; done'
  run -3 install_berth
  on systemctl stop port-holder
  [[ $output == *'Port 8443 is in use by systemd-socket'* ]]
  unchanged
}

@test "a host that serves other sites is refused with 3" {
  on bash -c 'echo "server { listen 8081; }" >/etc/nginx/sites-enabled/shop'
  run -3 install_berth
  on rm /etc/nginx/sites-enabled/shop
  [[ $output == *'nginx serves a site of its own: shop'* ]]
  unchanged
}
