load host
# What all sites take of TLS, chosen for the whole host.
FILE=/etc/berth/nginx/tls.conf
setup_file() { load host; wipe_site 241; make_site 241 static site241.example; }
teardown_file() { load host; wipe_site 241; chosen intermediate; rm -f /var/lib/berth/host/fence/0; }
generation() { cat /var/lib/berth/host/nginx/generation; }

# chosen PROFILE [TOKEN]
chosen() {
  verb tls-profile "\"site\":0,\"profile\":\"$1\"" "${2-9}"
}

# taken [NAME]: the versions of TLS that a visitor gets an answer by, of one site or under a name that no site has.
taken() {
  local version all=''
  for version in tls1_1 tls1_2 tls1_3; do
    ! printf 'GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "${1-site241.example}" |
      openssl s_client -connect 127.0.0.1:443 -servername "${1-site241.example}" "-$version" -ign_eof 2>/dev/null |
      grep -q '^HTTP/1.1 ' || all+=" $version"
  done
  printf '%s\n' "${all# }"
}

@test "modern leaves out TLS 1.2 for every name, intermediate takes it again, and the host tells which it is" {
  local name
  [[ $(taken) == 'tls1_2 tls1_3' ]]
  chosen modern
  done_well true
  for name in site241.example nobody241.example; do
    [[ $(taken $name) == tls1_3 ]] || { taken $name; return 1; }
  done
  raw host-inspect '{}'
  [[ $(said .result.tlsProfile) == modern && $(stat -c '%U %a' "$FILE") == 'root 644' ]]
  chosen intermediate
  done_well true
  for name in site241.example nobody241.example; do
    [[ $(taken $name) == 'tls1_2 tls1_3' ]] || { taken $name; return 1; }
  done
  raw host-inspect '{}'
  [[ $(said .result.tlsProfile) == intermediate ]]
}

@test "what is chosen already changes and reloads nothing; a dry run only says what it would do" {
  local before
  before=$(generation)
  chosen intermediate
  done_well false
  verb tls-profile '"site":0,"profile":"modern","dryRun":true' 9
  done_well false
  [[ $(said '.plan | length') == 1 && $(generation) == "$before" && $(taken) == 'tls1_2 tls1_3' ]]
}

@test "a choice waits for whoever changes the web server, an older one is outranked, and no site has its own" {
  local held before caller
  exec {held}>/var/lib/berth/host/locks/nginx
  flock "$held"
  before=$(<"$FILE")
  chosen modern 10 >/dev/null {held}>&- 3>&- &
  caller=$!
  soon pgrep --full 'flock --wait 120'
  [[ $(<"$FILE") == "$before" ]]
  exec {held}>&-
  wait "$caller"
  [[ $(taken) == tls1_3 ]]
  chosen intermediate 9
  refused 4 outranked call.token
  verb tls-profile '"site":241,"profile":"intermediate"' 11
  refused 2 bad-input site
  [[ $(taken) == tls1_3 ]]
  chosen intermediate 11
  done_well true
}

@test "when nginx refuses, does not run or lets nobody in, what was chosen before stays" {
  local before shared=/etc/berth/nginx/http.conf
  before=$(<"$FILE")
  cp -p "$shared" "$BATS_TEST_TMPDIR"
  echo nonsense >>"$shared"
  chosen modern 12
  cp -p "$BATS_TEST_TMPDIR/http.conf" "$shared"
  refused 5 shared-config
  [[ $(<"$FILE") == "$before" && $(taken) == 'tls1_2 tls1_3' ]]
  systemctl stop nginx.service
  chosen modern 12
  systemctl start nginx.service
  refused 5 web-server-down
  [[ $(<"$FILE") == "$before" ]]
  nft add table inet proof
  nft 'add chain inet proof in { type filter hook input priority 0; }'
  nft add rule inet proof in iif lo tcp dport 443 reject
  chosen modern 12
  nft delete table inet proof
  refused 5 not-served
  [[ $(<"$FILE") == "$before" && $(taken) == 'tls1_2 tls1_3' ]]
}

is_written() { grep -q 'TLSv1.3;' "$FILE" && ! grep -q 'TLSv1.2' "$FILE"; }
is_told() { [[ $(generation) != "$1" ]]; }
is_served() { [[ $(taken) == tls1_3 ]]; }

@test "killed at any moment, visitors come in, and the next call finishes it" {
  local stage before n=20
  for stage in is_written is_told is_served; do
    n=$((n + 2))
    before=$(generation)
    chosen modern $n >/dev/null 3>&- &
    at_once "$stage" "$before"
    # It may be through by then.
    pkill -KILL --full '^/bin/bash .*host-scripts/tls-profile$' || (($? == 1))
    wait
    [[ $(taken) == *tls1_3 ]]
    soon is_unlocked 0
    chosen modern $n
    [[ $status -eq 0 && $(taken) == tls1_3 ]] || { show; taken; return 1; }
    chosen intermediate $((n + 1))
    done_well true
    [[ $(taken) == 'tls1_2 tls1_3' ]]
  done
}

@test "a file that nginx never took over is taken over by the next call" {
  sed -i 's/TLSv1.2 //' "$FILE"
  chosen modern 40
  done_well true
  [[ $(taken) == tls1_3 ]]
  chosen intermediate 41
  done_well true
}

@test "the set-up keeps to what was chosen, and begins with TLS 1.2 and 1.3 where an earlier release had no choice" {
  chosen modern 42
  run "$VERBS/setup" install
  [[ $status -eq 0 && -z $output ]] || { show; return 1; }
  sed -i "s|^include $FILE;|ssl_protocols TLSv1.2 TLSv1.3;|" /etc/berth/nginx/http.conf
  run "$VERBS/setup" install
  [[ $status -eq 0 && $output == *'wrote /etc/berth/nginx/http.conf'* && $(taken) == tls1_3 ]] || { show; taken; return 1; }
  sed -i "s|^include $FILE;|ssl_protocols TLSv1.2 TLSv1.3;|" /etc/berth/nginx/http.conf
  rm "$FILE"
  chosen modern 43
  refused 3 not-found
  run "$VERBS/setup" install
  [[ $status -eq 0 && $(taken) == 'tls1_2 tls1_3' ]] || { show; taken; return 1; }
}
