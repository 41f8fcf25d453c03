load host
H=/srv/sites/s_131
setup() { wipe_site 131; call site-user-create "\"site\":131,$ROOM"; }
A=/srv/sites/.removing-131
teardown() {
  systemctl stop 'berth-verb-7-wipe131*' 'berth-tenant-131.*'
  ! mountpoint -q /usr/bin/chmod || umount --lazy /usr/bin/chmod
  ! mountpoint -q "$A/tmp/x" || umount "$A/tmp/x"
  rm -rf "$H"
  wipe_site 131
}
create() { verb site-files-create '"site":131,"name":"one.example","shown":"one.example"'; }
as_site() { setpriv --reuid=70131 --regid=70131 --clear-groups -- "$@"; }

@test "create: lays out a home that its tenant uses, nginx passes and nobody else enters" {
  create
  done_well true
  [[ $(said .result.home) == "$H" ]]
  [[ $(stat -c '%U:%G %a' "$H" "$H/releases" "$H/logs" "$H/shared" "$H/tmp" "$H/releases/initial" | tr '\n' ' ') == \
    'root:s_131 710 root:s_131 710 root:s_131 750 s_131:s_131 750 s_131:s_131 700 s_131:s_131 755 ' ]]
  [[ $(readlink "$H/current") == releases/initial && $(stat -c %U "$H/current") == s_131 ]]
  setpriv --reuid=www-data --regid=www-data --clear-groups cat "$H/current/public/index.html" | grep -q one.example
  refute setpriv --reuid=www-data --regid=www-data --clear-groups ls "$H"
  refute setpriv --reuid=70132 --regid=70132 --clear-groups cat "$H/current/public/index.html"
}

@test "create: no tenant can replace the skeleton or plant a link where root writes" {
  create
  run as_site ln -sfn /etc "$H/current"; [[ $status -ne 0 ]]
  run as_site mv "$H/logs" "$H/logs2"; [[ $status -ne 0 ]]
  run as_site ln -s /etc/shadow "$H/logs/php.log.1"; [[ $status -ne 0 ]]
  run as_site rm "$H/logs/php.log"; [[ $status -ne 0 ]]
}

@test "create: the placeholder shows the name as people write it" {
  verb site-files-create '"site":131,"name":"xn--bcher-kva.xn--one-xja.example","shown":"bücher.öone.example"'
  done_well true
  grep -q '<title>bücher.öone.example</title>' "$H/current/public/index.html"
  grep -q '<h1>bücher.öone.example</h1>' "$H/current/public/index.html"
  refute grep -q xn-- "$H/current/public/index.html"
}

@test "create: changes nothing the second time and leaves the tenant's pages alone" {
  create
  as_site rm "$H/current/public/index.html"
  as_site touch "$H/current/public/mine"
  create
  done_well false
  [[ ! -e $H/current/public/index.html ]]
}

@test "create: finishes what an earlier call began" {
  create
  rm -r "$H/current" "$H/releases/initial/public" "$H/shared"
  create
  done_well true
  [[ -d $H/shared && -e $H/current/public/index.html ]]
}

@test "create: killed at any moment, it is finished by the next call" {
  local moment
  for moment in 1 2 3 4 5 6 7 8 9; do
    rm -rf "$H"
    call site-files-create '"site":131,"name":"one.example","shown":"one.example"' >/dev/null 2>&1 3>&- &
    sleep "0.0$moment"
    pkill -KILL --full '^/bin/bash .*host-scripts/site-files-create$' || :
    wait
    create
    done_well "$(said .changed)"
    [[ -s $H/current/public/index.html && $(stat -c %U "$H/logs/php.log" "$H/current" | uniq) == s_131 ]]
  done
}

@test "create: a planted link is not followed" {
  create
  rm -r "$H/releases/initial/public" "$H/current"
  as_site ln -s /etc "$H/releases/initial/public"
  create
  [[ ! -e /etc/index.html && $(stat -c %U:%a /etc) == root:755 ]]
}

@test "create: without its user it is refused, and a dry run does nothing" {
  verb site-files-create '"site":131,"name":"one.example","shown":"one.example","dryRun":true'
  done_well false
  [[ ! -e $H ]]
  verb site-files-create '"site":139,"name":"one.example","shown":"one.example"'
  refused 3 not-found
  rm -f /var/lib/berth/host/fence/139
}

