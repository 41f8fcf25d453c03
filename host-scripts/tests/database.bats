load host
setup() { wipe_site 141; wipe_site 1412; call site-user-create "\"site\":141,$ROOM"; call site-user-create "\"site\":1412,$ROOM"; }
teardown() { [[ -z ${holder-} ]] || kill -- "-$holder" || true; mariadb -e 'DROP DATABASE IF EXISTS sA141'; wipe_site 141; wipe_site 1412; }
WAYS=/run/berth/databases WANTED=/etc/systemd/system/sockets.target.wants
# on_way SITE USER: asks by the site's own way.
on_way() {
  mariadb --no-defaults --socket="$WAYS/$1/mysqld.sock" "--user=$2" "--password=$PASSWORD" -Ne 'select 42'
}
# as_user ID PASSWORD SQL
as_user() { MYSQL_PWD=$2 setpriv --reuid=nobody --clear-groups mariadb --no-defaults --default-character-set=utf8mb4 -u "s_$1" -N -e "$3" "s_$1"; }

@test "create: makes a database whose user can use it with the password" {
  verb database-create "\"site\":141,\"password\":\"$PASSWORD\""
  done_well true
  [[ $(said '.result | .database + .user') == s_141s_141 ]]
  as_user 141 "$PASSWORD" 'create table t (a varchar(10)); insert into t values ("grüß 🐚")'
  [[ $(as_user 141 "$PASSWORD" 'select @@character_set_database') == utf8mb4 ]]
}

@test "create: a user that an earlier call left without its right gets it" {
  call database-create "\"site\":141,\"password\":\"$PASSWORD\""
  mariadb -e 'REVOKE ALL PRIVILEGES ON `s\_141`.* FROM s_141@localhost'
  verb database-create "\"site\":141,\"password\":\"$PASSWORD\""
  done_well true
  as_user 141 "$PASSWORD" 'create table t (a int)'
  verb database-create "\"site\":141,\"password\":\"$PASSWORD\""
  done_well false
}

@test "create: a user whose connections are not limited gets its limit" {
  call database-create "\"site\":141,\"password\":\"$PASSWORD\""
  mariadb -e 'ALTER USER s_141@localhost WITH MAX_USER_CONNECTIONS 0'
  verb database-create "\"site\":141,\"password\":\"$PASSWORD\""
  done_well true
  [[ $(as_user 141 "$PASSWORD" 'select @@max_user_connections') == 40 ]]
  verb database-create "\"site\":141,\"password\":\"$PASSWORD\""
  done_well false
}

