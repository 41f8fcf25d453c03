load host

@test "install: a second run changes and restarts nothing" {
  local before
  before=$(systemctl show -P MainPID -P ActiveEnterTimestampMonotonic nginx)
  run "$VERBS/setup" install
  [[ $status -eq 0 && -z $output ]] || { show; return 1; }
  [[ $(systemctl show -P MainPID -P ActiveEnterTimestampMonotonic nginx) == "$before" ]]
}

@test "install: brings a changed file back and keeps host.json" {
  echo '# by hand' >>/etc/berth/nginx/pages.conf
  jq -c '.panelNames = ["other.example.com"]' /etc/berth/host.json >"$BATS_TEST_TMPDIR/host.json"
  cat "$BATS_TEST_TMPDIR/host.json" >/etc/berth/host.json
  run "$VERBS/setup" install
  [[ $status -eq 0 && $output == *'wrote /etc/berth/nginx/pages.conf'* ]]
  refute grep -q 'by hand' /etc/berth/nginx/pages.conf
  [[ $(jq -r '.panelNames[0]' /etc/berth/host.json) == other.example.com ]]
  "$VERBS/setup" install --panel-name panel.example.com
  [[ $(jq -r '.panelNames[0]' /etc/berth/host.json) == panel.example.com ]]
}

@test "install: the web server takes its changed files over in turn with the verbs" {
  local held generation=/var/lib/berth/host/nginx/generation before setup
  exec {held}>/var/lib/berth/host/locks/nginx
  flock "$held"
  before=$(<$generation)
  echo '# by hand' >>/etc/berth/nginx/pages.conf
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
  echo '# by hand' >>/etc/berth/nginx/pages.conf
  echo nonsense >/etc/berth/nginx/sites/9906.conf
  run "$VERBS/setup" install
  [[ $status -eq 0 && -e /etc/berth/nginx/quarantine/9906.error && ! -e /etc/berth/nginx/sites/9906.conf ]] || { show; false; }
  rm /etc/berth/nginx/quarantine/9906.*
}

@test "install: lists of names move to the folder of their own, names that look like them stay" {
  local state=/var/lib/berth/host
  echo ' old.example' >$state/names/of-239
  echo 239 >$state/names/of-239.example
  run "$VERBS/setup" install
  [[ $status -eq 0 && ! -e $state/names/of-239 && $(<$state/lists/239) == ' old.example' && $(<$state/names/of-239.example) == 239 ]]
  rm $state/lists/239 $state/names/of-239.example
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