@test "remove: removes everything, also what its owner locked away, and nothing outside" {
  create
  mkdir "$BATS_TEST_TMPDIR/outside"; echo precious >"$BATS_TEST_TMPDIR/outside/file"; chmod -R a+rwX "$BATS_TEST_TMPDIR"
  as_site mkdir -p "$H/current/public/a/b"
  as_site touch "$H/current/public/a/b/c"
  as_site ln -s "$BATS_TEST_TMPDIR/outside" "$H/current/public/a/link"
  as_site ln -s "$BATS_TEST_TMPDIR/outside" "$H/shared/link"
  as_site chmod 000 "$H/current/public/a/b"
  STEP=wipe131 verb site-files-remove '"site":131'
  done_well true
  [[ ! -e $H && ! -e /srv/sites/.removing-131 ]]
  [[ $(<"$BATS_TEST_TMPDIR/outside/file") == precious ]]
  # Nothing was left for root to do.
  [[ $stderr != *cannot* && $stderr != *denied* && $stderr != *'No such file'* ]] || { show; false; }
}

@test "remove: changes nothing when there is nothing, and goes on with what was moved aside" {
  STEP=wipe131 verb site-files-remove '"site":131'
  done_well false
  mkdir "$A"
  STEP=wipe131again verb site-files-remove '"site":131' 2
  done_well true
  [[ ! -e $A ]]
}

@test "create: a tenant that stops every process of its user fails its own call at most, and soon" {
  create
  rm -r "$H/releases/initial/public"
  begin_hostile 131
  begun=$(seconds)
  create
  stop_hostile 131
  # It may have written the page before it was stopped.
  [[ $status -eq 0 ]] || refused 5 failed
  (($(seconds) - begun < 30))
  is_unlocked 131
  create
  [[ $status -eq 0 ]] || { show; false; }
}

# as_tenant SECONDS COMMAND…, as the verbs do it; a lock and a reply are open as in a verb.
as_verbs_do() {
  bash -c 'set -euo pipefail; scripts=$1 state=/var/lib/berth/host site=131; declare -A input=([host_uidBase]=70000 [host_maxSites]=29999)
    source "$scripts/lib/reply.sh"; source "$scripts/lib/site.sh"; know_site; lock_site; exec {reply_to}>&1; as_tenant "$home" "${@:2}"' - "$VERBS" "$@"
}

