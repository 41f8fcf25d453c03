load host
UNIT=/etc/systemd/system/berth-php@.service
setup_file() {
  load host
  local n
  for n in 241 242; do
    wipe_site $n; make_site $n php "site$n.example"; put_page $n v.php <<<'<?php echo 1;'
    http "site$n.example" /v.php
  done
}
teardown_file() { load host; wipe_site 241; wipe_site 242; }
teardown() { chmod 640 /srv/sites/s_241/logs/php.log; }
# When the site's PHP has begun, in millionths of a second.
begun() { date --date="$(systemctl show --timestamp=us+utc -P ExecMainStartTimestamp "berth-php@$1.service")" +%s%6N; }
main() { systemctl show -P MainPID "berth-php@$1.service"; }

@test "renew: goes on after a site whose PHP does not start, and names it" {
  local before time
  before=$(main 242)
  # The site's own user can do that.
  setpriv --reuid=70241 --regid=70241 --clear-groups chmod 000 /srv/sites/s_241/logs/php.log
  # Just after PHP has begun.
  time=$(($(begun 242) + 1))
  touch --date="@${time:0:10}.${time:10}" "$UNIT"
  run --separate-stderr "$VERBS/libexec/renew"
  [[ $status -eq 1 && ${stderr##*$'\n'} == 'not restarted, see their journal: berth-php@241.service' ]] || { show; false; }
  [[ $(main 242) != "$before" && $(main 242) != 0 ]]
}

@test "renew: a unit of the future has all restarted once, not at each call" {
  local before
  http site241.example /v.php
  before=$(main 242)
  touch --date='next week' "$UNIT"
  run --separate-stderr "$VERBS/libexec/renew"
  [[ $status -eq 0 && $output == *'restarting berth-php@242.service'* && $(main 242) != "$before" ]] || { show; false; }
  before=$(main 242)
  run --separate-stderr "$VERBS/libexec/renew"
  [[ $status -eq 0 && $output != *restarting* && $(main 242) == "$before" ]] || { show; false; }
}

@test "renew: does not wait for PHP that takes long to end" {
  local before time begun
  put_page 241 slow.php <<<'<?php touch("begun"); for ($end = microtime(true) + 60; microtime(true) < $end;) usleep(1000);'
  curl -s -m 90 -H 'Host: site241.example' http://127.0.0.1/slow.php >/dev/null 3>&- &
  soon test -e /srv/sites/s_241/current/public/begun
  http site242.example /v.php
  before=$(main 242)
  time=$(($(begun 242) + 1))
  touch --date="@${time:0:10}.${time:10}" "$UNIT"
  begun=$(seconds)
  run --separate-stderr "$VERBS/libexec/renew"
  systemctl kill --signal=KILL berth-php@241
  [[ $status -eq 0 && $output == *'still ending berth-php@241.service'* && $(main 242) != "$before" ]] || { show; false; }
  (($(seconds) - begun < 30))
  soon http site241.example /v.php
}

# When the site's PHP last was there, or no longer was: NUMBER ActiveEnter|ActiveExit
moment() { systemctl show -P "$2TimestampMonotonic" "berth-php@$1.service"; }

@test "renew: one site after the other, so that never two wait at the same time" {
  local n
  for n in 241 242; do http "site$n.example" /v.php; done
  touch "$UNIT"
  run --separate-stderr "$VERBS/libexec/renew"
  [[ $status -eq 0 && $output == *'restarting berth-php@241.service'*'restarting berth-php@242.service'* ]] || { show; false; }
  (($(moment 241 ActiveEnter) <= $(moment 242 ActiveExit) || $(moment 242 ActiveEnter) <= $(moment 241 ActiveExit)))
}