@test "create: every printable character of a password works exactly" {
  local password=' !"#$%&'\''()*+,-./0:;<=>?@A[\]^_`a{|}~\\n\' text
  text=$(jq -n --arg p "$password" '$p')
  verb database-create "\"site\":141,\"password\":$text"
  done_well true
  as_user 141 "$password" 'select 1'
  verb database-create "\"site\":141,\"password\":$text"
  done_well false
}

@test "create: another password replaces the first" {
  call database-create "\"site\":141,\"password\":\"$PASSWORD\""
  verb database-create "\"site\":141,\"password\":\"another-horse-2\""
  done_well true
  refute as_user 141 "$PASSWORD" 'select 1'
  as_user 141 another-horse-2 'select 1'
}

@test "create: one site's user reaches no other database" {
  mariadb -e 'CREATE DATABASE sA141'
  call database-create "\"site\":141,\"password\":\"$PASSWORD\""
  call database-create "\"site\":1412,\"password\":\"$PASSWORD\""
  run as_user 141 "$PASSWORD" 'use s_1412'; [[ $status -ne 0 ]]
  run as_user 141 "$PASSWORD" 'use sA141'; [[ $status -ne 0 ]]
  run as_user 141 "$PASSWORD" 'use mysql'; [[ $status -ne 0 ]]
  [[ $(as_user 141 "$PASSWORD" 'show databases' | sort | tr '\n' ' ') == 'information_schema s_141 ' ]]
}

@test "create: the password is in no process list and no log" {
  mkfifo "$BATS_TEST_TMPDIR/go"
  (while [[ ! -e $BATS_TEST_TMPDIR/stop ]]; do cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' '; done) >"$BATS_TEST_TMPDIR/seen" &
  verb database-create '"site":141,"password":"needle-in-hay-3"'
  touch "$BATS_TEST_TMPDIR/stop"; wait
  refute grep -qa needle-in-hay "$BATS_TEST_TMPDIR/seen"
  refute grep -qa "$(printf needle-in-hay-3 | base64)" "$BATS_TEST_TMPDIR/seen"
  refute grep -q needle-in-hay /var/log/berth/verbs.log
  [[ $stderr != *needle* && $output != *needle* ]]
}

@test "create: refuses passwords that could not work exactly" {
  local text
  for text in '"short"' '"with\nnewline-12345"' '"with\ttab-1234567"' '"with\u0000nul-12345"' '"umlaut-ä-123456"' '12345678901234' 'null' '["a"]'; do
    verb database-create "\"site\":141,\"password\":$text"
    refused 2 bad-input password
  done
  [[ -z $(mariadb -N -e "select user from mysql.user where user = 's_141'") ]]
}

@test "create: a dry run creates nothing; without a site's user it is refused" {
  verb database-create "\"site\":141,\"password\":\"$PASSWORD\",\"dryRun\":true"
  done_well false
  [[ -z $(mariadb -N -e "show databases like 's\\_141'") ]]
  verb database-create "\"site\":149,\"password\":\"$PASSWORD\""
  refused 3 not-found
  rm -f /var/lib/berth/host/fence/149
}

@test "create: says so when the database server is down" {
  systemctl stop mariadb
  verb database-create "\"site\":141,\"password\":\"$PASSWORD\""
  systemctl start mariadb
  refused 5 databases-down
  [[ ! -e $WAYS/141 && ! -L $WANTED/berth-db@141.socket ]]
  verb database-create "\"site\":141,\"password\":\"$PASSWORD\""
  done_well true
}

@test "remove: says so when the database server is down, and is repeated" {
  call database-create "\"site\":141,\"password\":\"$PASSWORD\""
  systemctl stop mariadb
  verb database-remove '"site":141'
  systemctl start mariadb
  refused 5 databases-down
  verb database-remove '"site":141'
  done_well true
}

@test "create: opens a way to the database that nobody outside the sandbox has, also after a restart of the host; remove closes it" {
  call database-create "\"site\":141,\"password\":\"$PASSWORD\""
  [[ $(stat -c '%U %a' $WAYS) == 'root 700' && -L $WANTED/berth-db@141.socket ]]
  [[ $(on_way 141 s_141) == 42 && $(systemctl show -P ActiveState berth-db@141.service) == active ]]
  # Whoever runs the proxy is nobody to MariaDB.
  refute on_way 141 root
  [[ $(ps -o uid= -p "$(systemctl show -P MainPID berth-db@141.service)") -ge 61184 ]]
  verb database-remove '"site":141'
  done_well true
  [[ ! -e $WAYS/141 && ! -L $WANTED/berth-db@141.socket ]]
  [[ -z $(systemctl list-units --all --plain --no-legend 'berth-db@141.*') ]]
}

@test "create: PHP that runs already sees no database server before, and its site's way to it after" {
  call site-files-create '"site":141,"name":"site141.example","shown":"site141.example"'
  call php-apply "\"site\":141,\"version\":\"$(php_version)\",$LIMITS,\"maxChildren\":4"
  call vhost-apply '"site":141,"type":"php","canonical":"site141.example","serve":[],"redirect":[]'
  put_page 141 db.php <<<"<?php echo file_exists('/run/mysqld') ? (new mysqli(null, 's_141', '$PASSWORD', 's_141'))->query('select 42')->fetch_row()[0] : 'none';"
  http site141.example /db.php
  [[ $output == none ]]
  verb database-create "\"site\":141,\"password\":\"$PASSWORD\""
  done_well true
  http site141.example /db.php
  [[ $output == 42 ]]
  verb database-create "\"site\":141,\"password\":\"$PASSWORD\""
  done_well false
}

@test "whoever connects and never logs in is held to a limit of the site's own" {
  call database-create "\"site\":141,\"password\":\"$PASSWORD\""
  setsid bash -c 'while :; do php -n -r "
      for (\$n = 0; \$n < 300; \$n++) \$all[] = @stream_socket_client(\"unix://'$WAYS'/141/mysqld.sock\", \$no, \$why, 1);
      sleep(2);"; done' >/dev/null 2>&1 3>&- &
  holder=$!
  soon strangers_at_least 44
  verb database-create "\"site\":1412,\"password\":\"$PASSWORD\""
  done_well true
  [[ $(on_way 1412 s_1412) == 42 && $(strangers) -le 50 ]]
}
strangers() { mariadb -Ne "select count(*) from information_schema.processlist where user = 'unauthenticated user'"; }
strangers_at_least() { (($(strangers) >= $1)); }

connected() { mariadb -N -e "show processlist" | grep -q s_141; }

@test "remove: removes database and user and ends open connections" {
  call database-create "\"site\":141,\"password\":\"$PASSWORD\""
  as_user 141 "$PASSWORD" 'select sleep(30)' >/dev/null 2>&1 3>&- &
  soon connected
  verb database-remove '"site":141'
  done_well true
  refute connected
  [[ -z $(mariadb -N -e "show databases like 's\\_141'; select user from mysql.user where user = 's_141'") ]]
  verb database-remove '"site":141'
  done_well false
}

@test "remove: what a tenant has prepared by two phases, and left without a connection, does not keep its database" {
  call database-create "\"site\":141,\"password\":\"$PASSWORD\""
  local tables=({1..40}) begun
  as_user 141 "$PASSWORD" "$(printf 'create table t%s (a int);' "${tables[@]}") xa start 'it''s', 'x'; $(printf 'insert into t%s values (1);' "${tables[@]}") xa end 'it''s', 'x'; xa prepare 'it''s', 'x'"
  [[ $(mariadb -Ne 'xa recover' | wc -l) == 1 ]]
  begun=$(seconds)
  verb database-remove '"site":141'
  done_well true
  (($(seconds) - begun < 20))
  [[ -z $(mariadb -Ne 'xa recover') && -z $(mariadb -Ne "show databases like 's\\_141'") ]]
}

@test "remove: leaves other sites' databases alone, a dry run its own too" {
  call database-create "\"site\":141,\"password\":\"$PASSWORD\""
  call database-create "\"site\":1412,\"password\":\"$PASSWORD\""
  verb database-remove '"site":141,"dryRun":true'
  done_well false
  as_user 141 "$PASSWORD" 'select 1'
  call database-remove '"site":141'
  as_user 1412 "$PASSWORD" 'select 1'
}

@test "the databases are started again once the clock was set back, and not for less" {
  local before started
  # It looks at the clock as well, each so often.
  systemctl stop berth-clock.timer
  systemctl start berth-clock.service
  started=$(</run/berth-clock)
  before=$(systemctl show -P InvocationID mariadb.service)
  # This host is not younger than it was: neither set ahead, nor set back by what nobody misses.
  for at in $((started - 3600)) "$started" $((started + 5)); do
    echo "$at" >/run/berth-clock
    "$VERBS/libexec/clock-set"
    [[ $(systemctl show -P InvocationID mariadb.service) == "$before" ]]
  done
  echo $((started + 3600)) >/run/berth-clock
  run -0 "$VERBS/libexec/clock-set"
  [[ $output == 'the clock was set back by '* && $(systemctl show -P InvocationID mariadb.service) != "$before" ]]
  run -0 "$VERBS/libexec/clock-set"
  [[ -z $output ]]
  systemctl is-active mariadb.service
  systemctl start berth-clock.timer
}