@test "what a verb runs as the tenant has the site's slice and sandbox, no descriptor of ours, and an end" {
  create
  run as_verbs_do 10 sh -c 'cat /proc/self/cgroup; ls /proc/self/fd | xargs echo open:; grep -E "^(Uid|CapBnd|NoNewPrivs|Seccomp):" /proc/self/status
    echo homes: $(ls /srv/sites) run: $(ls /run); echo x >/srv/sites/s_131/shared/x && echo written'
  [[ $status -eq 0 && $output == *berth-site-131.slice* && $output == *'open: 0 1 2 3'$'\n'* && $output == *'homes: s_131 run:'* && $output == *written ]] || { show; false; }
  [[ $output =~ Uid:.70131.70131.70131.70131 && $output =~ CapBnd:.0{16} && $output =~ NoNewPrivs:.1 && $output =~ Seccomp:.2 && ! $output =~ run:.*berth ]] || { show; false; }
  run as_verbs_do 10 sh -c 'head --bytes=1M /dev/zero | tr "\0" x; head --bytes=1M /dev/zero | tr "\0" x >&2'
  ((${#output} <= 4096)) || { echo "${#output}"; false; }
  begun=$(seconds)
  run as_verbs_do 2 sh -c 'setsid sleep 60 & kill -STOP $$'
  [[ $status -ne 0 ]]
  (($(seconds) - begun < 45))
  refute pgrep --uid 70131
}

@test "remove: a second call of the same step gets the same result" {
  create
  STEP=wipe131a verb site-files-remove '"site":131'
  done_well true
  STEP=wipe131a verb site-files-remove '"site":131'
  done_well true
}

@test "remove: a result is not believed by a newer lease once somebody else was at the site, nor after a restore" {
  create
  STEP=wipe131b verb site-files-remove '"site":131' 1
  call site-files-create '"site":131,"name":"one.example","shown":"one.example"' 2
  STEP=wipe131b verb site-files-remove '"site":131' 3
  done_well true
  [[ ! -e $H ]]
  mkdir "$H"
  STEP=wipe131b verb site-files-remove '"site":131' 1 2
  done_well true
  [[ ! -e $H ]]
}

@test "remove: what failed is done again, and not its answer given again" {
  create
  mkdir "$H/tmp/x"
  mount -t tmpfs tmpfs "$H/tmp/x"
  STEP=wipe131d verb site-files-remove '"site":131'
  refused 5 failed
  umount "$A/tmp/x"
  STEP=wipe131d verb site-files-remove '"site":131'
  done_well true
  [[ ! -e $H && ! -e $A ]]
}

# The work of the unit stands still until let_go.
stand_still() {
  printf '#!/bin/bash -p\nuntil [[ -e %s/go ]]; do read -r -t 0.05 <> <(:) || :; done\n' "$A" >"$BATS_TEST_TMPDIR/chmod"
  chmod 755 "$BATS_TEST_TMPDIR/chmod"
  mount --bind "$BATS_TEST_TMPDIR/chmod" /usr/bin/chmod
}

let_go() {
  touch "$A/go"
}

# begin_removal STEP: by a caller with token 1 that is killed then.
begin_removal() {
  local caller
  create
  # What its owner may not enter has it call chmod.
  as_site mkdir -p "$H/tmp/closed/below"
  as_site chmod 000 "$H/tmp/closed"
  stand_still
  before=$(audit_lines)
  STEP=$1 call site-files-remove '"site":131' >/dev/null 2>&1 3>&- &
  caller=$!
  soon pgrep --uid 70131
  pkill -KILL --parent "$caller" timeout
  pkill -KILL --full '^/bin/bash .*host-scripts/site-files-remove$'
  systemctl -q is-active "berth-verb-7-$1.service"
}

# attach STEP TOKEN: a caller that waits for the unit; its reply is for attached.
attach() {
  STEP=$1 call site-files-remove '"site":131' "$2" >"$BATS_TEST_TMPDIR/reply" 2>/dev/null 3>&- &
  caller=$!
  soon pgrep --full "^systemctl .*berth-verb-7-$1.service"
}

attached() {
  status=0
  wait "$caller" || status=$?
  output=$(<"$BATS_TEST_TMPDIR/reply")
}

# Which leases worked since begin_removal, and how it ended: of a unit and of each call that lived one line.
worked() {
  tail -n "+$((before + 1))" /var/log/berth/verbs.log | jq -r 'select(.verb == "site-files-remove") | "\(.token) \(.code)"' | xargs
}

@test "remove: outlives its caller, and the next one attaches with a newer lease" {
  begin_removal wipe131c
  attach wipe131c 2
  raw host-inventory '{}'
  [[ $(said '.result.sites[] | select(.numbers | index(131)) | .has | contains(["locked", "verb-running"])') == true ]]
  let_go
  attached
  done_well true
  [[ ! -e $H && ! -e $A && $(worked) == '1 ok 2 ok' ]] || { worked; false; }
  # Also when this one's answer was lost.
  STEP=wipe131c verb site-files-remove '"site":131' 3
  done_well true
  [[ $(worked) == '1 ok 2 ok 3 ok' && $(</var/lib/berth/host/fence/131) == '1 3 used 1' ]]
}

@test "remove: what ended well before the next one came is not begun again" {
  begin_removal wipe131e
  let_go
  soon is_over wipe131e
  STEP=wipe131e verb site-files-remove '"site":131' 2
  done_well true
  [[ ! -e $H && $(worked) == '1 ok 2 ok' ]] || { worked; false; }
}
is_over() { ! systemctl -q is-active "berth-verb-7-$1.service"; }

@test "remove: an older lease that comes late is outranked, and takes nothing from the newer one" {
  begin_removal wipe131f
  pkill -KILL --full '/bin/bash .*host-scripts/site-files-remove --unit$'
  soon is_over wipe131f
  attach wipe131f 2
  soon grep -qx '1 2 used 1' /var/lib/berth/host/fence/131
  STEP=wipe131f verb site-files-remove '"site":131' 1
  refused 4 outranked call.token
  let_go
  attached
  done_well true
  STEP=wipe131f verb site-files-remove '"site":131' 1
  refused 4 outranked call.token
  [[ ! -e $A && $(worked) == '1 outranked 2 ok 2 ok 1 outranked' ]] || { worked; false; }
}

@test "remove: a unit that is killed is begun anew by whoever attached to it" {
  begin_removal wipe131g
  attach wipe131g 2
  systemctl kill --signal=KILL berth-verb-7-wipe131g.service
  soon grep -qx '1 2 used 1' /var/lib/berth/host/fence/131
  let_go
  attached
  done_well true
  [[ ! -e $H && ! -e $A && $(worked) == '2 ok 2 ok' ]] || { worked; false; }
}

@test "remove: a dry run removes nothing and starts nothing" {
  create
  verb site-files-remove '"site":131,"dryRun":true'
  done_well false
  [[ $(said '.plan[-1]') == "would remove $H" && -d $H ]]
}

@test "create: brings a lost log back, without which PHP does not start, and leaves pages alone" {
  create
  as_site tee "$H/current/public/index.html" <<<mine
  rm "$H/logs/php.log"
  create
  done_well true
  [[ $(stat -c '%U %a' "$H/logs/php.log") == 's_131 640' && $(<"$H/current/public/index.html") == mine ]]
}
