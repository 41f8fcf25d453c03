load host
teardown() { wipe_site 191; }

@test "site-inspect: nothing is there" {
  wipe_site 191
  verb site-inspect '"site":191'
  done_well false
  [[ $(said '.result') == '{"user":{"exists":false,"uid":70191},"home":null,"diskBytes":null,"php":null,"vhost":{"present":false,"quarantined":false,"error":""},"flags":[],"database":{"exists":false,"bytes":0}}' ]] || { show; false; }
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

@test "site-inspect: counts what the tenant wrote, follows no link of theirs" {
  local before
  make_site 191 static site191.example
  raw site-inspect '{"site":191}'
  before=$(said .result.diskBytes)
  head -c 3000000 /dev/zero | put_page 191 big
  setpriv --reuid=70191 --regid=70191 --clear-groups ln -s /usr /srv/sites/s_191/shared/usr
  raw site-inspect '{"site":191}'
  (($(said .result.diskBytes) - before >= 3000000 && $(said .result.diskBytes) - before < 3100000)) || { show; false; }
}

@test "host-inspect: tells versions, room and services" {
  raw host-inspect '{}'
  done_well false
  [[ $(said ".result.phpVersions | index(\"$(php_version)\") != null") == true ]]
  [[ $(said '.result | .memoryMiB > 100 and .memoryAvailableMiB > 10 and .disks[0].path == "/srv/sites" and .disks[0].mib > .disks[0].freeMib and .uptimeSeconds > 0 and .load1 >= 0') == true ]]
  [[ $(said '.result.services[] | select(.name == "nginx") | "\(.state) \(.sub) \(.sinceEpoch > 1600000000) \(.restarts)"') == 'active running true '* ]]
  [[ $(said '.result.addresses.ipv4 | length') -ge 1 ]]
}
