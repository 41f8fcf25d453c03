# shellcheck shell=bash
# The folders, with their owners; those below /run come back at every boot.
needs=(accounts)
serves_sites=yes

readonly YAMA=kernel.yama.ptrace_scope OF_KERNEL=/etc/sysctl.d/60-berth.conf

# Where the kernel can, and nobody has asked it for more.
guard_processes() {
  local now='' file=/proc/sys/${YAMA//.//}
  [[ ! -w $file ]] || read -r now <"$file"
  [[ $now == 0 || -e $OF_KERNEL ]] || return 0
  put_dir /etc/sysctl.d 0755 root:root
  put_file "$OF_KERNEL" 0644 root:root <"$FILES/host/sysctl.conf"
  [[ $now != 0 ]] || put_sysctl "$YAMA" 1
}

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
  guard_processes
  put_file /etc/tmpfiles.d/berth.conf 0644 root:root <"$FILES/host/tmpfiles.conf"
  run 'make the folders below /run/berth' systemd-tmpfiles --create /etc/tmpfiles.d/berth.conf
}

verify() {
  [[ -d /run/berth/front && $(stat -c '%U:%G %a' /run/berth/db) == 'mysql:berth 750' ]]
}
