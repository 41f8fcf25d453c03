#!/usr/bin/env bats
# The life of an installation: a failure that is undone, the installation, a second run, and both ways out.

setup_file() {
  export HOST=$BERTH_TEST_FRESH_HOST
  load hosts
  "$LAB" up "$HOST" --bare
  bring_release
  # So that there is one that the installer brings.
  on apt-get -q purge -y restic
  picture >"$BATS_FILE_TMPDIR/before"
}

teardown_file() {
  load hosts
  "$LAB" down "$HOST"
}

setup() {
  load hosts
}

@test "a step that fails is undone with all before it, newest first, and the exit code is 5" {
  run -5 on bash -c 'BERTH_INSTALL_FAIL_AT=sites /root/release/berth-*/install/install.sh --offline'
  [[ $output == *'everything this run did was undone'* ]]
  diff "$BATS_FILE_TMPDIR/before" <(picture)
  run -0 on systemctl is-active nginx.service
  run -0 on bash -c 'grep -o "^undo [a-z-]*" /var/log/berth/install.log | uniq | head -n 3'
  [[ ${lines[0]} == 'undo sites' ]]
}

@test "failing again and again within seconds is undone each time, and what ran before runs" {
  run -0 on bash -c 'for attempt in 1 2 3 4 5 6; do
      code=0
      BERTH_INSTALL_FAIL_AT=redis /root/release/berth-*/install/install.sh --offline >/dev/null 2>&1 || code=$?
      [[ $code == 5 ]] && systemctl is-active redis-server.service
    done'
  [[ ${#lines[@]} == 6 ]]
  diff "$BATS_FILE_TMPDIR/before" <(picture)
}

@test "an installation that was killed in the middle is undone by the next run" {
  on bash -c 'setsid bash -c "/root/release/berth-*/install/install.sh --offline >/root/killed.log 2>&1" &
    pid=$!
    timeout 120 bash -c "until [[ -e /var/lib/berth/mysql ]]; do :; done" || exit 1
    kill -KILL -- -"$pid"'
  run -0 on test -e /var/lib/berth/install/unfinished
  run -5 on bash -c 'BERTH_INSTALL_FAIL_AT=accounts /root/release/berth-*/install/install.sh --offline'
  [[ $output == *'an earlier installation stopped in the middle'* ]]
  diff "$BATS_FILE_TMPDIR/before" <(picture)
}

@test "the installation ends with the address, a one-time login and the next step" {
  run -0 install_berth
  [[ $output == *"https://$("$LAB" ip "$HOST"):8443/"* ]]
  [[ $output == *'login     admin'* && $output == *'password'* && $output == *'Next:'* ]]
  run -0 on systemctl list-units --failed --plain --no-legend 'berth*' 'nginx*' 'mariadb*' 'redis*'
  [[ -z $output ]]
}

@test "only the ports of sites and panel are open to the world" {
  run -0 on bash -c 'ss -Hltun | awk "{ print \$5 }" | grep -vE "^(127\.|\[::1\]|\[::ffff:127\.)" | sed "s/.*://" | sort -un | tr "\n" " "'
  [[ $output == '80 443 8443 ' ]]
}

@test "one address outside may open so many connections over UDP and no more, and over TCP all the same" {
  local ip
  ip=$("$LAB" ip "$HOST")
  # From a port of its own each, but for a few that are drawn twice.
  for ((n = 0; n < 600; n++)); do printf x >"/dev/udp/$ip/443"; done
  run -0 on bash -c 'nft --json list chain inet berth input | jq "[.. | .counter? | .packets? // empty] | add"'
  ((output > 80 && output <= 100))
  run -0 curl --silent --insecure --output /dev/null "https://$ip:8443/login"
}

@test "one address may have so many requests to the panel at work and no more, however few connections they come over" {
  on truncate --size 1M /root/slow
  run -124 on timeout 10 curl --silent --insecure --http2 --parallel --parallel-max 300 --limit-rate 1k --output /dev/null \
    --data-binary @/root/slow --write-out '%{stderr}%{http_code}\n' 'https://127.0.0.1:8443/login?[1-300]'
  run -0 grep --count --line-regexp 429 <<<"$output"
  ((output > 80 && output <= 100))
  run -0 curl --silent --insecure --output /dev/null --write-out '%{http_code}' "https://$("$LAB" ip "$HOST"):8443/login"
  [[ $output == 200 ]]
}

# Opens as many connections as it is given, of so many that it tries, and tells how many; ends at once, or holds them.
readonly OPEN='$all = []; for ($n = 0; $n < $argv[2]; $n++) {
  $c = @stream_socket_client($argv[1], $no, $why, 5); if ($c) $all[] = $argv[3] == "hold" ? $c : fclose($c); }
  echo count($all), "\n"; if ($argv[3] == "hold") sleep(60);'

# of_site UID COMMAND… : as a user of a site would, whoever that is.
of_site() {
  on setpriv --reuid="$1" --regid="$1" --clear-groups "${@:2}"
}

# Has root take connections, without an answer: PORT
listens() {
  on systemd-run --quiet --collect --unit="listener-$1" systemd-socket-activate -l "$1" /bin/sleep 600
  on timeout 120 bash -c 'until [[ -n $(ss -Hltn "sport = :$1") ]] || read -r -t 0.1 <> <(:); do :; done' _ "$1"
}

@test "one site may have so many connections open, by TCP and otherwise, and takes none from another site or from root" {
  listens 9999
  run -0 on timeout 120 bash -c '
    exec {held}< <(setpriv --reuid=70999 --regid=70999 --clear-groups php -n -r "$1" tcp://127.0.0.1:9999 600 hold)
    holder=$!
    read -r count <&"$held"; echo "$count"
    setpriv --reuid=70998 --regid=70998 --clear-groups php -n -r "$1" tcp://127.0.0.1:9999 100 end
    php -n -r "$1" tcp://127.0.0.1:9999 100 end
    kill "$holder"' _ "$OPEN"
  [[ $output == $'500\n100\n100' ]]
  # From a port of its own each, but for some that are drawn twice.
  run -0 of_site 70999 bash -c 'for ((n = 0; n < 2300; n++)); do printf x >/dev/udp/127.0.0.1/9 || echo refused; done 2>/dev/null'
  ((${#lines[@]} > 50 && ${#lines[@]} <= 300))
  run -0 of_site 70998 bash -c 'for ((n = 0; n < 100; n++)); do printf x >/dev/udp/127.0.0.1/9; done'
  on systemctl stop listener-9999
}

@test "one site may begin so many connections in a time, however soon they end, and takes none from another site or from root" {
  local begun ended
  read -r begun _ </proc/uptime
  run -0 of_site 70997 php -n -r "$OPEN" tcp://127.0.0.1:80 5000 end
  read -r ended _ </proc/uptime
  ((output >= 2000 && output <= 2000 + 100 * (${ended%.*} - ${begun%.*} + 1)))
  run -0 of_site 70998 php -n -r "$OPEN" tcp://127.0.0.1:80 50 end
  [[ $output == 50 ]]
  run -0 on php -n -r "$OPEN" tcp://127.0.0.1:80 50 end
  [[ $output == 50 ]]
}

@test "no site reaches the SSH of this host, whose attempts to log in all share, and any reaches that of others" {
  local ip
  ip=$("$LAB" ip "$HOST")
  listens 22
  for to in 127.0.0.1 "$ip"; do
    run -0 of_site 70999 php -n -r "$OPEN" "tcp://$to:22" 1 end
    [[ $output == 0 ]]
    run -0 on php -n -r "$OPEN" "tcp://$to:22" 1 end
    [[ $output == 1 ]]
  done
  on bash -ec 'ip netns add other
    ip link add other type veth peer name out netns other
    ip address add 10.98.0.1/24 dev other; ip -n other address add 10.98.0.2/24 dev out
    ip link set other up; ip -n other link set out up
    systemd-run --quiet --collect --unit=other --property=NetworkNamespacePath=/run/netns/other systemd-socket-activate -l 22 /bin/sleep 600'
  reached() { [[ $(of_site 70999 php -n -r "$OPEN" tcp://10.98.0.2:22 1 end) == 1 ]]; }
  for ((n = 0; n < 100; n++)); do ! reached || break; done
  run -0 reached
  on bash -c 'systemctl stop other listener-22; ip link delete other; ip netns delete other'
}

@test "secrets differ from host to host and are closed to everybody else" {
  run -0 on stat -c '%a %U:%G' /etc/berth/secret.key /etc/berth/panel.properties /etc/berth/front/panel.key
  [[ $output == $'640 root:berth\n640 root:berth\n600 root:root' ]]
  run -0 on bash -c 'base64 -d /etc/berth/secret.key | wc -c'
  [[ $output == 32 ]]
  [[ -e $BATS_SUITE_TMPDIR/secrets ]] || skip "no other host was installed: run the tests of the whole folder"
  secrets >"$BATS_TEST_TMPDIR/own"
  run -0 cut -d ' ' -f 1 "$BATS_TEST_TMPDIR/own" "$BATS_SUITE_TMPDIR/secrets"
  [[ $output == $'front\nrest\npanel\nfront\nrest\npanel' ]]
  run -0 bash -c 'sort "$@" | uniq --repeated' _ "$BATS_TEST_TMPDIR/own" "$BATS_SUITE_TMPDIR/secrets"
  [[ -z $output ]]
}

@test "running it again changes nothing and restarts nothing" {
  local before
  before=$(picture && on systemctl show -p MainPID berth nginx mariadb mariadb@berth berth-front redis-server)
  run -0 install_berth
  [[ $output != *'] '*' ok ('* ]]
  diff <(printf '%s\n' "$before") \
    <(picture && on systemctl show -p MainPID berth nginx mariadb mariadb@berth berth-front redis-server)
}

@test "two installations at once: the second is refused with 4" {
  run -4 on bash -c 'flock /run/berth-install.lock /root/release/berth-*/install/install.sh --offline'
}

@test "the panel comes back by itself after it was killed" {
  local before
  before=$(on systemctl show -p MainPID --value berth)
  on kill -KILL "$before"
  on timeout 180 bash -c 'until pid=$(systemctl show -p MainPID --value berth) && [[ $pid != 0 && $pid != "$1" && $(systemctl is-active berth) == active ]]; do read -r -t 0.5 <> <(:) || true; done' _ "$before"
}

@test "the panel starts after the servers that its jobs call, stops before them, and needs none of them" {
  run -0 on systemctl show --property=After --value berth
  for server in nginx.service mariadb.service mariadb@berth.service berth-firewall.service; do
    [[ " $output " == *" $server "* ]]
  done
  run -0 on systemctl show --property=Requires,BindsTo,Requisite berth
  [[ $output != *nginx* && $output != *mariadb* ]]
  # As at the next boot: no order in a circle.
  run -0 on systemd-analyze verify --man=no multi-user.target
  [[ ${output,,} != *cycle* ]]
}

@test "after a rotation the front and the verbs go on with their logs" {
  on logrotate --force --state /root/rotation /etc/berth/logrotate.conf
  # The front opens its log anew some time after it was told to.
  on timeout 120 bash -c 'until curl -sk -o /dev/null https://127.0.0.1:8443/after-rotation && grep -q after-rotation /var/log/berth/front-access.log; do read -r -t 0.2 <> <(:) || true; done'
  on bash -c 'echo {} | /usr/lib/berth/host-scripts/host-inspect'
  run -0 on cat /var/log/berth/verbs.log
  [[ $output == *host-inspect* ]]
}

@test "no site sets itself above what a connection to the databases may take of memory and disk" {
  on mariadb -e "create database greedy; create user greedy@localhost identified by 'x'; grant all on greedy.* to greedy@localhost"
  run -0 on mariadb -u greedy -px greedy -Ne 'set max_session_mem_used = 1 << 40, max_heap_table_size = 1 << 40;
    select @@max_session_mem_used, @@max_heap_table_size; create table t (a int) engine = memory;
    select engine from information_schema.tables where table_name = "t"'
  [[ $output == $'67108864\t33554432\nInnoDB' ]]
  run -1 on mariadb -u greedy -px greedy -e 'set enforce_storage_engine = null'
  run -0 on mariadb -u greedy -px greedy -Ne 'set max_tmp_session_space_usage = 1 << 40; select @@max_tmp_session_space_usage'
  [[ $output == 1073741824 ]]
  on mariadb -e 'drop database greedy; drop user greedy@localhost'
  run -0 on systemctl show --property=MemoryMax --value mariadb
  [[ $output != infinity ]]
  run -0 on systemctl show --property=CPUWeight --value mariadb
  [[ $output == 50 ]]
  # Nor does anybody who has a limit of memory get the host's swap instead: the databases, a site, its way to its database.
  run -0 on systemctl show --property=MemorySwapMax --value mariadb berth-site-171.slice berth-db@171.service
  [[ $output == $'0\n\n0\n\n0' ]]
}

@test "while the panel is down nobody is taken for it: what the front sends is secret" {
  on systemctl stop berth
  run -0 on timeout 120 setpriv --reuid=www-data --clear-groups php -r '
    $server = stream_socket_server("tcp://127.0.0.1:8480") or exit(1);
    $front = proc_open(["curl", "-sk", "-m", "8", "https://127.0.0.1:8443/"], [1 => ["file", "/dev/null", "w"]], $none);
    $got = @stream_socket_accept($server, 4);
    echo $got ? "got ".fgets($got) : "got nothing";
    proc_close($front);'
  on systemctl start berth
  [[ $output == 'got nothing' ]]
}

@test "uninstalling keeps the sites and goes on serving them" {
  on berth site create keep.example.org --type static
  run -0 on curl -sf -H 'Host: keep.example.org' http://127.0.0.1/
  # What keeps the panel off after a way back that failed would outlast it, and the next installation.
  on bash -c 'mkdir -p /etc/systemd/system/berth.service.d && echo "[Service]" >/etc/systemd/system/berth.service.d/way-back.conf'
  on /usr/lib/berth/current/install/uninstall.sh --yes
  run ! on test -e /etc/systemd/system/berth.service.d
  run -0 on curl -sf -H 'Host: keep.example.org' http://127.0.0.1/
  run ! on systemctl is-active berth berth-front mariadb@berth
  run ! on test -e /etc/sudoers.d/berth
  run ! on test -e /usr/bin/berth
  run -0 on bash -c 'test -d /srv/sites/s_*'
}

@test "installing again takes the sites over" {
  run -0 install_berth
  run -0 on berth site list --json
  [[ $output == *keep.example.org* ]]
}

@test "a restored database outranks what it forgot, gives no number out twice, and knows its sites, whatever a fence says" {
  local number before fences=/var/lib/berth/host/fence
  on bash -c 'mariadb-dump --socket=/run/berth/db/berth.sock --single-transaction berth >/root/dump.sql'
  on berth site create forgotten.example.org --type static
  on bash -c 'echo nonsense >/root/no-dump.sql'
  before=$(on systemctl show --property MainPID berth.service)
  run -5 on /usr/lib/berth/current/install/panel/restore-database /root/no-dump.sql
  # The panel works on: what is no dump is seen before it is stopped.
  [[ $(on systemctl show --property MainPID berth.service) == "$before" ]]
  number=$(on bash -c 'berth site info forgotten.example.org --json | jq .id')
  on cp "$fences/$number" /root/fence
  on truncate --size 0 "$fences/$number"
  on /usr/lib/berth/current/install/panel/restore-database /root/dump.sql
  run -3 on berth site info forgotten.example.org
  on berth site create next.example.org --type static
  on cp /root/fence "$fences/$number"
  run -0 on cat "$fences/$number" "$fences/$((number + 1))"
  [[ $output == $'1 1 used 1\n2 1 used 2' ]]
  number=$(on bash -c 'berth site info keep.example.org --json | jq .id')
  on userdel "s_$number"
  # What was forgotten still differs.
  run -8 on berth doctor --repair keep.example.org
  run -0 on id --user "s_$number"
  [[ $output == $((70000 + number)) ]]
}

@test "a database too damaged to be dumped is replaced all the same: its files are kept, and numbers go on" {
  local number kept=/var/lib/berth/install/before-restore.damaged
  number=$(on bash -c 'berth site info next.example.org --json | jq .id')
  on bash -c 'systemctl stop mariadb@berth && truncate --size 1M /var/lib/berth/mysql/ibdata1'
  run -0 on /usr/lib/berth/current/install/panel/restore-database /root/dump.sql
  [[ $output == *'cannot be dumped'* ]]
  on mv "$(sed -n 's/^What the database held before is in \(.*\)\.$/\1/p' <<<"$output")" "$kept"
  run -0 on bash -c 'stat --format %s "$1/ibdata1"; stat --format "%a %U" /var/lib/berth/mysql; berth status --json | jq -r .health.state' _ "$kept"
  [[ $output == $'1048576\n750 mysql\nHEALTHY' ]]
  on berth site info keep.example.org
  on berth site create newest.example.org --type static
  run -0 on bash -c 'berth site info newest.example.org --json | jq .id'
  ((output > number))
}

@test "uninstalling with --purge removes the sites and leaves the host as it was" {
  run -3 on /usr/lib/berth/current/install/uninstall.sh --purge </dev/null
  on bash -c 'mkdir -p /etc/systemd/system/berth.service.d && echo "[Service]" >/etc/systemd/system/berth.service.d/way-back.conf'
  on bash -ec 'mkdir -p /root/somebodys/DEBIAN
    printf "Package: somebodys\nVersion: 1\nArchitecture: all\nMaintainer: Somebody <somebody@example.org>\nDescription: none\n" >/root/somebodys/DEBIAN/control
    dpkg-deb --build /root/somebodys
    dpkg --install /root/somebodys.deb'
  on /usr/lib/berth/current/install/uninstall.sh --purge --yes
  # Packages stay, whoever installed them.
  run -0 on dpkg-query -W -f '${Package} ${db:Status-Abbrev}\n' restic somebodys
  [[ $output == $'restic ii \nsomebodys ii ' ]]
  on dpkg --purge restic somebodys
  run ! on test -e /etc/systemd/system/berth.service.d
  run ! on bash -c 'ls -d /srv/sites/s_*'
  run ! on bash -c 'getent passwd | grep -E "^(s_[0-9]+|berth)"'
  diff "$BATS_FILE_TMPDIR/before" <(picture)
  run -0 on systemctl is-active nginx.service
  # By the settings of before, not only with their files back.
  run -0 on mariadb -Ne 'SELECT @@skip_networking'
  [[ $output == 0 ]]
}
