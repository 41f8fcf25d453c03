load host
N=231
odd=()
setup() { wipe_site $N; }
teardown() {
  systemctl stop "berth-tenant-$N.service" berth-verb-7-inventory.service "berth-db@$N.service" 2>/dev/null
  pkill -KILL --uid $((70000 + N))
  userdel s_$N 2>/dev/null; groupdel s_$N 2>/dev/null; userdel stranger 2>/dev/null
  wipe_site $N
  rm -f /var/lib/berth/host/names/lost.example
  ((${#odd[@]} == 0)) || rmdir "${odd[@]/#//srv/sites/}"
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

@test "inventory: tells units and processes of a number whose site is gone, wherever they run" {
  make_site $N php site231.example
  call database-create "\"site\":$N,\"password\":\"$PASSWORD\""
  knock
  [[ $(has) == *' database-running '* && $(has) != *' processes '* ]] || { has; false; }
  wipe_site $N
  [[ $(has) == '' ]]
  systemd-run --quiet --unit=berth-tenant-$N --slice=berth-site-$N.slice sleep 600
  [[ $(has) == tenant-running ]]
  systemctl stop berth-tenant-$N
  systemd-run --quiet --unit=berth-verb-7-inventory --description="site-files-remove of site $N" sleep 600
  [[ $(has) == verb-running ]]
  systemctl stop berth-verb-7-inventory
  systemctl start berth-db@$N.socket
  knock
  systemctl stop berth-db@$N.socket
  rm -r /run/berth/databases/$N
  [[ $(has) == database-running ]]
  verb database-remove "\"site\":$N"; done_well true
  verb database-remove "\"site\":$N"; done_well false
  [[ $(has) == '' ]]
  setpriv --reuid=$((70000 + N)) --regid=$((70000 + N)) --clear-groups sleep 600 3>&- &
  soon has_processes
}
# MariaDB refuses root, whom only root's own socket lets in, but was asked.
knock() { refute mariadb --socket=/run/berth/databases/$N/mysqld.sock -e 'select 1'; }
has_processes() { [[ $(has) == processes ]]; }

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

# differs HARM WORD: by hand, on a site that is whole; afterwards the harm is undone by the verb that made the part.
differs() {
  [[ $(has) != *"$2"* ]] || { has; false; }
  bash -euc "${1//N/$N}"
  [[ " $(has) " == *" $2 "* ]] || { printf 'not seen: %s\n' "$1"; has; false; }
}

mended() { # VERB KEYS WORD
  verb "$1" "\"site\":$N,$2"
  done_well true
  [[ $(has) != *"$3"* ]] || { has; false; }
  verb "$1" "\"site\":$N,$2"
  done_well false
}

@test "inventory: tells a user that may log in or do more than its own, and the verb takes it away" {
  make_site $N php site231.example
  local harm
  for harm in 'usermod --shell /bin/bash s_N' 'usermod --home /tmp s_N' "usermod --password '\$6\$x' s_N" 'gpasswd --add s_N adm' 'usermod --password "" s_N'; do
    differs "$harm" user-changed
    mended site-user-create "$ROOM" user-changed
  done
  differs 'gpasswd --add nobody s_N' group-changed
  mended site-user-create "$ROOM" group-changed
  [[ $(getent passwd s_$N) == "s_$N:x:$((70000 + N)):$((70000 + N)):Berth site $N:/srv/sites/s_$N:/usr/sbin/nologin" ]]
  [[ $(getent shadow s_$N | cut -d: -f2) == '!' ]]
  # Another primary group is another's right, which no verb takes over.
  sed -i "s/^s_$N:x:$((70000 + N)):$((70000 + N))/s_$N:x:$((70000 + N)):33/" /etc/passwd
  [[ $(has) == *foreign-user* && $(has) != *' user'* ]] || { has; false; }
  verb site-user-create "\"site\":$N,$ROOM"
  refused 4 foreign-user
  sed -i "s/^s_$N:x:$((70000 + N)):33/s_$N:x:$((70000 + N)):$((70000 + N))/" /etc/passwd
}

@test "inventory: tells folders whose owner, mode or way for the web server differ, and the verb lays them out again" {
  make_site $N php site231.example
  printf '<?php echo 1;' | put_page $N a.php
  local harm keys='"name":"site231.example","shown":"site231.example"'
  for harm in 'chown daemon /srv/sites/s_N' 'chmod 777 /srv/sites/s_N' 'setfacl -b /srv/sites/s_N' \
    'setfacl -b /srv/sites/s_N/releases' 'setfacl -m g::rwx /srv/sites/s_N' 'setfacl -m u:daemon:--x /srv/sites/s_N' 'chown -R daemon: /srv/sites/s_N/logs' 'chown root: /srv/sites/s_N/logs/php.log' \
    'chown daemon: /srv/sites/s_N/shared /srv/sites/s_N/tmp' 'chmod 755 /srv/sites/s_N/releases' 'chmod g+s,o+t /srv/sites/s_N/releases' \
    'setfacl -d -m u:70001:rwx /srv/sites/s_N' 'setfacl -d -m u:70001:rwx /srv/sites/s_N/releases' 'setfacl -d -m u:70001:rwx /srv/sites/s_N/logs' \
    'setfacl -m u:70001:r-x /srv/sites/s_N/logs' 'chmod g+s /srv/sites/s_N /srv/sites/s_N/logs' 'chown -h root: /srv/sites/s_N/current'; do
    differs "$harm" home-changed
    mended site-files-create "$keys" home-changed
    systemctl stop berth-php@$N.service
    http site231.example /a.php
    [[ $code == 200 && $output == 1 ]] || { printf '%s: %s %s\n' "$harm" "$code" "$output"; false; }
  done
  # What is further down may be many files, and is for a person.
  differs 'chown -R daemon: /srv/sites/s_N/releases/initial' others-files
  chown -hR s_$N:s_$N /srv/sites/s_$N/releases/*
  [[ $(has) != *others-files* ]]
}

@test "inventory: tells who was let into a pool, a socket, certificates and keys by hand, and the verb shuts them out" {
  make_site $N php site231.example
  printf '<?php echo 1;' | put_page $N a.php
  local harm keys="\"version\":\"$(php_version)\",$LIMITS,\"maxChildren\":4" pool=/etc/berth/php/N tls=/var/lib/berth/tls/N
  for harm in "chmod 777 $pool; chmod 666 $pool/pool.conf" "chown daemon: $pool/pool.conf" "chgrp daemon $pool" "chmod g+s $pool" \
    "setfacl -m u:daemon:rwx $pool/pool.conf" "setfacl -d -m u:daemon:rwx $pool"; do
    differs "$harm" php-access
    mended php-apply "$keys" php-access
  done
  for harm in 'chmod 666 /run/berth/php/N.sock' 'chown daemon: /run/berth/php/N.sock' 'setfacl -m u:daemon:rw /run/berth/php/N.sock'; do
    differs "$harm" socket-access
    mended php-apply "$keys" socket-access
    systemctl stop berth-php@$N.service
    http site231.example /a.php
    [[ $code == 200 && $output == 1 ]] || { printf '%s: %s %s\n' "$harm" "$code" "$output"; false; }
  done
  keys='"type":"php","canonical":"site231.example","serve":[],"redirect":[]'
  install -m 600 /dev/null "/var/lib/berth/tls/$N/7.key"
  for harm in "chmod 644 $tls/own-1.pem" "chmod 644 $tls/7.key" "chgrp daemon $tls/own-1.pem" "chmod 700 $tls" "chmod 2755 $tls" \
    "setfacl -m u:daemon:r $tls/own-1.pem" "setfacl -d -m u:daemon:r $tls" "chmod 00750 $tls; chown -R root:root $tls"; do
    differs "$harm" certificate-access
    mended vhost-apply "$keys" certificate-access
  done
  [[ $(stat -c '%U:%G %a' /var/lib/berth/tls/$N/{,own-1.pem,7.key} | xargs) == 'root:www-data 2750 root:www-data 640 root:www-data 600' ]]
}

@test "inventory: tells a log that leads elsewhere or is open to others, and the verb has the web server make its own, keeping a plain one" {
  make_site $N static site231.example
  local logs=/var/log/nginx/sites/$N keys='"type":"static","canonical":"site231.example","serve":[],"redirect":[]' before
  printf 'secret\n' >"$BATS_TEST_TMPDIR/aside"
  before=$(stat -c '%a %s %Y' "$BATS_TEST_TMPDIR/aside")
  differs "mv $logs.access.log $logs.access.log.1; ln -s $BATS_TEST_TMPDIR/aside $logs.access.log" logs-changed
  mended vhost-apply "$keys" logs-changed
  http site231.example /
  soon grep -q 'GET / ' $logs.access.log
  [[ ! -L $logs.access.log && $(stat -c '%a %s %Y' "$BATS_TEST_TMPDIR/aside") == "$before" ]]
  differs "rm $logs.error.log; mkfifo $logs.error.log" logs-changed
  mended vhost-apply "$keys" logs-changed
  differs "chmod 644 $logs.access.log" logs-changed
  mended vhost-apply "$keys" logs-changed
  grep -q 'GET / ' $logs.access.log
  rm $logs.access.log.1
}

@test "inventory: tells a fence that is gone from a site that is there, and the verb writes it as that of the site's birth" {
  make_site $N static site231.example
  differs 'rm /var/lib/berth/host/fence/N' fence-lost
  verb site-user-create "\"site\":$N,$ROOM,\"born\":2" 5 3
  done_well false
  [[ $(has) != *fence* && $(</var/lib/berth/host/fence/$N) == '3 5 used 2' ]] || { has; cat /var/lib/berth/host/fence/$N; false; }
}

@test "inventory: tells a socket that was stopped while PHP runs, and the verb opens it again" {
  make_site $N php site231.example
  printf '<?php echo 1;' | put_page $N a.php
  http site231.example /a.php
  systemctl stop berth-php@$N.socket
  [[ $(systemctl is-active berth-php@$N.service) == active ]]
  call php-apply "\"site\":$N,\"version\":\"$(php_version)\",$LIMITS,\"maxChildren\":4"
  http site231.example /a.php
  [[ $code == 200 && $output == 1 ]] || { printf '%s %s\n' "$code" "$output"; false; }
}

@test "inventory: tells a unit that failed and whose site is gone, and the verbs have it forgotten" {
  local unit
  for unit in php db; do
    ! systemctl start berth-$unit@$N.service
    soon eval '[[ $(systemctl is-failed berth-$unit@$N.service) == failed ]]'
  done
  [[ $(has) == 'database-failed php-failed' ]] || { has; false; }
  call php-remove "\"site\":$N"
  call database-remove "\"site\":$N"
  [[ $(has) == '' ]]
}

@test "inventory: folders with other names than homes have are left alone, and hide nothing" {
  make_site $N static site231.example
  odd=(s_ s_old "s_$N.bak" s_08 "s_$N old" "s_$N-old" 's_input[$(touch odd)0]' 's_999999999999')
  mkdir "${odd[@]/#//srv/sites/}"
  local told; told=$(has)
  chmod 777 /srv/sites/s_$N
  local changed; changed=$(has)
  [[ $told == *' home '* && $told != *changed* && $changed == *home-changed* && ! -e /odd ]] || { printf '%s\n' "$told" "$changed"; false; }
}

@test "inventory: a home that is a link, or has one where root works, is led nowhere" {
  make_site $N static site231.example
  local keys='"name":"site231.example","shown":"site231.example"' aside=$BATS_TEST_TMPDIR
  chmod 755 "$aside"
  mkdir "$aside/target"
  before=$(stat -c '%U:%G %a' "$aside/target")
  # By a tenant whose home was given to it by mistake.
  mv /srv/sites/s_$N/logs "$aside/logs"
  ln -s "$aside/target" /srv/sites/s_$N/logs
  verb site-files-create "\"site\":$N,$keys"
  refused 5 not-a-folder
  rm /srv/sites/s_$N/logs; mv "$aside/logs" /srv/sites/s_$N/logs
  rm /srv/sites/s_$N/logs/php.log
  ln -s "$aside/target/made" /srv/sites/s_$N/logs/php.log
  chown "s_$N:" /srv/sites/s_$N /srv/sites/s_$N/logs
  verb site-files-create "\"site\":$N,$keys"
  refused 5 not-a-folder
  [[ ! -e $aside/target/made && $(stat -c %U /srv/sites/s_$N/logs) == root ]]
  rm /srv/sites/s_$N/logs/php.log
  verb site-files-create "\"site\":$N,$keys"
  done_well true
  mv /srv/sites/s_$N "$aside/home"
  ln -s "$aside/home" /srv/sites/s_$N
  [[ " $(has) " != *' home '* ]]
  verb site-files-create "\"site\":$N,$keys"
  refused 5 not-a-folder
  rm /srv/sites/s_$N; mv "$aside/home" /srv/sites/s_$N
  [[ $(stat -c '%U:%G %a' "$aside/target") == "$before" && " $(has) " == *' home '* ]]
}

@test "inventory: tells a database user that may do more or less than its own, and the verb puts it right" {
  make_site $N php site231.example
  call database-create "\"site\":$N,\"password\":\"$PASSWORD\""
  local harm
  for harm in "mariadb -e 'grant select on *.* to s_N@localhost'" "mariadb -e 'alter user s_N@localhost account lock'" \
    "mariadb -e 'grant all on mysql.* to s_N@localhost'" "mariadb -e 'revoke all on \`s\_N\`.* from s_N@localhost'" \
    "mariadb -e 'alter user s_N@localhost with max_user_connections 0'" "mariadb -e 'revoke update on \`s\_N\`.* from s_N@localhost'" \
    "mariadb -e 'grant select on mysql.user to s_N@localhost'" "mariadb -e 'grant all on \`s\_N\`.* to s_N@localhost with grant option'" \
    "mariadb -e 'grant proxy on root@localhost to s_N@localhost; grant proxy on \"\"@\"a%\" to s_N@localhost with grant option'" \
    "mariadb -e 'create role role_N; grant role_N to s_N@localhost'" "mariadb -e 'grant select (host) on mysql.global_priv to s_N@localhost'" \
    "mariadb -e 'alter user s_N@localhost require ssl'" "mariadb -e 'alter user s_N@localhost with max_queries_per_hour 1'" \
    "mariadb -e 'alter user s_N@localhost with max_statement_time 1'" \
    "mariadb -e 'alter user s_N@localhost identified via unix_socket or mysql_native_password using password(\"$PASSWORD\")'" \
    "mariadb -e 'alter user s_N@localhost identified via mysql_native_password using password(\"$PASSWORD\") or unix_socket'"; do
    differs "$harm" database-changed
    mended database-create "\"password\":\"$PASSWORD\"" database-changed
  done
  mariadb -e "drop role role_$N"
  [[ $(mariadb -Ne "select count(*) from mysql.proxies_priv where user = 's_$N'") == 0 ]]
  # Which it may do by itself, and means nothing.
  mariadb -e "grant proxy on s_$N@localhost to s_$N@localhost"
  [[ $(has) != *database-changed* ]]
  differs "mariadb -e 'create user s_N@\`%\`'" database-user-elsewhere
  mariadb -e "drop user s_$N@'%'"
}

@test "inventory: a database server that hangs keeps nothing else from being told" {
  make_site $N static site231.example
  kill -STOP "$(systemctl show --property=MainPID --value mariadb)"
  raw host-inventory '{}'
  kill -CONT "$(systemctl show --property=MainPID --value mariadb)"
  done_well false
  [[ $(said ".result | .databases, (.sites[] | select(.numbers | index($N)) | .has | index(\"vhost\") != null)" | xargs) == 'false true' ]]
}

@test "inventory: tells a pool that is gone, and follows a link that somebody made of a server's file" {
  make_site $N php site231.example
  mv /etc/berth/nginx/sites/$N.conf /root/$N.conf
  ln -s /root/$N.conf /etc/berth/nginx/sites/$N.conf
  raw host-inventory '{}'
  [[ $(said ".result.served[\"$N\"]") == site231.example ]]
  rm /etc/berth/nginx/sites/$N.conf; mv /root/$N.conf /etc/berth/nginx/sites/$N.conf
  differs 'rm /etc/berth/php/N/pool.conf' php-changed
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
