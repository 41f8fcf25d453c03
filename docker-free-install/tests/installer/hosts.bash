# shellcheck shell=bash
# What the installer's tests share. Each file uses a lab host of its own, named by the environment.
bats_require_minimum_version 1.5.0

LAB=$BATS_TEST_DIRNAME/../../lab.sh

on() {
  "$LAB" exec "$HOST" -- "$@"
}

# Puts the checkout's release into the host, unpacked in /root/release.
bring_release() {
  local release
  release=$(find "$BATS_TEST_DIRNAME/../../target" -maxdepth 1 -name 'berth-[0-9]*.tar.gz' -print -quit)
  on mkdir -p /root/release
  on tar -xzf - -C /root/release --strip-components=1 --one-top-level="berth-$(version_of "$release")" <"$release"
}

version_of() {
  basename "$1" .tar.gz | sed 's/^berth-//'
}

# The installer as it was brought, offline, because the lab's hosts reach nothing outside.
install_berth() {
  on bash -c '/root/release/berth-*/install/install.sh --offline "$@"' install "$@"
}

# What nobody but this host may have: a name and a sum each.
secrets() {
  on bash -ec 'set -o pipefail
    printf "front %s\n" "$(sed -n "s/^berth\.front\.secret=//p" /etc/berth/panel.properties | grep -E "^.{43}$" | sha256sum)"
    printf "rest %s\n" "$(sha256sum </etc/berth/secret.key)"
    printf "panel %s\n" "$(openssl pkey -in /etc/berth/front/panel.key -pubout | sha256sum)"'
}

# Everything of the host that an installation may change, as one list: files with modes and sums, users, units.
picture() {
  on bash -c '
    find /etc /usr/bin /usr/lib/berth /usr/lib/systemd /srv /var/lib/berth -xdev \
      -not -path "/etc/machine-id" -not -path "/etc/ssl/certs/java/*" -not -path "/var/lib/berth/mysql/*" \
      -not -path "/var/lib/berth/server/*" -not -path "/var/lib/berth/panel/*" -not -path "/var/lib/berth/host/*" \
      -not -path "/etc/.*" -not -path "/etc/passwd*" -not -path "/etc/shadow*" -not -path "/etc/group*" \
      -not -path "/etc/gshadow*" -not -path "/etc/subuid*" -not -path "/etc/subgid*" \
      -printf "%p %M %u %g %l\n" 2>/dev/null | grep -v "^/etc /" | sort
    find /etc -xdev -type f -path "*/berth*" -exec sha256sum {} + 2>/dev/null | sort
    getent passwd | sort
    systemctl list-unit-files --no-legend "berth*" "mariadb*" "php*-fpm.service" "nginx.service" "redis*" | sort'
}
