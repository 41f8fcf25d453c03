# shellcheck shell=bash
# The raw commands that a change costs at the least.

floor_user() { useradd --system --no-create-home --shell /usr/sbin/nologin "bench-$1"; }
floor_user_removed() { userdel "bench-$1"; }
floor_database() {
  mariadb --skip-ssl --execute "create database bench_$1; create user bench_$1@localhost identified by 'x';
    grant all on bench_$1.* to bench_$1@localhost"
}
floor_database_removed() { mariadb --skip-ssl --execute "drop database bench_$1; drop user bench_$1@localhost"; }
floor_test() { nginx -t -q -c /etc/berth/nginx/nginx.conf; }
floor_reload() { systemctl reload nginx; }
# Refusing is the answer that is timed; any other is a fault of the measurement. By setpriv, since runuser opens a session,
# which takes longer than half a verb.
floor_sudo() {
  local status=0
  setpriv --reuid=berth --regid=berth --init-groups sudo -n /usr/lib/berth/host-scripts/host-inspect </dev/null >/dev/null || status=$?
  ((status == 2))
}

measure_floor() {
  row 'raw: user' floor_user
  row 'raw: user removed' floor_user_removed
  row 'raw: database, user and grant' floor_database
  row 'raw: database and user removed' floor_database_removed
  measure_nginx 'no site'
  row 'raw: a verb through sudo that refuses empty input' floor_sudo
}

# Both grow with the number of sites: WHICH.
measure_nginx() {
  row "raw: \`nginx -t\`, $1" floor_test
  row "raw: \`systemctl reload nginx\`, $1" floor_reload
}
