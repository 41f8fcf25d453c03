# shellcheck shell=bash
# What uninstalling does beside undoing the journal.

# Every site: its processes, its user, its databases, its files.
purge_sites() {
  local user database failed=0 quotas=no
  # It reports nothing where no file system has any, or the package was never there.
  [[ -z $(repquota --user --all 2>/dev/null) ]] || quotas=yes
  systemctl stop 'berth-php@*.socket' 'berth-php@*.service' 'berth-db@*.socket' 'berth-db@*.service' 'berth-site-*.slice' || failed=1
  while read -r user; do
    pkill -KILL -U "$user" || true
    # Limits outlive their user where a file system has quotas.
    [[ $quotas == no ]] || setquota --user "$user" 0 0 0 0 --all || failed=1
    userdel "$user" || failed=1
    ! getent group "$user" >/dev/null || groupdel "$user" || failed=1
  done < <(getent passwd | awk -F: '$1 ~ /^s_[0-9]+$/ && $3 >= 70000 && $3 <= 99999 { print $1 }')
  if systemctl is-active --quiet mariadb.service; then
    while read -r database; do
      mariadb -e "DROP DATABASE \`$database\`" || failed=1
    done < <(mariadb -N -e 'SHOW DATABASES' | grep -E '^s_[0-9]+$')
    while read -r user; do
      mariadb -e "DROP USER '$user'@'localhost'" || failed=1
    done < <(mariadb -N -e "SELECT user FROM mysql.user WHERE host = 'localhost'" | grep -E '^s_[0-9]+$')
  fi
  # Links are removed, not followed; a mount below is left alone.
  rm -rf --one-file-system /srv/sites/s_* || failed=1
  rm -rf /etc/systemd/system.control/berth-site-*.slice.d /etc/systemd/system/*.wants/berth-{php,db}@*.socket \
    /var/log/nginx/sites || failed=1
  return "$failed"
}

purge_rest() {
  rm -rf --one-file-system /etc/berth /usr/lib/berth /var/lib/berth /var/log/berth /run/berth
  [[ ! -d /srv/sites ]] || rmdir --ignore-fail-on-non-empty /srv/sites
  let_panel_start
  systemctl daemon-reload
}

# The sites' part stays. Of the panel only its data stays, for the day it is installed again.
rest_panel() {
  systemctl disable --now mariadb@berth.service
  rm -f /etc/sudoers.d/berth /usr/bin/berth
  rm -rf --one-file-system /var/lib/berth/panel/tmp
  rm -rf --one-file-system /usr/lib/berth/releases/*/{berth.war,lib}
  let_panel_start
}
