#!/usr/bin/env bash
# A panel for developers, on loopback: an own MariaDB, Payara with the built WAR, and a front with TLS.
# It has no host behind it. Build first: mvn package -pl panel-web -am
#   run.sh start [DIR [PORT]]   starts everything that is not running; PORT is the front's, PORT+1 the panel's
#   run.sh deploy [DIR [PORT]]  starts the panel anew with the WAR as it is now
#   run.sh database [DIR]       starts the database alone and writes DIR/panel.properties, for the tests within the server
#   run.sh stop [DIR]           ends it all; DIR and with it the data stay
set -euo pipefail

command=${1:-}
dir=${2:-/tmp/berth-dev}
port=${3:-$(cat "$dir/port" 2>/dev/null || echo 9443)}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
war=${BERTH_WAR:-$here/../../target/berth.war}
payara=${BERTH_PAYARA:-$HOME/.m2/repository/fish/payara/extras/payara-micro/6.2025.10/payara-micro-6.2025.10.jar}

running() {
  [[ -s $dir/$1.pid ]] && kill -0 "$(cat "$dir/$1.pid")" 2>/dev/null
}

await() {
  local tries=$1
  shift
  until "$@" >/dev/null 2>&1; do
    ((tries-- > 0)) || { echo "gave up waiting for: $*" >&2; return 1; }
    sleep 0.5
  done
}

end() {
  running "$1" || return 0
  kill "$(cat "$dir/$1.pid")"
  local name=$1
  ended() { ! running "$name"; }
  await 60 ended
}

start_database() {
  running database && return
  if [[ ! -d $dir/mysql ]]; then
    mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$dir/mysql" \
      --auth-root-socket-user="$(id -un)" --skip-test-db >"$dir/database.log" 2>&1
  fi
  mariadbd --no-defaults --user="$(id -un)" --datadir="$dir/mysql" --socket="$dir/db.sock" --skip-networking \
    --pid-file="$dir/database.pid" --innodb-buffer-pool-size=32M --performance-schema=OFF \
    >>"$dir/database.log" 2>&1 &
  await 60 mariadb --no-defaults --socket="$dir/db.sock" -e 'create database if not exists berth'
}

start_front() {
  running front && return
  [[ -s $dir/front.crt ]] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 \
    -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
    -keyout "$dir/front.key" -out "$dir/front.crt" 2>/dev/null
  sed -e "s|@DIR@|$dir|g" -e "s|@PORT@|$port|g" -e "s|@PANEL@|$((port + 1))|g" -e "s|@SECRET@|$(cat "$dir/secret")|g" \
    "$here/front.conf.template" >"$dir/front.conf"
  rm -f "$dir/cli.sock"
  /usr/sbin/nginx -c "$dir/front.conf" -e "$dir/front.log"
}

panel_answers() {
  [[ $(curl -s -o /dev/null -w '%{http_code}' -H "X-Berth-Front: $(cat "$dir/secret")" \
    "http://127.0.0.1:$((port + 1))/health") =~ ^(200|503)$ ]]
}

write_properties() {
  cat >"$dir/panel.properties" <<PROPERTIES
berth.front.secret=$(cat "$dir/secret")
berth.db.url=jdbc:mariadb://localhost/berth?localSocket=$dir/db.sock
berth.db.user=$(id -un)
berth.db.password=
berth.secret.key.file=$dir/secret.key
berth.panel.host=${BERTH_PANEL_HOST:-localhost}
berth.panel.port=$port
berth.host.scripts=${BERTH_HOST_SCRIPTS:-$dir/host-scripts}
berth.host.sudo=false
berth.drain.file=$dir/drain
berth.upgrade.file=$dir/upgrading
PROPERTIES
}

# Payara says "ready" also when the application could not be deployed.
started() {
  ! running panel || grep -q 'ready in' "$dir/panel.log"
}

start_panel() {
  running panel && return
  rm -rf "$dir/payara" "$dir/tmp"
  mkdir -p "$dir/payara" "$dir/tmp"
  java -Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.io.tmpdir="$dir/tmp" -jar "$payara" \
    --rootdir "$dir/payara" --nohazelcast --disablephonehome --port $((port + 1)) --contextroot / \
    --prebootcommandfile "$here/preboot.asadmin" --postbootcommandfile "$here/postboot.asadmin" \
    --systemproperties "$dir/panel.properties" --deploy "$war" >"$dir/panel.log" 2>&1 &
  echo $! >"$dir/panel.pid"
  await 240 started
  panel_answers || { grep -E 'SEVERE|Caused by' "$dir/panel.log" | cut -c1-300 | tail -n 40 >&2; return 1; }
}

prepare() {
  mkdir -p "$dir"
  echo "$port" >"$dir/port"
  [[ -s $dir/secret ]] || openssl rand -hex 32 >"$dir/secret"
  [[ -s $dir/secret.key ]] || openssl rand -base64 32 >"$dir/secret.key"
  write_properties
  start_database
}

start() {
  prepare
  start_panel
  start_front
  echo "https://localhost:$port/ (log: $dir/panel.log, root's socket: $dir/cli.sock)"
}

case $command in
  start) start ;;
  deploy) end panel; start ;;
  database) prepare ;;
  stop) end front; end panel; end database ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
