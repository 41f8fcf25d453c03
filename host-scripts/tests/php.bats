load host
setup_file() { load host; wipe_site 171; make_site 171 php site171.example; put_page 171 v.php <<<'<?php echo PHP_VERSION;'; }
teardown_file() { load host; wipe_site 171; }
teardown() { apply "$(php_version)" 4; }
apply() { verb php-apply "\"site\":171,\"version\":\"$1\",$LIMITS,\"maxChildren\":$2" 5; }
page() { http site171.example "/$1" -m 50; }
# Tells by a file that it was begun, and then works until another is there, and for half a second more.
put_slow_page() {
  rm -f /srv/sites/s_171/tmp/{slow,enough}
  put_page 171 slow.php <<<'<?php touch(getenv("TMPDIR") . "/slow"); while (!file_exists(getenv("TMPDIR") . "/enough")) usleep(1000); usleep(500000); echo "done";'
}
is_stopping() { [[ $(systemctl show -P ActiveState berth-php@171.service) == deactivating ]]; }
is_gone() { [[ $(fpm_processes 171) == 0 ]]; }
master_only() { [[ $(fpm_processes 171) == 1 ]]; }

@test "no PHP process runs before the first request, and none is left ten minutes after the last" {
  systemctl stop berth-php@171.service
  is_gone
  put_page 171 v.php <<<'<?php echo PHP_VERSION;'
  page v.php
  [[ $code == 200 && $output == "$(php_version)".* ]]
  # The pool's own seven minutes, made short.
  sed -i 's/^pm.process_idle_timeout = .*/pm.process_idle_timeout = 1s/' /etc/berth/php/171/pool.conf
  systemctl stop berth-php@171.service
  page v.php
  soon master_only
  grep -q 'pm.process_idle_timeout = 420s' "$VERBS/templates/site/pool.conf"
  idle_stops() { "$VERBS/libexec/idle-php"; is_gone; }
  soon idle_stops
  page v.php
  [[ $code == 200 ]]
  systemctl is-active berth-idle.timer
}

@test "stopping PHP ends no request, and the next one is answered" {
  local n
  for n in 1 2 3; do
    put_slow_page
    page v.php
    curl -s -m 50 -w ' %{http_code}' -H 'Host: site171.example' http://127.0.0.1/slow.php >"$BATS_TEST_TMPDIR/slow$n" 3>&- &
    soon test -e /srv/sites/s_171/tmp/slow
    systemctl stop --no-block berth-php@171.service
    soon is_stopping
    touch /srv/sites/s_171/tmp/enough
    page v.php
    [[ $code == 200 ]]
    wait
    [[ $(<"$BATS_TEST_TMPDIR/slow$n") == 'done 200' ]] || { cat "$BATS_TEST_TMPDIR/slow$n"; return 1; }
  done
}

@test "the sweep leaves an instance alone that has a child" {
  local before
  page v.php
  before=$(systemctl show -P MainPID berth-php@171.service)
  "$VERBS/libexec/idle-php"
  [[ $(systemctl show -P MainPID berth-php@171.service) == "$before" && $(fpm_processes 171) -ge 2 ]]
}

@test "apply: changes nothing the second time and does not touch the running instance" {
  page v.php
  local before
  before=$(systemctl show -P MainPID berth-php@171.service)
  apply "$(php_version)" 4
  done_well false
  [[ $(systemctl show -P MainPID berth-php@171.service) == "$before" && $before != 0 ]]
}

@test "apply: no daemon-reload, and other sites' instances stay as they are" {
  local seen=$BATS_TEST_TMPDIR/seen
  journalctl --sync
  journalctl --cursor-file="$seen" --lines=1 --quiet
  wipe_site 172; make_site 172 php site172.example
  put_page 172 v.php <<<'<?php echo 172;'
  http site172.example /v.php
  local pid
  pid=$(systemctl show -P MainPID berth-php@172.service)
  apply "$(php_version)" 3
  done_well true
  [[ $(systemctl show -P MainPID berth-php@172.service) == "$pid" ]]
  journalctl --sync
  [[ -z $(journalctl --cursor-file="$seen" _PID=1 --grep Reloading --quiet) ]]
  wipe_site 172
}

