#!/usr/bin/env bats
# From the release of the commit before to that of this one, on one host whose sites are asked all the while.

readonly TABLE='create table of_a_test (id int primary key);'

setup_file() {
  export HOST=$BERTH_TEST_UPGRADE_HOST
  load releases
  local before
  before=$(release_before)
  OLD=$(version_of "$before")
  export OLD NEW=99.0.1 NEXT=99.0.2
  "$LAB" up "$HOST" --release "$before"
  bring_release
  program "$NEW" V990__of_a_test "$TABLE" | bring "$NEW"
  program "$NEXT" V990__of_a_test "$TABLE" | bring "$NEXT"
  broken_program | bring 99.1.0
  program 99.1.1 V990__of_a_test "$TABLE" V991__fails 'create nonsense;' | bring 99.1.1
  program 99.1.9 | bring 99.1.2
  on berth site create static.example.org --type static
  on berth site create php.example.org --type php --database
  on bash -c 'cat >/srv/sites/s_2/current/public/index.php && rm -f /srv/sites/s_2/current/public/index.html' \
    <<<'<?php echo "process ", getmypid();'
  ask_all_the_while
  schema >"$BATS_FILE_TMPDIR/schema"
}

teardown_file() {
  load releases
  "$LAB" down "$HOST"
}

setup() {
  load releases
}

# Each site, again and again, each answer that is none on a line of its own.
ask_all_the_while() {
  on systemd-run --quiet --unit=visitor bash -c '
    while :; do
      for address in http://static http://php https://static; do
        [[ $(curl -sk -o /dev/null -w "%{http_code}" --max-time 60 --connect-to ::127.0.0.1 "$address.example.org/") == 200 ]] \
          || date "+%T $address" >>/root/unanswered
        echo >>/root/asked
      done
      read -r -t 0.05 <> <(:) || true
    done'
}

