load host
N=231
setup() { wipe_site $N; }
teardown() {
  userdel s_$N 2>/dev/null; groupdel s_$N 2>/dev/null; userdel stranger 2>/dev/null
  wipe_site $N
  rm -f /var/lib/berth/host/names/lost.example
}

# Everything that the inventory says of the number, sorted.
has() {
  raw host-inventory '{}'
  done_well false
  said "[.result.sites[] | select(.numbers | index($N)) | .has[]] | sort | join(\" \")"
}

@test "inventory: nothing is known of a number that nobody has" {
  [[ $(has) == '' ]]
}

@test "inventory: tells everything that a site has, its limits and its names, and writes nothing" {
  local before
  make_site $N php site231.example
  call database-create "\"site\":$N,\"password\":\"$PASSWORD\""
  before=$(find /etc/berth /var/lib/berth /srv/sites -newermt @0 -printf '%p %T@\n' | sort)
  [[ $(has) == "CPUQuota=100% IOWeight=100 MemoryMax=268435456 TasksMax=64 certificate certificate-folder current database database-folder database-listening database-socket database-user group home listening \
logs names own-logs php-copy php$(php_version) socket user vhost" ]] || { has; false; }
  raw host-inventory '{}'
  [[ $(said ".result | .databases, .served[\"$N\"], .claimed[\"$N\"]" | xargs) == 'true site231.example site231.example' ]]
  [[ $(find /etc/berth /var/lib/berth /srv/sites -newermt @0 -printf '%p %T@\n' | sort) == "$before" ]]
}

@test "inventory: tells what runs, what is shut, whose lock is held, and what was left half done" {
  make_site $N php site231.example
  printf '<?php echo 1;' | put_page $N a.php
  http site231.example /a.php
  : >/var/lib/berth/flags/$N.suspended
  mkdir /srv/sites/.removing-$N /etc/berth/php/$N.new
  : >/var/lib/berth/host/nginx/pending/$N
  : >/var/lib/berth/host/nginx/candidate-$N.conf
  : >/etc/berth/nginx/quarantine/$N.error
  mv /var/lib/berth/tls/$N/own-1.pem{,.new}
  exec {held}>/var/lib/berth/host/locks/site-$N
  flock "$held"
  [[ $(has) == *' candidate certificate-folder '*' locked '*' pending php-copy php-new php'*' quarantined removing running socket suspended '* ]] || { has; false; }
  exec {held}>&-
  [[ $(has) != *locked* ]]
}

@test "inventory: tells a server and a pool that were changed by hand, and a certificate that was cut off" {
  make_site $N php site231.example
  [[ $(has) == *' certificate certificate-folder '* && $(has) != *vhost-changed* ]]
  echo '# By hand.' >>/etc/berth/nginx/sites/$N.conf
  echo '; By hand.' >>/etc/berth/php/$N/pool.conf
  cp /var/lib/berth/tls/$N/own-1.pem /var/lib/berth/tls/$N/7.pem
  sed -i 's/certificate own-1"/certificate 7"/' /etc/berth/nginx/sites/$N.conf
  [[ $(has) == *' Certificate=7 '*' certificate '* ]] || { has; false; }
  truncate -s 300 /var/lib/berth/tls/$N/7.pem
  [[ $(has) == *' certificate-folder '*' php-changed php-copy '*' vhost vhost-changed' && $(has) == *' Certificate=7 '* && $(has) != *' certificate '* ]] || { has; false; }
}

@test "inventory: tells a user of another from the site's own, by name and by number" {
  useradd --uid 4242 s_$N
  [[ $(has) == 'foreign-group foreign-user' ]]
  userdel s_$N
  useradd --uid $((70000 + N)) stranger
  [[ $(has) == foreign-user ]]
}

@test "inventory: tells a fence that no verb can read" {
  make_site $N static site231.example
  [[ $(has) != *fence* ]]
  : >/var/lib/berth/host/fence/$N
  [[ $(has) == *' fence-damaged '* ]]
  echo '1 0 used 1' >/var/lib/berth/host/fence/$N
  [[ $(has) != *fence* ]]
}

@test "inventory: names that are kept for nobody's file are told apart from those that are served" {
  make_site $N static site231.example
  echo $N >/var/lib/berth/host/names/lost.example
  raw host-inventory '{}'
  [[ $(said ".result | .served[\"$N\"], .claimed[\"$N\"]" | xargs) == 'site231.example lost.example site231.example' ]]
}

@test "inventory: without the database server the rest is told all the same" {
  make_site $N static site231.example
  systemctl stop mariadb
  raw host-inventory '{}'
  systemctl start mariadb
  done_well false
  [[ $(said ".result | .databases, (.sites[] | select(.numbers | index($N)) | .has | index(\"vhost\") != null)" | xargs) == 'false true' ]]
}
