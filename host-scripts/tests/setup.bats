load host

@test "install: a second run changes and restarts nothing" {
  local before
  before=$(systemctl show -P MainPID -P ActiveEnterTimestampMonotonic nginx)
  run "$VERBS/setup" install
  [[ $status -eq 0 && -z $output ]] || { show; return 1; }
  [[ $(systemctl show -P MainPID -P ActiveEnterTimestampMonotonic nginx) == "$before" ]]
}

@test "install: brings a changed file back and keeps host.json" {
  echo '# by hand' >>/etc/berth/nginx/http.conf
  jq -c '.panelNames = ["other.example.com"]' /etc/berth/host.json >"$BATS_TEST_TMPDIR/host.json"
  cat "$BATS_TEST_TMPDIR/host.json" >/etc/berth/host.json
  run "$VERBS/setup" install
  [[ $status -eq 0 && $output == *'wrote /etc/berth/nginx/http.conf'* ]]
  refute grep -q 'by hand' /etc/berth/nginx/http.conf
  [[ $(jq -r '.panelNames[0]' /etc/berth/host.json) == other.example.com ]]
  "$VERBS/setup" install --panel-name panel.example.com
  [[ $(jq -r '.panelNames[0]' /etc/berth/host.json) == panel.example.com ]]
}

@test "install: the web server takes its changed files over in turn with the verbs" {
  local held generation=/var/lib/berth/host/nginx/generation before setup
  exec {held}>/var/lib/berth/host/locks/nginx
  flock "$held"
  before=$(<$generation)
  echo '# by hand' >>/etc/berth/nginx/http.conf
  "$VERBS/setup" install {held}>&- 3>&- &
  setup=$!
  soon pgrep --full 'flock --wait 120'
  [[ $(<$generation) == "$before" ]]
  exec {held}>&-
  wait "$setup"
  [[ $(<$generation) == $((before + 1)) ]]
  http generation.berth.invalid /
  [[ $code == 200 && ${output%$'\n'} == $((before + 1)) ]]
}

@test "install: one site's broken file does not keep changed files from being taken over" {
  echo '# by hand' >>/etc/berth/nginx/http.conf
  echo nonsense >/etc/berth/nginx/sites/9906.conf
  run "$VERBS/setup" install
  [[ $status -eq 0 && -e /etc/berth/nginx/quarantine/9906.error && ! -e /etc/berth/nginx/sites/9906.conf ]] || { show; false; }
  rm /etc/berth/nginx/quarantine/9906.*
}

