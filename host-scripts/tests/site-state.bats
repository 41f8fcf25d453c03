load host
setup_file() { load host; local n; for n in 181 182; do wipe_site $n; done; make_site 181 php site181.example; make_site 182 static site182.example; put_page 181 v.php <<<'<?php echo "hello";'; }
teardown_file() { load host; wipe_site 181; wipe_site 182; }
setup() { call site-state '"site":181,"state":"live"'; call site-state '"site":182,"state":"live"'; }
state() { verb site-state "\"site\":$1,\"state\":\"$2\""; }

@test "suspended: every request gets a page that says so, 503 and when to come back, and PHP is off" {
  http site181.example /v.php; [[ $code == 200 ]]
  state 181 suspended
  done_well true
  local answer path
  for path in / /v.php /nothing /.env; do
    answer=$(curl -si -H 'Host: site181.example' "http://127.0.0.1$path")
    [[ $answer == *' 503 '* && $answer == *'Retry-After: 3600'* && $answer == *'This site is paused'* && $answer == *no-store* ]] || { echo "$answer"; return 1; }
  done
  http site181.example /v.php -X POST -d a=b; [[ $code == 503 && $output == *paused* ]]
  http site181.example / -H 'Accept-Language: de'; [[ $output == *pausiert* ]]
  [[ $(fpm_processes 181) == 0 && ! -e /run/berth/php/181.sock ]]
  [[ ! -e /etc/systemd/system/sockets.target.wants/berth-php@181.socket ]]
}

@test "suspended: a slow request does not hold it up, and PHP answers again afterwards" {
  put_page 181 slow.php <<<'<?php touch("begun"); for ($end = microtime(true) + 60; microtime(true) < $end;) usleep(1000);'
  curl -s -m 90 -H 'Host: site181.example' http://127.0.0.1/slow.php >/dev/null 3>&- &
  soon test -e /srv/sites/s_181/current/public/begun
  begun=$(seconds)
  state 181 suspended
  done_well true
  (($(seconds) - begun < 45)) && [[ $(fpm_processes 181) == 0 && $(systemctl is-failed berth-php@181) == inactive ]]
  rm /srv/sites/s_181/current/public/begun
  state 181 live
  http site181.example /v.php; [[ $code == 200 ]]
}

@test "suspended: PHP that heeds no word to stop, and is being stopped for a while already, does not hold it up" {
  http site181.example /v.php; [[ $code == 200 ]]
  [[ $(systemctl show --property=NotifyAccess --value berth-php@181) == none ]]
  # The main process is the tenant's own: whatever runs there may do that.
  kill -STOP "$(systemctl show --property=MainPID --value berth-php@181)"
  systemctl stop --no-block berth-php@181
  begun=$(seconds)
  state 181 suspended
  done_well true
  (($(seconds) - begun < 30)) && [[ $(fpm_processes 181) == 0 && ! -e /run/berth/php/181.sock ]]
  state 181 live
  http site181.example /v.php; [[ $code == 200 ]]
}

@test "live again: PHP answers at once" {
  state 181 suspended
  state 181 live
  done_well true
  http site181.example /v.php
  [[ $code == 200 && $output == hello ]]
  state 181 live
  done_well false
}

@test "deleted: 410 and a page; back to life with one call" {
  state 182 deleted
  done_well true
  http site182.example /
  [[ $code == 410 && $output == *'This site is gone'* ]]
  [[ $(ls /var/lib/berth/flags/182.*) == /var/lib/berth/flags/182.deleted ]]
  state 182 live
  http site182.example /; [[ $code == 200 ]]
}

@test "suspended, then deleted: one state at a time" {
  state 182 suspended
  state 182 deleted
  [[ $(ls /var/lib/berth/flags/182.*) == /var/lib/berth/flags/182.deleted ]]
  http site182.example /; [[ $code == 410 ]]
}

@test "without a reload, and without a word to other sites" {
  local before
  before=$(</var/lib/berth/host/nginx/generation)
  state 181 suspended
  http site182.example /; [[ $code == 200 ]]
  [[ $(</var/lib/berth/host/nginx/generation) == "$before" ]]
}

@test "a suspended site stays so when its PHP is set up anew and after the web server's restart" {
  state 181 suspended
  call php-apply "\"site\":181,\"version\":\"$(php_version)\",$LIMITS,\"maxChildren\":3"
  [[ ! -e /run/berth/php/181.sock ]]
  systemctl restart nginx
  http site181.example /v.php; [[ $code == 503 ]]
}

@test "a dry run changes nothing, an unknown state is refused" {
  verb site-state '"site":182,"state":"suspended","dryRun":true'
  done_well false
  http site182.example /; [[ $code == 200 ]]
  local bad
  for bad in '"off"' '"live\n"' 'null' '1' '["live"]' '"../live"'; do
    state_bad() { verb site-state "\"site\":182,\"state\":$1"; }
    state_bad "$bad"
    refused 2 bad-input state
  done
}
