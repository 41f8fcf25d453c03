# shellcheck shell=bash
# The folders, with their owners; those below /run come back at every boot.
needs=(accounts)
serves_sites=yes

configure() {
  put_dir /etc/berth 0755 root:root
  put_dir /etc/berth/php 0755 root:root
  put_dir /var/lib/berth 0755 root:root
  put_dir /var/lib/berth/panel 0750 berth:berth
  put_dir /var/lib/berth/flags 0755 root:root
  put_dir /var/lib/berth/host 0700 root:root
  put_dir /var/lib/berth/host/fence 0700 root:root
  put_dir /var/log/berth 0750 root:adm
  put_dir /srv/sites 0711 root:root
  put_file /etc/tmpfiles.d/berth.conf 0644 root:root <"$FILES/host/tmpfiles.conf"
  run 'make the folders below /run/berth' systemd-tmpfiles --create /etc/tmpfiles.d/berth.conf
}

verify() {
  [[ -d /run/berth/front && $(stat -c '%U:%G %a' /run/berth/db) == 'mysql:berth 750' ]]
}
