load host
teardown() { wipe_site 191; }

@test "site-inspect: nothing is there" {
  wipe_site 191
  verb site-inspect '"site":191'
  done_well false
  [[ $(said '.result') == '{"user":{"exists":false,"uid":70191},"home":null,"php":null,"vhost":{"present":false,"quarantined":false,"error":""},"flags":[],"database":{"exists":false,"bytes":0}}' ]] || { show; false; }
}

@test "site-inspect: everything is there; no call is needed and nothing is written" {
  make_site 191 php site191.example
  call database-create "\"site\":191,\"password\":\"$PASSWORD\""
  mariadb -e 'create table s_191.t (a int); insert into s_191.t values (1)'
  touch /var/lib/berth/flags/191.suspended
  raw site-inspect '{"site":191}'
  done_well false
  [[ $(said '.result | [.user.exists, .home, .php.version, .php.socket, .php.service, .vhost.present, .flags[0], .database.exists, (.database.bytes > 0)] | join(" ")') == \
    "true /srv/sites/s_191 $(php_version) active inactive true suspended true true" ]] || { show; false; }
}

# use KEY: what site-use counts for site 191.
use() {
  raw site-use '{"site":191}'
  done_well false
  said ".result.$1"
}

@test "site-use: counts what the tenant has, hidden or not, a file with two names once, and follows no link of theirs" {
  local bytes files
  local -a as_tenant=(setpriv --reuid=70191 --regid=70191 --clear-groups)
  make_site 191 static site191.example
  bytes=$(use bytes) files=$(use files)
  head -c 3000000 /dev/zero | put_page 191 big
  cd /srv/sites/s_191/shared
  "${as_tenant[@]}" ln -s /usr usr
  "${as_tenant[@]}" ln ../current/public/big again
  "${as_tenant[@]}" mkdir hidden
  "${as_tenant[@]}" touch hidden/{1..10}
  "${as_tenant[@]}" chmod 0 hidden
  cd /
  [[ $(use files) == $((files + 13)) ]] || { show; use files; false; }
  (($(use bytes) - bytes >= 3000000 && $(use bytes) - bytes < 3100000)) || { show; false; }
  [[ $(use complete) == true ]]
}

@test "site-use: a tenant that ends every process of its user does not cut the count short" {
  local round
  make_site 191 static site191.example
  setpriv --reuid=70191 --regid=70191 --clear-groups bash -c 'cd /srv/sites/s_191/shared && mkdir -p a/{1..40} && for i in {1..40}; do touch a/$i/{1..100}; done'
  local files
  files=$(use files)
  ((files > 4000))
  setsid setpriv --reuid=70191 --regid=70191 --clear-groups --no-new-privs bash -c 'while :; do kill -TERM -1; done' >/dev/null 2>&1 3>&- &
  hostile=$!
  for round in 1 2 3 4 5; do
    [[ $(use files) == "$files" && $(use complete) == true ]] || { show; stop_hostile 191; false; }
  done
  stop_hostile 191
}

@test "site-use: files that go while they are looked at make the count incomplete" {
  local all deadline incomplete=0
  make_site 191 static site191.example
  setpriv --reuid=70191 --regid=70191 --clear-groups bash -c 'cd /srv/sites/s_191/shared && mkdir -p a/{1..30} b && for i in {1..30}; do touch a/$i/{1..50}; done'
  all=$(use files)
  setsid setpriv --reuid=70191 --regid=70191 --clear-groups --no-new-privs bash -c \
    'cd /srv/sites/s_191/shared && while :; do mv a/* b; mv b/* a; done' >/dev/null 2>&1 3>&- &
  hostile=$!
  deadline=$(($(seconds) + 120))
  while ((incomplete < 3 && $(seconds) < deadline)); do
    [[ $(use complete) != false ]] || incomplete=$((incomplete + 1))
  done
  stop_hostile 191
  ((incomplete == 3))
  # And once they rest, it is all of them again.
  [[ $(use files) == "$all" && $(use complete) == true ]] || { show; false; }
}

@test "site-use: a site that is not there has nothing" {
  wipe_site 191
  [[ $(use bytes) == 0 && $(use files) == 0 ]]
}

@test "without quotas of the kernel the verbs say so, and why" {
  verb site-user-create "\"site\":191,$ROOM"
  done_well true
  [[ $(said .result.enforced) == false ]]
  raw disk-use '{}'
  [[ $(said .result) == '{"enforced":false,"sites":[]}' ]]
  raw host-inspect '{}'
  [[ $(said .result.quota) == '{"fileSystem":"overlay","enforced":false,"why":"file-system"}' ]] || { show; false; }
  raw host-inventory '{}'
  [[ $(said .result.quota) == false ]]
  run "$VERBS/libexec/quota-on" --count
  [[ $status == 3 && $output == *'Only ext4 and XFS'* ]]
  systemctl start berth-quota.service
  systemctl stop berth-quota.service
}

@test "host-inspect: tells versions, room and services" {
  raw host-inspect '{}'
  done_well false
  [[ $(said ".result.phpVersions | index(\"$(php_version)\") != null") == true ]]
  [[ $(said '.result | .memoryMiB > 100 and .memoryAvailableMiB > 10 and .disks[0].path == "/srv/sites" and .disks[0].mib > .disks[0].freeMib and .uptimeSeconds > 0 and .load1 >= 0') == true ]]
  [[ $(said '.result.services[] | select(.name == "nginx") | "\(.state) \(.sub) \(.sinceEpoch > 1600000000) \(.restarts)"') == 'active running true '* ]]
  [[ $(said '.result.addresses.ipv4 | length') -ge 1 ]]
}

@test "host-inspect: tells of files that nginx refused, whatever their names are" {
  local quarantine=/etc/berth/nginx/quarantine name
  for name in 9901 007 custom 'a"b' 1234567890; do printf 'no_such_word\n' >"$quarantine/$name.error"; done
  raw host-inspect '{}'
  rm -f "$quarantine"/{9901,007,custom,'a"b',1234567890}.error
  done_well false
  [[ $(said '.result.quarantined | map(select(.site == 9901)) | length') == 1 ]]
  [[ $(said '.result.refused | sort | join(" ")') == '007.conf 1234567890.conf a"b.conf custom.conf' ]] || { show; false; }
}