@test "apply: other settings take over without a failed request" {
  put_page 171 slow.php <<<'<?php usleep(400000); echo "done";'
  (while [[ ! -e $BATS_TEST_TMPDIR/stop ]]; do
    curl -s -m 50 -o /dev/null -w '%{http_code}\n' -H 'Host: site171.example' http://127.0.0.1/slow.php || echo failed
  done) >"$BATS_TEST_TMPDIR/codes" 3>&- &
  local n
  for n in 5 6 7 4; do apply "$(php_version)" $n; done_well true; done
  touch "$BATS_TEST_TMPDIR/stop"; wait
  sort "$BATS_TEST_TMPDIR/codes" | uniq -c
  [[ $(sort -u "$BATS_TEST_TMPDIR/codes") == 200 ]]
}

@test "apply: another version takes over without a failed request" {
  local -a programs=(/usr/sbin/php-fpm[0-9].[0-9])
  ((${#programs[@]} > 1)) || skip "this host has one version of PHP"
  local other=${programs[0]#*php-fpm}
  put_page 171 v.php <<<'<?php usleep(50000); echo PHP_VERSION;'
  (while [[ ! -e $BATS_TEST_TMPDIR/stop ]]; do
    curl -s -m 50 -w ' %{http_code}\n' -H 'Host: site171.example' http://127.0.0.1/v.php || echo failed
  done) >"$BATS_TEST_TMPDIR/codes" 3>&- &
  apply "$other" 4; done_well true
  page v.php; [[ $output == "$other".* ]]
  apply "$(php_version)" 4; done_well true
  page v.php; [[ $output == "$(php_version)".* ]]
  touch "$BATS_TEST_TMPDIR/stop"; wait
  [[ $(awk '{print $NF}' "$BATS_TEST_TMPDIR/codes" | sort -u) == 200 ]]
}

@test "apply: a version that is not there is refused, and the site goes on" {
  apply 7.9 4
  refused 3 no-such-version version
  page v.php; [[ $code == 200 ]]
}

@test "apply: limits are those of the slice, and they bind" {
  verb php-apply "\"site\":171,\"version\":\"$(php_version)\",\"memoryMiB\":96,\"cpuPercent\":50,\"tasks\":40,\"ioWeight\":200,\"maxChildren\":4" 5
  done_well true
  [[ $(systemctl show -P MemoryMax -P TasksMax -P CPUQuotaPerSecUSec -P IOWeight berth-site-171.slice | sort | tr '\n' ' ') == \
    '100663296 200 40 500ms ' ]]
  # What does not fit goes nowhere else.
  [[ $(systemctl show -P MemorySwapMax berth-site-171.slice) == 0 ]]
  put_page 171 eat.php <<<'<?php ini_set("memory_limit", -1); $a = str_repeat("x", 300 * 1048576); echo "ate";'
  page eat.php || true
  [[ $code != 200 || $output != ate ]]
  soon page_is_back
}
page_is_back() { page v.php 2>/dev/null && [[ $code == 200 ]]; }

@test "apply: a bad pool does not trip a limit, and once mended the site answers" {
  local n
  systemctl stop berth-php@171.service
  printf 'nonsense\n' >>/etc/berth/php/171/pool.conf
  for n in {1..8}; do http site171.example /v.php -m 1 2>/dev/null || true; done
  systemctl is-active berth-php@171.socket
  apply "$(php_version)" 4
  done_well true
  soon page_is_back
}

@test "apply: a socket whose file was removed is opened anew" {
  page v.php
  rm /run/berth/php/171.sock
  apply "$(php_version)" 4
  done_well true
  page v.php
  [[ $code == 200 ]]
}

@test "apply: killed in the middle it is finished by the next call" {
  rm -rf /etc/berth/php/171
  mkdir /etc/berth/php/171.new
  apply "$(php_version)" 4
  done_well true
  [[ ! -e /etc/berth/php/171.new ]]
  soon page_is_back
}

@test "apply: killed before PHP was told, the next call has it run by the new settings" {
  local before slow
  put_slow_page
  page v.php
  curl -s -m 50 -H 'Host: site171.example' http://127.0.0.1/slow.php >/dev/null 3>&- &
  slow=$!
  soon test -e /srv/sites/s_171/tmp/slow
  apply "$(php_version)" 5 >/dev/null 2>&1 3>&- &
  soon grep -q 'max_children = 5' /etc/berth/php/171/pool.conf
  pkill -KILL --full '^/bin/bash .*host-scripts/php-apply$'
  touch /srv/sites/s_171/tmp/enough
  wait
  # As if the request to stop it had never been made.
  page v.php
  before=$(systemctl show -P MainPID berth-php@171.service)
  apply "$(php_version)" 5
  done_well true
  [[ $(systemctl show -P MainPID berth-php@171.service) != "$before" && ! -e /etc/berth/php/171.new ]]
  apply "$(php_version)" 5
  done_well false
}

@test "apply: a tenant that stops every process of its user holds up nothing" {
  local begun
  systemctl stop berth-php@171.service
  begin_hostile 171
  begun=$(seconds)
  apply "$(php_version)" 5
  stop_hostile 171
  done_well true
  (($(seconds) - begun < 25))
  is_unlocked 171
}

@test "apply: a pool that the version does not accept is refused with its words, and the tenant's log stays as it is" {
  local before template=$VERBS/templates/site/pool.conf
  before=$(stat -c %s /srv/sites/s_171/logs/php.log)
  cp -p "$template" "$BATS_TEST_TMPDIR/pool.conf"
  echo 'pm.no_such_word = 1' >>"$template"
  apply "$(php_version)" 6
  cp -p "$BATS_TEST_TMPDIR/pool.conf" "$template"
  refused 5 pool-refused
  [[ $(said .error.why) == *no_such_word* ]]
  [[ $(stat -c %s /srv/sites/s_171/logs/php.log) == "$before" && ! -e /etc/berth/php/171.new ]]
}

@test "apply: refuses a site without user or files, a dry run changes nothing" {
  verb php-apply "\"site\":179,\"version\":\"$(php_version)\",$LIMITS,\"maxChildren\":4"
  refused 3 not-found
  verb php-apply "\"site\":171,\"version\":\"$(php_version)\",$LIMITS,\"maxChildren\":9,\"dryRun\":true" 5
  done_well false
  refute grep -q 'max_children = 9' /etc/berth/php/171/pool.conf
  rm -f /var/lib/berth/host/fence/179
}

@test "apply: only a file that exists is run, whatever the path says" {
  put_page 171 photo.jpg <<<'<?php echo "run";'
  http site171.example /photo.jpg/x.php; [[ $code == 404 ]]
  http site171.example /photo.jpg%00.php; [[ $code == 404 || $code == 400 ]]
  http site171.example /nothing.php; [[ $code == 404 ]]
  put_page 171 UP.PHP <<<'<?php echo "source";'
  http site171.example /UP.PHP; [[ $output != *'<?php'* ]]
}

@test "php's own log and sessions are the site's" {
  put_page 171 log.php <<<'<?php session_start(); error_log("written by the site"); echo ini_get("display_errors"), session_id() ? "session" : "";'
  page log.php
  [[ $output == *session ]]
  grep -q 'written by the site' /srv/sites/s_171/logs/php.log
  ls /srv/sites/s_171/tmp/sessions | grep -q sess_
}

@test "logs that a tenant writes are capped" {
  local log=/srv/sites/s_171/logs/php.log
  head -c 12000000 /dev/zero | tr '\0' x >>"$log"
  "$VERBS/libexec/cap-logs"
  [[ $(stat -c %s "$log") -lt 100000 && $(stat -c %U "$log") == s_171 ]]
  [[ $(stat -c '%s %U %a' "$log.1") == '1048576 root 640' ]]
}

@test "a log that a tenant made larger than any disk is cut at once, and all others are rotated" {
  local log=/srv/sites/s_171/logs/php.log
  setpriv --reuid=70171 --regid=70171 --clear-groups truncate --size=8T "$log"
  echo line >>/var/log/nginx/sites/171.access.log
  rm -f /var/lib/berth/host/logrotate.state
  timeout 60 systemctl start berth-logs.service
  [[ $(systemctl show -P Result berth-logs.service) == success && $(stat -c %s "$log") -lt 100000 ]]
  grep -q '/171.access.log' /var/lib/berth/host/logrotate.state
}

@test "remove: takes socket, pool and limits away and changes nothing the second time" {
  wipe_site 173; make_site 173 php site173.example
  put_page 173 v.php <<<'<?php echo 173;'
  http site173.example /v.php; [[ $code == 200 ]]
  verb php-remove '"site":173'
  done_well true
  [[ ! -e /run/berth/php/173.sock && ! -e /etc/berth/php/173 && ! -e /etc/systemd/system.control/berth-site-173.slice.d ]]
  [[ ! -e /etc/systemd/system/sockets.target.wants/berth-php@173.socket && $(fpm_processes 173) == 0 ]]
  verb php-remove '"site":173'
  done_well false
  wipe_site 173
}