@test "install: sites' files of an earlier release are written anew, and go on under all their names" {
  local file=/etc/berth/nginx/sites/235.conf
  make_site 235 php site235.example
  call vhost-apply '"site":235,"type":"php","canonical":"site235.example","serve":["more235.example"],"redirect":["www.site235.example","old235.example"]' 9
  sed 's/certificate own-2/certificate own-1/' "$file" >"$BATS_TEST_TMPDIR/now"
  cat >"$file" <<'OLD'
# Written by Berth for site 235: changes by hand are lost.
server {
    server_name site235.example more235.example;
    set $berth_site 235;
    root /srv/sites/s_235/current/public;
    access_log /var/log/nginx/sites/235.access.log berth;
    error_log /var/log/nginx/sites/235.error.log;
    include /etc/berth/nginx/php.conf;
}
server {
    server_name www.site235.example old235.example;
    set $berth_target site235.example;
    include /etc/berth/nginx/redirect.conf;
}
OLD
  printf 'listen 80;\nreturn 301 http://$berth_target;\n' >/etc/berth/nginx/redirect.conf
  cp "$file" "$BATS_TEST_TMPDIR/old"
  # Written by hand in a way that nobody reads back: what it includes stays.
  sed 's/site235/hand235/g; s/old235/hand/; s/;$/; # by hand/' "$file" >/etc/berth/nginx/sites/236.conf
  touch /var/lib/berth/host/nginx/pending/235
  run "$VERBS/setup" install
  [[ $status -eq 0 && $output == *"wrote $file"* ]] || { show; false; }
  cmp "$file" "$BATS_TEST_TMPDIR/now"
  [[ -e /etc/berth/nginx/redirect.conf ]]
  rm /etc/berth/nginx/sites/236.conf
  # What a killed verb of that release wanted.
  cp "$BATS_TEST_TMPDIR/old" /var/lib/berth/host/nginx/pending/235
  run "$VERBS/setup" install
  [[ $status -eq 0 ]] || { show; false; }
  cmp "$file" "$BATS_TEST_TMPDIR/now"
  cmp "$file" /var/lib/berth/host/nginx/good/235.conf
  [[ -z $(ls /var/lib/berth/host/nginx/pending) && ! -e /etc/berth/nginx/redirect.conf ]]
  output=$(curl -si -H 'Host: old235.example' http://127.0.0.1/a)
  [[ $output == *301* && $output == *'Location: http://site235.example/a'* ]]
  [[ $(curl -s -o /dev/null -w '%{http_code}' --cacert /var/lib/berth/tls/235/own-1.pem --connect-to ::127.0.0.1:443 https://more235.example/nothing) == 404 ]]
  wipe_site 235
}

@test "install: lists of names move to the folder of their own, names that look like them stay" {
  local state=/var/lib/berth/host
  echo ' old.example' >$state/names/of-239
  echo 239 >$state/names/of-239.example
  run "$VERBS/setup" install
  [[ $status -eq 0 && ! -e $state/names/of-239 && $(<$state/lists/239) == ' old.example' && $(<$state/names/of-239.example) == 239 ]]
  rm $state/lists/239 $state/names/of-239.example
}

ask_site_231() {
  mariadb --no-defaults --socket=/run/berth/databases/231/mysqld.sock -us_231 "-p$PASSWORD" -Ne 'select 42'
}

@test "install: a database that was made before sites had a way of their own gets one" {
  sees_its_way() { http site231.example /way.php && [[ $output == yes ]]; }
  wipe_site 231
  make_site 231 php site231.example
  put_page 231 way.php <<<'<?php echo file_exists("/run/mysqld/mysqld.sock") ? "yes" : "no";'
  call database-create "\"site\":231,\"password\":\"$PASSWORD\""
  systemctl stop berth-db@231.socket berth-db@231.service
  rm -r /etc/systemd/system/sockets.target.wants/berth-db@231.socket /run/berth/databases/231
  # One that cannot be opened holds up nothing else.
  : >/run/berth/databases/231
  run "$VERBS/setup" install
  [[ $status -eq 0 && $output == *'site 231 has no way to its database'* ]] || { show; false; }
  rm /run/berth/databases/231
  run "$VERBS/setup" install
  [[ $status -eq 0 && -L /etc/systemd/system/sockets.target.wants/berth-db@231.socket ]]
  [[ $(ask_site_231) == 42 ]]
  http site231.example /way.php
  [[ $output == yes ]]
  # Active all the same, and nobody could reach it; PHP that runs has the folder of before.
  rm -r /run/berth/databases/231
  http site231.example /way.php
  [[ $output == no ]]
  run "$VERBS/setup" install
  [[ $status -eq 0 && $(ask_site_231) == 42 ]]
  soon sees_its_way
  wipe_site 231
}

@test "install: folders that tenants must not see into are closed" {
  [[ $(stat -c '%U:%G %a' /etc/berth/nginx/sites /var/lib/berth/host /var/lib/berth/host/fence /srv/sites /run/berth/php /var/log/berth | tr '\n' ' ') == \
    'root:root 700 root:root 700 root:root 700 root:root 711 root:root 711 root:adm 750 ' ]]
}

@test "install: the distribution's pools are off, and nothing but the web server listens to the world for us" {
  local unit
  for unit in /usr/sbin/php-fpm[0-9].[0-9]; do
    [[ $(systemctl is-enabled "php${unit#*php-fpm}-fpm" 2>/dev/null) == masked ]]
  done
  [[ $(ss -Hltn 'sport = :80' | wc -l) -ge 1 ]]
  [[ $(pgrep -c -u www-data php-fpm) == 0 ]]
}

@test "the sites' web server may open the log files of thousands of sites" {
  local limit most
  limit=$(awk '/Max open files/ {print $4}' "/proc/$(systemctl show -P MainPID nginx)/limits")
  # A lab host may be given less itself, and then this is all there is.
  most=$(awk '/Max open files/ {print $5}' /proc/1/limits)
  ((limit >= 65536 || limit == most))
}

@test "wrong use is refused" {
  run "$VERBS/setup"; [[ $status -eq 2 ]]
  run "$VERBS/setup" install --panel-name 'a b'; [[ $status -eq 2 ]]
  run "$VERBS/setup" install --force; [[ $status -eq 2 ]]
}

@test "remove: gives the web server back, keeps sites and tombstones; install brings everything back" {
  wipe_site 231; make_site 231 php site231.example
  run "$VERBS/setup" remove
  [[ $status -eq 0 ]]
  [[ ! -e /etc/sudoers.d/berth && ! -e /etc/systemd/system/berth-php@.service && ! -e /etc/systemd/system/nginx.service.d/berth.conf ]]
  [[ ! -e /etc/systemd/system/berth-site-.slice.d ]]
  [[ -d /srv/sites/s_231 && -e /var/lib/berth/host/fence/231 ]]
  id s_231
  run "$VERBS/setup" install
  [[ $status -eq 0 ]]
  http site231.example /; [[ $code == 200 ]]
  call php-apply "\"site\":231,\"version\":\"$(php_version)\",$LIMITS,\"maxChildren\":4"
  put_page 231 v.php <<<'<?php echo "back";'
  http site231.example /v.php; [[ $output == back ]]
  wipe_site 231
}
