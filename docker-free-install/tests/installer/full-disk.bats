#!/usr/bin/env bats
# A host with one file system, as most have, and not a byte or not a file left on it: for sites, both databases, settings,
# state and logs. What a tenant takes, root takes the rest of.

setup_file() {
  export HOST=$BERTH_TEST_FULL_HOST
  load hosts
  "$LAB" up "$HOST" --php82 --disk 1536
  # life.bats holds its own against them.
  secrets >"$BATS_SUITE_TMPDIR/secrets"
  on berth site create static.example.org --type static
  on berth site create php.example.org --type php --database
  on bash -c 'cat >/srv/sites/s_2/current/public/index.php && rm -f /srv/sites/s_2/current/public/index.html' \
    <<<'<?php echo "process ", getmypid();'
}

teardown_file() {
  load hosts
  "$LAB" down "$HOST"
}

setup() {
  load hosts
}

sites_answer() {
  local ip round site
  ip=$("$LAB" ip "$HOST")
  for round in 1 2 3 4 5 6 7 8 9 10; do
    for site in http://static http://php https://static https://php; do
      run -0 curl --silent --insecure --output /dev/null --write-out '%{http_code}' --max-time 3 --connect-to "::$ip" "$site.example.org/"
      [[ $output == 200 ]]
    done
    run -0 curl --silent --insecure --output /dev/null --write-out '%{http_code}' --max-time 5 "https://$ip:8443/login"
    [[ $output == 200 ]]
  done
  on mariadb-admin --socket=/run/berth/databases/2/mysqld.sock ping
}

as_tenant() {
  on setpriv --reuid=s_2 --regid=s_2 --clear-groups bash -c "$1"
}

@test "sites answer, changes are refused with the disk's name, and once there is room all goes on" {
  local n long
  run ! as_tenant 'cat /dev/zero >/srv/sites/s_2/shared/ballast'
  # The file system gives some room back when it is full for the first time.
  for n in 1 2 3; do
    run ! on bash -c 'cat /dev/zero >>/ballast'
  done
  run -0 on stat --file-system --format=%a /
  [[ $output == 0 ]]
  sites_answer
  # The third job of this host.
  run ! on berth site create none.example.org --type php --database
  [[ $output == *'The disk of /var/lib/berth/host is full.'*'Make room there'* ]]
  # Jobs are written into the room that the panel's own database has, until that is full as well.
  printf -v long 'x%.0s' {1..400}
  for ((n = 0; n < 300; n++)); do
    run ! on berth site suspend static.example.org --reason "$long"
    [[ $output != *'The panel has no room left to write this down.'* ]] || break
    [[ $output == *'The disk of /var/lib/berth/host is full.'* ]]
  done
  ((n < 300))
  [[ $output == *'in /var/lib/berth, is full. Nothing was changed.'*'Make room on that disk'* ]]
  sites_answer
  run -0 on stat --file-system --format=%a /
  [[ $output == 0 ]]

  on rm /ballast /srv/sites/s_2/shared/ballast
  on berth site create room.example.org --type php --database
  on berth site suspend static.example.org --reason room
  on berth site resume static.example.org
  # What could not be taken back: the clock tries it again after ten minutes, and whoever does not want to wait at once.
  run on berth job retry 3
  [[ $output == *undone* ]]
  run -0 on berth doctor
  run -0 on mariadb --socket=/run/berth/db/berth.sock --skip-column-names \
    -e "SELECT COUNT(*) FROM berth.job WHERE active_site_id IS NOT NULL OR state NOT IN ('SUCCEEDED', 'FAILED', 'UNDONE')"
  [[ $output == 0 ]]
  sites_answer
}

@test "when a tenant has made all files that there can be, sites answer, changes are refused, and then all goes on" {
  run ! as_tenant 'mkdir /srv/sites/s_2/shared/files && cd /srv/sites/s_2/shared/files && seq 1000000 | xargs touch'
  run -0 on stat --file-system --format=%d /
  [[ $output == 0 ]]
  sites_answer
  run ! on berth site create nowhere.example.org --type static
  [[ $output == *' is full'* ]]
  sites_answer
  on rm -r /srv/sites/s_2/shared/files
  on berth site create again.example.org --type static
}
