load host
# Hooks that write DNS records.
HOOKS=/etc/berth/dns-hooks
RECORD="\"name\":\"_acme-challenge.shop.example\",\"value\":\"$(printf 'a%.0s' {1..43})\""
setup() {
  install -d -m 755 "$HOOKS"
  hook 'printf "%s\n" "$#:$*" >>"/root/hook.log"'
}
teardown() { rm -rf "$HOOKS" /root/hook.log /tmp/dns-hook; }
hook() {
  printf '#!/bin/bash\n%s\n' "$1" | install -m 755 /dev/stdin "$HOOKS/nsupdate"
}
try() {
  raw dns-hook "{\"hook\":\"${1-nsupdate}\",\"present\":${2-true},$RECORD}"
}

@test "dns-hook: calls the program with three arguments, as often as it is asked" {
  try; done_well false
  try nsupdate false; done_well false
  [[ $(< /root/hook.log) == "3:present _acme-challenge.shop.example $(printf 'a%.0s' {1..43})
3:absent _acme-challenge.shop.example $(printf 'a%.0s' {1..43})" ]]
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
    raw dns-hook "{\"hook\":\"nsupdate\",\"present\":true,\"name\":\"$bad\",\"value\":\"$(printf 'a%.0s' {1..43})\"}"
    refused 2 bad-input name
  done
  for bad in short "$(printf 'a%.0s' {1..44})" "-$(printf 'a%.0s' {1..41});" ''; do
    raw dns-hook "{\"hook\":\"nsupdate\",\"present\":true,\"name\":\"a.example\",\"value\":\"$bad\"}"
    refused 2 bad-input value
  done
  [[ ! -e /root/hook.log ]]
}