every_request_was_answered() {
  run -0 on bash -c 'wc -l </root/asked; cat /root/unanswered 2>/dev/null || true; rm -f /root/unanswered; : >/root/asked'
  ((lines[0] > 20)) && [[ ${#lines[@]} == 1 ]]
  # By the site's own way to its database.
  on mariadb-admin --socket=/run/berth/databases/2/mysqld.sock ping
}

upgrade_to() {
  on bash -c '"/root/berth-$1/install/upgrade.sh" --offline "${@:2}"' _ "$@"
}

# upgrade_broken_off STEP [BY] : as a failure at the step does it, by default that of the program itself.
upgrade_broken_off() {
  on env BERTH_INSTALL_END_AT="$1" ${2:+"BERTH_INSTALL_END_BY=$2"} "/root/berth-${3:-$NEW}/install/upgrade.sh" --offline
}

# packages_of SOURCE… : those that are installed.
packages_of() {
  on dpkg-query -W -f '${source:Package} ${Package} ${db:Status-Abbrev}\n' \
    | awk -v wanted=" $* " 'index(wanted, " " $1 " ") && $3 == "ii" { print $2 }'
}

# older_of PACKAGE… : where an older version of each can be had, if Debian has one.
older_of() {
  on bash -c '
    for package; do
      older=$(apt-cache madison "$package" | cut -d "|" -f 2 | tr -d " " | sort -Vu | head -n 1)
      [[ $older == "$(dpkg-query -W -f "\${Version}" "$package")" ]] || apt-get -qq --print-uris download "$package=$older"
    done' _ "$@"
}

# renumbered PACKAGE… : of each the archive that it was installed from, under a lower number. That is the same program, but
# to apt and to the scripts of the packages it is an older one, which they upgrade.
renumbered() {
  on bash -ec '
    mkdir -p /tmp/older
    for package; do
      version=$(dpkg-query -W -f "\${Version}" "$package")
      dpkg-deb --raw-extract "/var/cache/apt/archives/${package}_${version/:/%3a}_"*.deb "/tmp/$package"
      sed -i "s/${version//./\\.}/$version~older/g" "/tmp/$package/DEBIAN/control"
      dpkg-deb -Znone --build "/tmp/$package" "/tmp/older/$package.deb"
      rm -r "/tmp/$package"
    done' _ "$@"
}

# older_first SOURCE… : of their packages an older version takes the place of the newest, so that the next upgrade is one.
# Those that Debian has in one version only (as of MariaDB, where security has none) get a lower number instead, which the
# test's output says.
older_first() {
  local source older uri file hash
  mkdir "$BATS_TEST_TMPDIR/older"
  for source; do
    older=$(older_of $(packages_of "$source"))
    if [[ -z $older ]]; then
      printf '# Debian has one version of %s: the same program stands for an older one, under a lower number\n' "$source" >&3
      renumbered $(packages_of "$source")
    fi
    while read -r uri file _ hash; do
      [[ -z $uri ]] || /usr/lib/apt/apt-helper download-file "${uri//\'/}" "$BATS_TEST_TMPDIR/older/$file" "$hash" ||
        skip "the mirror no longer has $file, which the lists of the lab name: remove its trees (${BERTH_LAB_DIR:-/var/cache/berth-lab}), and they are built anew"
    done <<<"$older"
  done
  tar -C "$BATS_TEST_TMPDIR" -cf - older | on tar -xf - -C /tmp
  on bash -c 'DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends --allow-downgrades /tmp/older/*.deb'
  settled
}

# renewed SOURCE… : apt has brought their packages to the newest version, each that was made older to a newer one.
renewed() {
  on env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-download $(packages_of "$@")
  on bash -ec 'for older in /tmp/older/*.deb; do
      dpkg --compare-versions "$(dpkg-query -W -f "\${Version}" "$(dpkg-deb --field "$older" Package)")" gt "$(dpkg-deb --field "$older" Version)"
    done; rm -r /tmp/older'
}

# Nothing is to be restarted any more.
settled() {
  on timeout 120 bash -c 'while [[ $(systemctl is-active berth-renew) == activating ]]; do read -r -t 0.2 <> <(:) || true; done'
}

schema() {
  on bash -c 'mariadb-dump --socket=/run/berth/db/berth.sock --no-data --skip-comments berth | sed "s/ AUTO_INCREMENT=[0-9]*//"
    mariadb --socket=/run/berth/db/berth.sock berth -e "SELECT version, success FROM flyway_schema_history"'
}

runs() {
  run -0 on berth status --json
  [[ $(jq -r .version <<<"$output") == "$1" ]]
}

# As somebody outside sees it.
panel_says() {
  on curl -sk -o /dev/null -w '%{http_code}' https://127.0.0.1:8443/login
}

all_is_as_before() {
  runs "$OLD"
  [[ $(panel_says) == 200 ]]
  diff "$BATS_FILE_TMPDIR/schema" <(schema)
  run -0 on bash -c 'ls /usr/lib/berth/releases; ls /var/lib/berth/server
    ls /run/berth/{drain,upgrading} /var/lib/berth/install/{unfinished,finished,restart,wayback} /etc/systemd/system/{berth-recover*,berth.service.d} 2>/dev/null || true'
  [[ $output == "$OLD"$'\n'"$OLD" ]]
  run -0 on systemctl is-active berth berth-front nginx mariadb@berth berth-idle.timer
  every_request_was_answered
}

@test "a dry run says what would be done and does nothing" {
  run -0 upgrade_to "$NEW" --dry-run
  [[ $output == *"$OLD would be upgraded to $NEW"* && $output == *"link /usr/lib/berth/current to releases/$NEW"* ]]
  all_is_as_before
}

@test "what is no release, an older one and another build of the same are refused, and a wrong option is" {
  on bash -c 'cd /root && mkdir berth-1 && touch berth-1/readme && tar -czf foreign.tar.gz berth-1 && head -c 5000 berth-*/berth.war >cut.tar.gz
    cp -al "berth-$1" berth-0.0.1 && cp -al "berth-$1" "berth-$2.x" && mv -T "berth-$2.x" "same/berth-$2" 2>/dev/null || { mkdir same && mv "berth-$2.x" "same/berth-$2"; }
    touch "same/berth-$2/other"' _ "$NEW" "$OLD"
  run -2 upgrade_to "$NEW" --release /root/foreign.tar.gz
  run -2 upgrade_to "$NEW" --release /root/cut.tar.gz
  run -2 upgrade_to "$NEW" --sideways
  run -3 upgrade_to 0.0.1
  [[ $output == *"this is the older 0.0.1"* ]]
  run -3 on "/root/same/berth-$OLD/install/upgrade.sh"
  [[ $output == *'another build of it'* ]]
  run -4 on flock /run/berth-install.lock "/root/berth-$NEW/install/upgrade.sh"
  all_is_as_before
}

@test "a job that does not end in time is named, and nothing was changed" {
  on systemd-run --collect --quiet --unit=lock flock /var/lib/berth/host/locks/site-1 sleep infinity
  on systemd-run --quiet --unit=suspension berth site suspend static.example.org --reason test
  on timeout 180 bash -c 'until berth job list --json | grep -q RUNNING; do :; done'
  run -4 upgrade_to "$NEW" --wait 2
  on systemctl stop lock
  [[ $output == *'site-suspend of static.example.org'* ]]
  on timeout 180 bash -c 'while berth job list --json | grep -q RUNNING; do :; done'
  on berth site resume static.example.org
  on bash -c 'rm -f /root/unanswered'
  all_is_as_before
}

@test "a program that does not start: it goes back by itself" {
  run -5 upgrade_to 99.1.0
  [[ $output == *'everything this run did was undone'* ]]
  all_is_as_before
}

@test "a migration that fails: it goes back by itself, the schema too" {
  run -5 upgrade_to 99.1.1
  all_is_as_before
}

@test "an application that works but is not the release's: it goes back by itself" {
  run -5 upgrade_to 99.1.2
  [[ $output == *'everything this run did was undone'* ]]
  all_is_as_before
}

@test "killed between its migration and its verification, it goes back by itself, the schema too, whatever its folder is called" {
  local upgrade code=0 folder='/root/100% of $HOME, "new"\n; it'"'s"
  on bash -c 'mkdir "$1" && cp -al "/root/berth-$2" "$1"' _ "$folder" "$NEW"
  on "$folder/berth-$NEW/install/upgrade.sh" --offline >"$BATS_TEST_TMPDIR/said" 3>&- &
  upgrade=$!
  on timeout 240 bash -c 'until [[ $(mariadb --socket=/run/berth/db/berth.sock berth -Ne "SELECT success FROM flyway_schema_history WHERE version = \"990\"") == 1 ]]
    do read -r -t 0.1 <> <(:) || true; done'
  on systemctl kill --kill-whom=main --signal=KILL berth-upgrade
  wait "$upgrade" || code=$?
  cat "$BATS_TEST_TMPDIR/said"
  [[ $code == 5 ]]
  [[ $(<"$BATS_TEST_TMPDIR/said") == *"going back"*"Berth $OLD is back"* ]]
  all_is_as_before
}

@test "after a power failure between two releases, with a dump that cannot be read, the panel stays off and says what to do" {
  on bash -c 'cat >/root/power-fails' <<'EOT'
dump=$(ls -t /var/lib/berth/dumps/*.gz | head -n 1)
echo "$dump" >/root/dump
mv "$dump" /root/whole.gz
zcat /root/whole.gz | head -c 20000 | gzip >"$dump"
systemctl poweroff --force --force
EOT
  run upgrade_broken_off sites 'bash /root/power-fails'
  "$LAB" restart "$HOST"
  ask_all_the_while
  on rm -f /root/unanswered
  run on timeout 240 systemctl is-system-running --wait
  [[ $output == degraded ]]
  run on systemctl is-active berth berth-recover
  [[ $output == $'inactive\nfailed' ]]
  run -0 on journalctl --boot --no-pager --unit=berth-recover
  [[ $output == *'wayback/install/upgrade.sh --recover'* ]]
  # Not by hand either, and the schema is that of before.
  run on systemctl start berth
  run on systemctl is-active berth
  [[ $output == inactive ]]
  run -0 on journalctl --boot --no-pager --unit=berth
  [[ $output == *'wayback/install/upgrade.sh --recover'* ]]
  diff "$BATS_FILE_TMPDIR/schema" <(schema)
}

@test "once the dump can be read, the host has the release of before again" {
  on bash -c 'mv /root/whole.gz "$(</root/dump)"'
  run -0 on bash /var/lib/berth/install/wayback/install/upgrade.sh --recover
  on timeout 240 bash -c 'until [[ $(systemctl is-active berth) == active ]]; do read -r -t 0.2 <> <(:) || true; done'
  on bash -c 'until (($(wc -l </root/asked) > 40)); do read -r -t 0.2 <> <(:) || true; done'
  all_is_as_before
}

@test "the upgrade ends with the new release, its schema and its units, and no visitor notices" {
  # What nobody brought to an end, because even its unit was gone, the next run does.
  run -137 on env BERTH_UPGRADE_UNIT=yes BERTH_INSTALL_END_AT=release "/root/berth-$NEXT/install/upgrade.sh" --offline
  run -0 upgrade_to "$NEW"
  [[ $output == *'settling it first'* && $output == *"Berth $OLD is back"* ]]
  [[ $output == *"Berth $NEW runs now."* ]]
  runs "$NEW"
  run -0 schema
  [[ $output == *of_a_test* ]]
  run -0 on bash -c 'systemctl list-units --failed --plain --no-legend "berth*" "nginx*" "mariadb*" "redis*"; ls /usr/lib/berth/releases; cmp /etc/systemd/system/berth-renew.service /usr/lib/berth/current/host-scripts/units/berth-renew.service'
  [[ $output == "$OLD"$'\n'"$NEW" ]]
  every_request_was_answered
}

@test "once more there is nothing to do, and the installer finds all as it should be" {
  run -0 upgrade_to "$NEW"
  [[ $output == *'is installed already'* ]]
  run -0 on "/root/berth-$NEW/install/install.sh" --offline
  [[ $output != *'] '*' ok ('* ]]
}

@test "while the panel is drained no job begins, everybody is told, and then it goes on" {
  on touch /run/berth/drain
  run -4 on berth site suspend static.example.org --reason test
  [[ $output == *'is being upgraded'* ]]
  # Health is looked at every few seconds only.
  on timeout 180 bash -c 'until berth status --json | jq -e ".health.state == \"DEGRADED\""; do read -r -t 0.2 <> <(:) || true; done'
  on rm /run/berth/drain
  run -0 on berth site suspend php.example.org --reason test
  run -0 on berth site resume php.example.org
  on bash -c 'rm -f /root/unanswered'
}

@test "until the new release was judged nobody gets in, and root only looks; killed then, it is brought to its end, and the last five releases and dumps are kept" {
  on bash -c 'for old in 0.0.{1..6}; do
      mkdir -p "/usr/lib/berth/releases/$old" "/var/lib/berth/server/$old"
      touch -d 2020-01-01 "/usr/lib/berth/releases/$old" "/var/lib/berth/dumps/20200101T000000Z-$old.sql.gz"
    done'
  # With these at its end, which also ends it.
  on bash -c 'cat >/root/look' <<'EOT'
api=(curl -s -w ' %{http_code}\n' --unix-socket /run/berth/front/cli.sock)
{
  for address in login api/v1/status preview/0123456789abcdef/; do
    curl -sk -o /dev/null -w '%{http_code}\n' "https://127.0.0.1:8443/$address"
  done
  "${api[@]}" -o /dev/null -X POST -H 'Content-Type: application/json' -d '{}' http://localhost/api/v1/users
  "${api[@]}" http://localhost/api/v1/status
} >/root/looked
kill -KILL "$PPID"
EOT
  run -0 upgrade_broken_off finished 'bash /root/look' "$NEXT"
  runs "$NEXT"
  [[ $(panel_says) == 200 ]]
  run -0 on cat /root/looked
  [[ ${lines[*]:0:4} == '503 503 503  503' && ${lines[4]} == *"\"$NEXT\""*' 200' ]]
  run -0 on bash -c 'ls /usr/lib/berth/releases | wc -l; ls /var/lib/berth/dumps | wc -l; readlink /usr/lib/berth/current
    ls /run/berth/{drain,upgrading} /var/lib/berth/install/{unfinished,finished,wayback} /etc/systemd/system/{berth-recover*,berth.service.d} 2>/dev/null || true'
  [[ $output == $'5\n5\nreleases/'"$NEXT" ]]
  every_request_was_answered
}

@test "an upgrade of PHP underneath: its own pools stay off, each site's instance is restarted, and no visitor notices" {
  local before php
  php=$(on bash -c 'dpkg-query -S "$(readlink -f /etc/berth/php/2/php-fpm)" | cut -d: -f1')
  older_first "${php%-fpm}"
  before=$(on curl -s -H 'Host: php.example.org' http://127.0.0.1/)
  renewed "${php%-fpm}"
  on timeout 180 bash -c 'until answer=$(curl -s -H "Host: php.example.org" http://127.0.0.1/) && [[ $answer == process* && $answer != "$1" ]]; do read -r -t 0.2 <> <(:) || true; done' _ "$before"
  run -0 on bash -c 'systemctl list-unit-files --no-legend "php*-fpm.service" | tr -s " " | cut -d" " -f2 | sort -u'
  [[ $output == masked ]]
  every_request_was_answered
}

@test "an upgrade of the database underneath: both instances are brought to it with their data, and only pages that ask it notice" {
  on mariadb s_2 -e 'CREATE TABLE kept (word VARCHAR(20)); INSERT INTO kept VALUES ("as before")'
  older_first mariadb
  # As the older program leaves them, whose tables of its own may be others.
  on bash -c 'for data in /var/lib/mysql /var/lib/berth/mysql; do printf 10.6.1-MariaDB >"$data/mariadb_upgrade_info"; done'
  renewed mariadb
  settled
  on timeout 180 bash -c 'version=$(mariadb -Ne "SELECT SUBSTRING_INDEX(VERSION(), \"-\", 1)")
    until grep -q "^$version-" /var/lib/mysql/mariadb_upgrade_info; do read -r -t 0.2 <> <(:) || true; done
    grep -q "^$version-" /var/lib/berth/mysql/mariadb_upgrade_info'
  run ! on bash -c 'grep "r-xp.* /usr/.*(deleted)" "/proc/$(systemctl show --property=MainPID --value mariadb@berth)/maps"'
  run -0 on mariadb s_2 -Ne 'SELECT word FROM kept'
  [[ $output == 'as before' ]]
  runs "$NEXT"
  run -0 on berth site list --json
  [[ $(jq -r '[.items[].name] | sort | join(" ")' <<<"$output") == 'php.example.org static.example.org' ]]
  every_request_was_answered
}

@test "an upgrade of the web server underneath: the sites' configuration stays, and they answer again by themselves" {
  older_first nginx
  renewed nginx
  on timeout 180 bash -c 'for site in static php; do until [[ $(curl -s -o /dev/null -w "%{http_code}" -H "Host: $site.example.org" http://127.0.0.1/) == 200 ]]; do :; done; done'
  run -0 on bash -c 'tr "\0" " " <"/proc/$(systemctl show --property=MainPID --value nginx)/cmdline"'
  [[ $output == *'/etc/berth/nginx/nginx.conf'* ]]
  # Nothing of Berth's runs from a file that is gone.
  settled
  run ! on bash -c 'grep "r-xp.* /usr/.*(deleted)" "/proc/$(systemctl show --property=MainPID --value berth-front)/maps"'
  runs "$NEXT"
}

@test "uninstalling with several releases keeps the sites" {
  on bash -c 'rm -f /root/unanswered; : >/root/asked'
  on /usr/lib/berth/current/install/uninstall.sh --yes
  on bash -c 'until (($(wc -l </root/asked) > 40)); do read -r -t 0.2 <> <(:) || true; done'
  every_request_was_answered
}
