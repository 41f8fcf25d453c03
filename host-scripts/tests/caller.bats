load host
# What holds for every verb, whoever calls it and however.
setup_file() { load host; wipe_site 201; }
teardown() { ! mountpoint --quiet /usr/bin/sync || umount /usr/bin/sync; free_disk; wipe_site 201; }
free_disk() { ! mountpoint --quiet /var/lib/berth/host || umount /var/lib/berth/host; }
changing_verbs() { grep -l '"changes": true' "$VERBS"/* 2>/dev/null | xargs -n 1 basename; }
all_verbs() { grep -l '^#: {' "$VERBS"/* 2>/dev/null | xargs -n 1 basename; }
fence() { cat /var/lib/berth/host/fence/201 2>/dev/null || true; }

@test "a command that fails within a change is named" {
  wipe_site 175
  exec {held}>/etc/passwd.lock
  printf '%s' $$ >/etc/passwd.lock
  verb site-user-create "\"site\":175,$ROOM"
  rm /etc/passwd.lock
  exec {held}>&-
  refused 5 failed
  [[ $(said .error.why) == *"'useradd' ended with"* ]] || { show; false; }
}

@test "fencing: an older lease is outranked at every verb, an equal and a newer one are not" {
  local name keys
  call site-user-create "\"site\":201,$ROOM" 5 3
  for name in $(changing_verbs); do
    keys='"site":201'
    case $name in
      site-files-create) keys+=',"name":"a.example","shown":"a.example"' ;;
      php-apply) keys+=",\"version\":\"$(php_version)\",$LIMITS,\"maxChildren\":2" ;;
      site-user-create) keys+=",$ROOM" ;;
      database-create) keys+=",\"password\":\"$PASSWORD\"" ;;
      vhost-apply) keys+=',"type":"static","canonical":"a.example","serve":[],"redirect":[],"forceHttps":true,"hsts":"off"' ;;
      site-state) keys+=',"state":"live"' ;;
      acme-challenge) keys+=',"challenges":["AAAAAAAAAAAAAAAAAAAAAA"],"present":false' ;;
      certificate-request) keys+=',"certificate":1,"names":["a.example"],"keyType":"ec-256"' ;;
      dns-hook) keys+=",\"hook\":\"none\",\"present\":true,\"name\":\"_acme-challenge.a.example\",\"value\":\"$(printf 'a%.0s' {1..43})\"" ;;
      certificate-install) keys+=',"certificate":1,"chain":"-"' ;;
      certificate-withdraw) keys+=',"certificate":1' ;;
      # It takes no site's number, and is asked the same in its own tests.
      tls-profile) continue ;;
    esac
    STEP="old-$name" verb "$name" "$keys" 4 3
    refused 4 outranked call.token
    STEP="old2-$name" verb "$name" "$keys" 99 2
    refused 4 outranked
  done
  [[ $(fence) == '3 5 used 3' ]]
  verb site-user-create "\"site\":201,$ROOM" 5 3; done_well false
  verb site-state '"site":201,"state":"live"' 1 4; done_well false
  [[ $(fence) == '4 1 used 3' ]]
}

@test "fencing: a damaged fence stops the site instead of letting anybody in" {
  call site-user-create "\"site\":201,$ROOM"
  : >/var/lib/berth/host/fence/201
  verb site-user-create "\"site\":201,$ROOM" 9 9
  refused 6 fence-unreadable
  rm /var/lib/berth/host/fence/201
}

@test "fencing: a fence is on the disk before it takes the old one's place, and a tombstone's name right after" {
  local fences=/var/lib/berth/host/fence
  call site-user-create "\"site\":201,$ROOM"
  printf '#!/bin/bash -p\necho "$2: $(cat %s/201) $(cat %s/201.new)" >>%s\n' $fences $fences "$BATS_TEST_TMPDIR/synced" >"$BATS_TEST_TMPDIR/sync"
  chmod 755 "$BATS_TEST_TMPDIR/sync"
  mount --bind "$BATS_TEST_TMPDIR/sync" /usr/bin/sync
  verb site-user-create "\"site\":201,$ROOM" 2
  done_well false
  call site-user-remove '"site":201' 2
  [[ $(<"$BATS_TEST_TMPDIR/synced") == "$fences/201.new: 1 1 used 1 1 2 used 1"$'\n'"$fences/201.new: 1 2 used 1 1 2 removed 1"$'\n'"$fences: 1 2 removed 1 " ]] || { cat "$BATS_TEST_TMPDIR/synced"; false; }
}

@test "a full disk is named, and what was there is as it was" {
  local state=/var/lib/berth/host
  call site-user-create "\"site\":201,$ROOM"
  mount -t tmpfs -o size=2m,mode=700 tmpfs "$BATS_TEST_TMPDIR"
  cp -a "$state/." "$BATS_TEST_TMPDIR"
  mount --bind "$BATS_TEST_TMPDIR" "$state"
  refute cp /dev/zero "$state/ballast"
  verb site-user-create "\"site\":201,$ROOM" 2
  [[ $(fence) == '1 1 used 1' ]]
  umount "$state" "$BATS_TEST_TMPDIR"
  refused 5 failed
  [[ $(said .error.why) == "The disk of $state is full." ]]
  verb site-user-create "\"site\":201,$ROOM" 2
  done_well false
}

@test "lock: a second verb of the same site waits, then says busy; another site is free" {
  local held begun took
  exec {held}>/var/lib/berth/host/locks/site-201
  flock "$held"
  begun=$(seconds)
  verb site-user-create "\"site\":201,$ROOM"
  took=$(($(seconds) - begun))
  refused 4 busy
  ((took >= 9 && took < 45))
  verb site-user-create "\"site\":202,$ROOM"
  done_well true
  exec {held}>&-
  verb site-user-create "\"site\":201,$ROOM"
  done_well true
  wipe_site 202
}

@test "audit: each call leaves one line, good, bad and refused ones" {
  local before
  before=$(audit_lines)
  call site-user-create "\"site\":201,$ROOM" 4
  [[ $(audit_lines) == $((before + 1)) ]]
  [[ $(last_audit '"\(.verb) \(.site) \(.job) \(.step) \(.actor) \(.epoch).\(.token) \(.changed) \(.exit) \(.code)"') == 'site-user-create 201 7 test alice 1.4 true 0 ok' ]]
  verb site-state '"site":201,"state":"live\nroot"' 4
  [[ $(audit_lines) == $((before + 2)) ]]
  [[ $(last_audit '"\(.verb) \(.site) \(.exit) \(.code) \(.field)"') == 'site-state 201 2 bad-input state' ]]
  verb site-user-create "\"site\":201,$ROOM" 1
  [[ $(last_audit .code) == outranked ]]
  raw site-user-create 'not json'
  [[ $(audit_lines) == $((before + 4)) && $(last_audit '.job') == null ]]
  jq -e . /var/log/berth/verbs.log >/dev/null
  soon journal_has '"verb":"site-user-create","site":201'
}
journal_has() { journalctl -t berth-verb --since -1min | grep -qF "$1"; }

@test "a hostile environment changes nothing" {
  local trap=$BATS_TEST_TMPDIR
  printf 'touch %s/sourced\n' "$trap" >"$trap/rc"
  mkdir "$trap/bin"
  printf '#!/bin/sh\ntouch %s/ran\n' "$trap" | tee "$trap/bin/jq" "$trap/bin/getent" "$trap/bin/useradd" >"$trap/bin/logger"
  chmod +x "$trap"/bin/*
  cd "$trap/bin"
  run --separate-stderr env -i BASH_ENV="$trap/rc" ENV="$trap/rc" PATH="$trap/bin:." IFS=a SHELLOPTS=xtrace:noexec BASHOPTS=extdebug \
    PS4='$(touch sourced)' CDPATH="$trap" GLOBIGNORE='*' POSIXLY_CORRECT=1 TMPDIR="$trap" TMOUT=1 LC_ALL=tr_TR.UTF-8 \
    JQ_COLORS=x HOME="$trap" BASH_FUNC_jq%%='() { touch sourced; }' 'BASH_FUNC_printf%%=() { touch sourced; }' \
    "$VERBS/site-user-create" <<<'{"call":{"job":7,"step":"x","epoch":1,"token":1,"actor":"a"},"site":201,"diskMiB":1024,"files":100000}'
  done_well true
  [[ ! -e $trap/sourced && ! -e $trap/ran && $(id -u s_201) == 70201 ]]
}

@test "nothing of the caller's environment reaches what a verb starts" {
  local held caller
  exec {held}>/var/lib/berth/host/locks/site-201
  flock "$held"
  env HOSTILE=1 LD_LIBRARY_PATH=/tmp MYSQL_HOST=x 'BASH_FUNC_jq%%=() { :; }' "$VERBS/site-user-create" >/dev/null 2>&1 {held}>&- 3>&- \
    <<<'{"call":{"job":7,"step":"x","epoch":1,"token":1,"actor":"a"},"site":201,"diskMiB":1024,"files":100000}' &
  caller=$!
  soon pgrep --full 'flock --wait 10'
  run --separate-stderr cat "/proc/$(pgrep --full 'flock --wait 10' | head -n 1)/environ"
  exec {held}>&-
  wait "$caller"
  [[ $output == *PATH=/usr/sbin:/usr/bin:/sbin:/bin* ]]
  [[ ! $output =~ (HOSTILE|LD_LIBRARY_PATH|MYSQL_HOST|BASH_FUNC) ]]
}

@test "closed and additional descriptors change nothing" {
  "$VERBS/site-user-create" <&- >"$BATS_TEST_TMPDIR/out" 2>/dev/null || [[ $? -eq 2 ]]
  jq -e '.ok == false' "$BATS_TEST_TMPDIR/out"
  "$VERBS/site-user-create" <<<'{"call":{"job":7,"step":"x","epoch":1,"token":1,"actor":"a"},"site":201,"diskMiB":1024,"files":100000}' >&- 2>&-
  id s_201
  [[ $(tail -n 1 /var/log/berth/verbs.log | jq -r .code) == ok ]]
  echo untouched >"$BATS_TEST_TMPDIR/file"
  "$VERBS/site-user-create" 7<>"$BATS_TEST_TMPDIR/file" 10<>"$BATS_TEST_TMPDIR/file" 2>/dev/null \
    <<<'{"call":{"job":7,"step":"x","epoch":1,"token":1,"actor":"a"},"site":201,"diskMiB":1024,"files":100000}' | jq -e .ok
  [[ $(<"$BATS_TEST_TMPDIR/file") == untouched ]]
}

@test "standard output has the reply and nothing else, at every verb" {
  local name
  for name in $(all_verbs); do
    raw "$name" '{"site":"x"}'
    [[ $(jq -s length <<<"$output") == 1 && $(wc -l <<<"$output") == 1 ]]
  done
}

@test "a verb that is stopped says so and undoes what it began" {
  local held caller
  exec {held}>/var/lib/berth/host/locks/users
  flock "$held"
  call site-user-create "\"site\":201,$ROOM" >"$BATS_TEST_TMPDIR/out" 2>/dev/null {held}>&- 3>&- &
  caller=$!
  soon pgrep --full '^/bin/bash .*host-scripts/site-user-create$'
  soon pgrep --full 'flock --wait 30'
  pkill -TERM --full '^/usr/bin/timeout .*site-user-create'
  wait "$caller" || true
  exec {held}>&-
  output=$(<"$BATS_TEST_TMPDIR/out") status=5
  refused 5 failed
  [[ $(said .error.why) == *'stopped from outside'* ]]
  refute getent group s_201
}

@test "sudo makes way for the verb, which has its time limit and an empty environment from its first line on" {
  local held caller
  exec {held}>/var/lib/berth/host/locks/site-201
  flock "$held"
  setpriv --reuid=berth --regid=berth --init-groups sudo -n "$VERBS/site-user-create" >/dev/null 2>&1 {held}>&- 3>&- \
    <<<'{"call":{"job":7,"step":"x","epoch":1,"token":1,"actor":"a"},"site":201,"diskMiB":1024,"files":100000}' &
  caller=$!
  soon pgrep --full 'flock --wait 10'
  [[ $(tr '\0' ' ' <"/proc/$caller/cmdline") == '/usr/bin/timeout '*" 60 /bin/bash -p -- $VERBS/site-user-create " ]]
  [[ -z $(<"/proc/$caller/environ") ]]
  exec {held}>&-
  wait "$caller"
}

@test "sudo: the panel's user may call each verb, without arguments, and nothing else" {
  local name
  for name in $(all_verbs); do
    run runuser -u berth -- sudo -n "$VERBS/$name" <<<'{"nothing":1}'
    [[ $status -eq 2 && $output == *bad-input* ]] || { echo "$name: $status $output"; return 1; }
  done
  for name in setup generate lib/verb.sh libexec/idle-php; do
    run runuser -u berth -- sudo -n "$VERBS/$name" </dev/null
    [[ $output == *'password is required'* ]]
  done
  run runuser -u berth -- sudo -n BASH_ENV=/tmp/x "$VERBS/host-inspect" <<<'{}'
  [[ $status -eq 1 ]]
  run runuser -u berth -- sudo -n /bin/sh -c id
  [[ $status -eq 1 ]]
  [[ $(stat -c '%U %a' /etc/sudoers.d/berth) == 'root 440' ]]
  visudo -cqf /etc/sudoers.d/berth
}

@test "generated files are those that the declarations give" {
  [[ -e $VERBS/../docs ]] || skip "docs are not part of a release; checked in the repository"
  "$VERBS/generate" --check
}
