load host
# Hooks that write DNS records.
HOOKS=/etc/berth/dns-hooks
RECORD="\"name\":\"_acme-challenge.shop.example\",\"value\":\"$(printf 'a%.0s' {1..43})\""
setup() {
  install -d -m 755 "$HOOKS"
  hook 'printf "%s\n" "$#:$*" >>"/root/hook.log"'
}
teardown() {
  [[ ! -e /root/sleepers ]] || xargs kill </root/sleepers
  rm -rf "$HOOKS" /root/{hook.log,gate,sleepers} /tmp/dns-hook /var/lib/berth/host/fence/{0,241}
}
hook() {
  printf '#!/bin/bash\n%s\n' "$1" | install -m 755 /dev/stdin "$HOOKS/nsupdate"
}
# try [HOOK] [PRESENT] [TOKEN] [SITE]
try() {
  verb dns-hook "$(keys "$@")" "${3-1}"
}
keys() {
  printf '"site":%s,"hook":"%s","present":%s,%s' "${4-241}" "${1-nsupdate}" "${2-true}" "$RECORD"
}
calls() { grep -c . /root/hook.log; }

@test "dns-hook: calls the program with three arguments, as often as it is asked" {
  try; done_well true
  try nsupdate false; done_well true
  [[ $(< /root/hook.log) == "3:present _acme-challenge.shop.example $(printf 'a%.0s' {1..43})
3:absent _acme-challenge.shop.example $(printf 'a%.0s' {1..43})" ]]
}

@test "dns-hook: its audit line names who had it called, and a dry run calls nothing" {
  try
  [[ $(last_audit '"\(.verb) \(.site) \(.job) \(.step) \(.actor) \(.epoch).\(.token) \(.changed)"') == 'dns-hook 241 7 test alice 1.1 true' ]]
  verb dns-hook "$(keys),\"dryRun\":true"; done_well false
  [[ $(said .plan[0]) == 'would have nsupdate make a record of _acme-challenge.shop.example present' ]]
  [[ $(calls) == 1 ]]
}

@test "dns-hook: an older lease is outranked, for a site and for number 0" {
  local site
  for site in 0 241; do
    try nsupdate true 3 $site; done_well true
    try nsupdate false 2 $site; refused 4 outranked call.token
    try nsupdate true 3 $site; done_well true
  done
  [[ $(calls) == 4 ]]
}

@test "dns-hook: a program whose verb was killed is waited for, and what a program leaves running is not" {
  local first successor
  hook 'printf "begins %s\n" "$1" >>/root/hook.log; [[ $1 == present ]] || cat /root/gate; printf "ends %s\n" "$1" >>/root/hook.log; sleep 300 >/dev/null 2>&1 & printf "%s\n" $! >>/root/sleepers'
  mkfifo /root/gate
  call dns-hook "$(keys nsupdate false)" 1 >/dev/null 2>&1 3>&- &
  first=$!
  soon grep -qx 'begins absent' /root/hook.log
  pkill -KILL --full "/bin/bash -p -- $VERBS/dns-hook$"
  wait "$first" || true
  call dns-hook "$(keys)" 2 >"$BATS_TEST_TMPDIR/said" 2>/dev/null 3>&- &
  successor=$!
  soon pgrep --full 'flock --wait 10'
  [[ $(</root/hook.log) == 'begins absent' ]]
  : >/root/gate
  wait "$successor"
  [[ $(</root/hook.log) == $'begins absent\nends absent\nbegins present\nends present' ]]
  [[ $(jq .ok "$BATS_TEST_TMPDIR/said") == true ]]
  is_unlocked 241
}

@test "dns-hook: a program that fails is quoted, one that does not end is ended" {
  hook 'echo "no such zone"; exit 7'
  try; refused 5 hook-failed
  [[ $(said .error.why) == 'It ended with 7 and said: no such zone' ]]
  hook 'exec sleep 300'
  try; refused 5 hook-failed
}

@test "dns-hook: runs nothing that somebody else could change, and nothing that leads elsewhere" {
  chmod 775 "$HOOKS/nsupdate"
  try; refused 3 not-found
  chmod 644 "$HOOKS/nsupdate"
  try; refused 3 not-found
  chmod 755 "$HOOKS/nsupdate"
  chown nobody "$HOOKS/nsupdate"
  try; refused 3 not-found
  ln -sf /bin/true "$HOOKS/link"
  try link; refused 3 not-found
  try missing; refused 3 not-found
  hook true
  chmod 777 "$HOOKS"
  try; refused 3 not-found
  rm -r "$HOOKS"
  install -d /tmp/dns-hook
  install -m 755 /bin/true /tmp/dns-hook/nsupdate
  ln -s /tmp/dns-hook "$HOOKS"
  try; refused 3 not-found
  [[ ! -e /root/hook.log ]]
}

@test "dns-hook: takes no path, no other action, and nothing but a name and a challenge's value" {
  local bad
  for bad in ../nsupdate /bin/true -rf 'a b' '' 'a;id' A; do
    try "$bad"; refused 2 bad-input hook
  done
  try nsupdate '"present"'; refused 2 bad-input present
  for bad in '-x.example' '*.shop.example' 'shop' 'a.example;id' '$(id).example' 'A.example' 'a..example' '../a.example'; do
    verb dns-hook "\"site\":241,\"hook\":\"nsupdate\",\"present\":true,\"name\":\"$bad\",\"value\":\"$(printf 'a%.0s' {1..43})\""
    refused 2 bad-input name
  done
  for bad in short "$(printf 'a%.0s' {1..44})" "-$(printf 'a%.0s' {1..41});" ''; do
    verb dns-hook "\"site\":241,\"hook\":\"nsupdate\",\"present\":true,\"name\":\"a.example\",\"value\":\"$bad\""
    refused 2 bad-input value
  done
  [[ ! -e /root/hook.log ]]
}
