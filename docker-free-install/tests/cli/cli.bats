#!/usr/bin/env bats
# What the `berth` command does by itself: reading its arguments, quoting, showing, exit codes.
# What it does together with the panel is proven by the system tests.

setup_file() {
  FRONT=$BATS_FILE_TMPDIR/front
  mkdir "$FRONT"
  export FRONT BERTH_SOCKET=$BATS_FILE_TMPDIR/cli.sock
  python3 "$BATS_TEST_DIRNAME/front.py" "$BERTH_SOCKET" "$FRONT" 3>&- &
  echo $! >"$BATS_FILE_TMPDIR/pid"
  for _ in {1..200}; do [[ -S $BERTH_SOCKET ]] && break; read -rt 0.05 <> <(:) || true; done
  [[ -S $BERTH_SOCKET ]]
  export BERTH=$BATS_TEST_DIRNAME/../../bin/berth HOME=$BATS_FILE_TMPDIR LANG=en_US.UTF-8 TZ=UTC
  unset BERTH_URL BERTH_TOKEN LC_ALL
}

teardown_file() {
  kill "$(<"$BATS_FILE_TMPDIR/pid")"
}

setup() {
  rm -f "$FRONT"/*
  answer missing '404 application/problem+json' '{"what":"There is no such thing.","why":"w","todo":"t","reference":"r-1"}'
}

answer() { printf '%s\n%s' "$2" "$3" >"$FRONT/$1"; }

request() { jq -r "$1" <"$FRONT/requests"; }

job() { printf '{"id":7,"type":"site-create","state":"%s","steps":[{"position":0,"name":"user","title":"Linux user","state":"%s","startedAt":"2026-01-01T00:00:00.000Z","finishedAt":"2026-01-01T00:00:00.250Z"}]%s}' "$1" "$2" "${3:-}"; }

@test "every command explains itself, with --help at any place" {
  for file in "${BERTH%/*}"/cli/help/*.txt; do
    topic=$(basename "$file" .txt)
    [[ $topic == berth || $topic == help ]] && continue
    read -r group command <<<"${topic/-/ }"
    run "$BERTH" "$group" ${command:+"$command"} --help
    [ "$status" -eq 0 ]
    [[ $output == "usage: berth $group${command:+ $command}"* ]]
  done
  run "$BERTH" site create --type php --help
  [[ $output == 'usage: berth site create'* ]]
}

@test "every command that a group lists has a help text and the other way round" {
  for group in site cert authority job user token mail audit plan; do
    listed=$("$BERTH" "$group" --help | sed -n '/^commands/,/^$/s/^  \([a-z-]*\)  .*/\1/p' | sort)
    files=$(find "${BERTH%/*}/cli/help" -name "$group-*.txt" -printf '%f\n' | sed "s/^$group-//; s/.txt//" | sort)
    [ "$listed" = "$files" ]
  done
}

@test "help needs neither curl nor jq" {
  mkdir -p "$BATS_TEST_TMPDIR/bin"
  ln -sf "$(command -v readlink)" "$BATS_TEST_TMPDIR/bin/readlink"
  PATH=$BATS_TEST_TMPDIR/bin run /bin/bash "$BERTH" site create --help
  [ "$status" -eq 0 ]
}

@test "wrong usage ends with 2 and says what, why and what to do" {
  for line in 'sit list' 'site crate x' 'site create' 'site create a b --type php' 'site create a --type' \
    'site list --nonsense' 'site list --json=1' 'job show' 'user' '../site x' 'site ../../x'; do
    read -ra words <<<"$line"
    [[ $line == user ]] && continue
    run "$BERTH" "${words[@]}"
    [ "$status" -eq 2 ]
    [[ $output == *'berth:'*'Why:'*'What to do:'* ]]
  done
}

@test "of two options alike none is taken" {
  for line in 'site create a.com --type php --type static' 'site create a.com --owner=a --owner a' \
    'site list --limit 5 --state active --limit 6' '--url http://a site list --url http://b' 'user create a --name= --name b'; do
    read -ra words <<<"$line"
    run "$BERTH" "${words[@]}"
    [ "$status" -eq 2 ]
    [[ $output == *'berth: --'*' stands there twice.'*'Why:'*'What to do:'* ]]
  done
  [[ $output == *"--name stands there twice."* ]]
  [[ ! -e $FRONT/requests ]]
}

@test "values reach the panel byte by byte, whatever they hold" {
  answer POST_sites '422 application/problem+json' '{"what":"x"}'
  run "$BERTH" site create $'a.com";$(id)\n{}\\' --type php --database --alias $'b\nc' --alias=-x --owner "o'p" --www serve-both
  [ "$status" -eq 2 ]
  [ "$(request '.body | fromjson | .name')" = $'a.com";$(id)\n{}\\' ]
  [ "$(request '.body | fromjson | del(.name)' | jq -Sc .)" = \
    '{"aliases":["b\nc","-x"],"database":true,"owner":"o'"'"'p","type":"PHP","www":"SERVE_BOTH"}' ]
}

@test "an option that was not given is not sent" {
  answer POST_sites '422 application/problem+json' '{"what":"x"}'
  run "$BERTH" site create a.com
  [ "$(request '.body')" = '{"name":"a.com"}' ]
}

@test "no command takes an option for itself that is common to all" {
  common=$(sed -n '/^options/,$p' "${BERTH%/*}/cli/help/berth.txt" | grep -o -- '--[a-z-]*' | sort -u)
  [[ $common == *--url* ]]
  for help in "${BERTH%/*}"/cli/help/*-*.txt; do
    [[ -z $(comm -12 <(sed -n '/^options/,$p' "$help" | grep -o -- '^  --[a-z-]*' | tr -d ' ' | sort -u) \
      <(grep -v -- --no-wait <<<"$common")) ]] || { echo "$help"; return 1; }
  done
}

@test "an authority is added with its directory, and its roots from a file" {
  answer POST_certificate-authorities '201 application/json' '{"id":2,"name":"own","url":"https://ca/dir","usual":false}'
  printf 'PEM\n' >"$BATS_TEST_TMPDIR/roots"
  run "$BERTH" authority create own --directory https://ca/dir --roots-file "$BATS_TEST_TMPDIR/roots" --agree-terms --automatic off
  [ "$status" -eq 0 ]
  [ "$(jq -r .body "$FRONT/requests" | jq -c)" = '{"name":"own","url":"https://ca/dir","termsAgreed":true,"automatic":false,"roots":"PEM"}' ]
}

@test "a wrong word for an authority is refused once, before anything is asked" {
  answer GET_certificate-authorities_own '200 application/json' '{"id":2,"name":"own","url":"https://ca/dir"}'
  run "$BERTH" authority update own --automatic perhaps
  [ "$status" -eq 2 ]
  [[ $output == *"--automatic is on or off."* && $output != *jq* ]]
  [ "$(grep -c PUT "$FRONT/requests")" -eq 0 ]
}

@test "an authority that refuses the account says so" {
  local own='{"id":2,"name":"own","url":"https://ca/dir","isDefault":true,"problem":{"what":"No.","why":"New terms.","todo":"Agree."}}'
  answer GET_certificate-authorities '200 application/json' "{\"items\":[$own],\"total\":1}"
  answer POST_certificate-authorities_own_default '200 application/json' "$own"
  answer POST_certificate-authorities_own_account '200 application/json' "$own"
  run "$BERTH" authority list
  [ "$status" -eq 0 ]
  [[ $output == *"https://ca/dir"*"New terms."* ]]
  run "$BERTH" authority default own
  [ "$status" -eq 0 ]
  [[ $output == *"https://ca/dir"*"No."*"New terms."*"Agree."* ]]
  run "$BERTH" authority renew-account own
  [ "$status" -eq 0 ]
  [[ $output == *"https://ca/dir"* ]]
}

@test "a create carries an idempotency key, each its own" {
  answer POST_sites '422 application/problem+json' '{"what":"x"}'
  run "$BERTH" site create a.com
  run "$BERTH" site create a.com
  run "$BERTH" site create a.com --idempotency-key mine
  [ "$(request '.headers["Idempotency-Key"]' | sort -u | wc -l)" -eq 3 ]
  [ "$(request '.headers["Idempotency-Key"]' | tail -n 1)" = mine ]
}

@test "a name stays one part of the address" {
  run "$BERTH" site info '../users/1?x=y&z#%2e'
  [ "$status" -eq 3 ]
  [ "$(request '.path')" = '/api/v1/sites/..%2Fusers%2F1%3Fx%3Dy%26z%23%252e' ]
  run "$BERTH" site info ..
  [ "$status" -eq 2 ]
  run "$BERTH" site info ''
  [ "$status" -eq 2 ]
  run "$BERTH" site info 'bücher.example'
  [ "$(request '.path' | tail -n 1)" = '/api/v1/sites/b%C3%BCcher.example' ]
}

@test "filters become a query, encoded" {
  answer GET_sites '200 application/json' '{"items":[],"total":0}'
  run "$BERTH" site list --search 'a b&limit=9' --state suspended --limit 5
  [ "$output" = 'Nothing found.' ]
  [ "$(request '.path')" = '/api/v1/sites?search=a%20b%26limit%3D9&state=SUSPENDED&limit=5' ]
}

@test "a list is an aligned table, and says when there is more" {
  answer GET_sites '200 application/json' '{"items":[
    {"id":1,"name":"a.com","type":"PHP","state":"ACTIVE","owner":"alice","phpVersion":"8.4","createdAt":"2026-01-02T03:04:05.678Z"},
    {"id":12,"name":"long-name.com","type":"STATIC","state":"SUSPENDED","owner":"bo","createdAt":"2026-01-02T03:04:05Z"}],"total":9}'
  run "$BERTH" site list
  [ "${lines[0]}" = 'ID  NAME           STATE      TYPE    PHP  OWNER  CREATED' ]
  [ "${lines[1]}" = '1   a.com          active     php     8.4  alice  2026-01-02 03:04' ]
  [ "${lines[2]}" = '12  long-name.com  suspended  static       bo     2026-01-02 03:04' ]
  [ "${lines[3]}" = '2 of 9; more with --limit and --offset.' ]
}

@test "text from elsewhere cannot steer the terminal" {
  answer GET_sites '200 application/json' '{"items":[{"id":1,"name":"a\u001b[31m\u009b2J\u202e\nb\u007f","type":"PHP","state":"ACTIVE"}],"total":1}'
  run "$BERTH" site list
  [[ ${lines[1]} == '1   a?[31m?2J??b?'* ]]
  answer GET_sites_a '404 application/problem+json' '{"what":"\u001b]0;x\u0007","why":"w","todo":"t"}'
  run "$BERTH" site info a
  [[ $output != *$'\e'* && $output == *'?]0;x?'* ]]
  run "$BERTH" site info $'a\e[31m' extra$'\e[31m'
  [[ $output != *$'\e'* ]]
}

@test "each kind of refusal has its exit code" {
  for pair in 400:2 422:2 401:6 403:6 404:3 409:4 429:9 500:8; do
    answer GET_sites_a "${pair%:*} application/problem+json" '{"what":"W.","why":"Y.","todo":"T.","reference":"R"}'
    run "$BERTH" site info a
    [ "$status" -eq "${pair#*:}" ]
    [[ $output == *W.*Y.*T.*R* ]]
  done
  answer GET_sites_a '502 text/html' '<h1>Bad gateway</h1>'
  run "$BERTH" site info a
  [ "$status" -eq 7 ]
  BERTH_SOCKET=/nonexistent run "$BERTH" site info a
  [ "$status" -eq 7 ]
}

@test "with --json errors are JSON too, on standard output" {
  run bash -c '"$BERTH" site info gone --json 2>/dev/null | jq -r .what'
  [ "$output" = 'There is no such thing.' ]
  run bash -c '"$BERTH" --json site create 2>/dev/null | jq -r .what'
  [ "$output" = 'NAME is missing.' ]
  run bash -c '"$BERTH" --json site info .. 2>/dev/null | jq -r .what'
  [[ $output == *'is no site.' ]]
}

@test "all problems of a form are told" {
  answer POST_sites '422 application/problem+json' '{"what":"Two.","errors":[{"field":"name","what":"N."},{"field":"type","what":"T."}]}'
  run "$BERTH" site create a
  [[ $output == *'N.'*'T.'* ]]
}

@test "a change waits for its job and shows each step once" {
  answer POST_sites '202 application/json' "$(job QUEUED PENDING)"
  answer GET_jobs_7_events '200 text/event-stream' \
    $': hello\n\ndata: '"$(job RUNNING RUNNING)"$'\n\ndata:'"$(job RUNNING DONE)"$'\n\ndata: '"$(job SUCCEEDED DONE)"$'\n\n'
  run "$BERTH" site create a.com --type php
  [ "$status" -eq 0 ]
  [[ ${lines[0]} =~ ^\ \ done\ +Linux\ user\ \(0\.[23]\ s\)$ ]]
  [[ ${lines[1]} == 'a.com is ready.'* ]]
  [ "${#lines[@]}" -eq 2 ]
  run bash -c '"$BERTH" site create a.com --json | jq -r .state'
  [ "$output" = SUCCEEDED ]
}

@test "with --no-wait it does not" {
  answer POST_sites '202 application/json' "$(job QUEUED PENDING)"
  run "$BERTH" site create a.com --no-wait
  [ "$status" -eq 0 ]
  [ "$output" = 'Job 7 is on its way. To see it: berth job watch 7' ]
}

@test "a job that fails says why, with its own exit codes" {
  answer POST_sites '202 application/json' "$(job QUEUED PENDING)"
  for pair in UNDONE:5 CANCELLED:5 FAILED:8 STALLED:8; do
    answer GET_jobs_7_events '200 text/event-stream' \
      "data: $(job "${pair%:*}" FAILED ',"problem":{"what":"No.","why":"Because.","todo":"Do."}')"$'\n\n'
    run "$BERTH" site create a.com
    [ "$status" -eq "${pair#*:}" ]
    [[ $output == *failed*'Linux user'*No.*Because.*Do.* ]]
  done
}

@test "a connection that breaks is taken up again" {
  answer GET_jobs_7_events '200 text/event-stream' "data: $(job RUNNING RUNNING)"$'\n\n'
  answer GET_jobs_7 '502 text/html' down
  answer GET_jobs_7.next '200 application/json' "$(job SUCCEEDED DONE)"
  run "$BERTH" job watch 7
  [ "$status" -eq 0 ]
  [[ $output == *'went away'*done*'Linux user'*'The job is done.' ]]
}

@test "a job that does not exist is not waited for" {
  run "$BERTH" job watch 7
  [ "$status" -eq 3 ]
  run "$BERTH" job watch 7x
  [ "$status" -eq 2 ]
}

@test "without a terminal a deletion needs --yes" {
  answer DELETE_sites_a.com '202 application/json' "$(job SUCCEEDED DONE)"
  answer GET_jobs_7_events '200 text/event-stream' "data: $(job SUCCEEDED DONE)"$'\n\n'
  run "$BERTH" site delete a.com </dev/null
  [ "$status" -eq 2 ]
  [ ! -e "$FRONT/requests" ]
  run "$BERTH" site delete a.com --yes
  [ "$status" -eq 0 ]
}

@test "at a terminal the name is asked for" {
  answer DELETE_sites_a.com '202 application/json' "$(job SUCCEEDED DONE)"
  run bash -c 'echo b.com | script -qec "$BERTH site delete a.com --no-wait" /dev/null'
  [[ $output == *'Nothing was changed.'* ]]
  [ ! -e "$FRONT/requests" ]
  run bash -c 'echo a.com | script -qec "$BERTH site delete a.com --no-wait" /dev/null'
  [[ $output == *'Job 7 is on its way'* ]]
}

@test "a DNS access is sent whole, its secret from a file, and names with a star as they are" {
  local access='{"id":4,"name":"ours","kind":"rfc2136","provenLive":true,"zones":["a.com"],"server":"ns1.a.com","account":"key","algorithm":"hmac-sha256","offered":true,"sites":[]}'
  printf 'c2VjcmV0\n' >"$BATS_TEST_TMPDIR/secret"
  answer POST_dns-accesses '201 application/json' "$access"
  answer GET_dns-accesses_ours '200 application/json' "$access"
  answer PUT_dns-accesses_ours '200 application/json' "$access"
  answer POST_sites_a.com_certificate '422 application/problem+json' '{"what":"x"}'
  run "$BERTH" dns create ours --kind rfc2136 --zone a.com --zone b.com --server ns1.a.com --account key --offer \
    --secret-file "$BATS_TEST_TMPDIR/secret"
  [ "$status" -eq 0 ]
  [[ $output == *'rfc2136'* && $output != *c2VjcmV0* ]]
  [ "$(request '.body | fromjson' | jq -Sc .)" = \
    '{"account":"key","kind":"rfc2136","name":"ours","offered":true,"secret":"c2VjcmV0","server":"ns1.a.com","zones":["a.com","b.com"]}' ]
  run "$BERTH" dns update ours --withdraw
  [ "$status" -eq 0 ]
  [ "$(request 'select(.method == "PUT") | .body | fromjson' | jq -Sc .)" = \
    '{"account":"key","algorithm":"hmac-sha256","kind":"rfc2136","name":"ours","offered":false,"server":"ns1.a.com","zones":["a.com"]}' ]
  run "$BERTH" dns update ours --offer --withdraw
  [ "$status" -eq 2 ]
  run "$BERTH" cert issue a.com --challenge dns-01 --dns ours --wildcard '*.a.com'
  [ "$(request 'select(.path | endswith("/certificate")) | .body | fromjson' | jq -Sc .)" = \
    '{"challenge":"dns-01","dnsAccess":"ours","wildcards":["*.a.com"]}' ]
  run "$BERTH" cert issue a.com --wildcard '*.a.com' --wildcard-none
  [ "$status" -eq 2 ]
  run "$BERTH" cert issue a.com --authority staging --dry-run --no-wait
  [ "$(request 'select(.path | endswith("/certificate")) | .body | fromjson' | jq -Sc . | tail -n 1)" = \
    '{"authority":"staging","dryRun":true}' ]
}

@test "the language is asked for" {
  answer GET_sites '200 application/json' '{"items":[],"total":0}'
  LANG=de_AT.UTF-8 run "$BERTH" site list
  LC_ALL=C LANG=de_DE.UTF-8 run "$BERTH" site list
  [ "$(request '.headers["Accept-Language"]' | head -n 1)" = 'de, en;q=0.5' ]
  [ "$(request '.headers["Accept-Language"]' | tail -n 1)" = en ]
}

@test "a token goes only over TLS, only from a closed file, and never into arguments" {
  printf 'secret-1' >"$BATS_TEST_TMPDIR/token"
  chmod 644 "$BATS_TEST_TMPDIR/token"
  run "$BERTH" site list --url http://example.com --token-file "$BATS_TEST_TMPDIR/token"
  [ "$status" -eq 2 ]
  run "$BERTH" site list --url https://127.0.0.1:1 --token-file "$BATS_TEST_TMPDIR/token"
  [ "$status" -eq 2 ]
  [[ $output == *'chmod 600'* ]]
  chmod 600 "$BATS_TEST_TMPDIR/token"
  # A curl that says what it was given.
  mkdir -p "$BATS_TEST_TMPDIR/bin"
  printf '#!/bin/bash\nprintf "%%s\\n" "$@" >"%s/argv"\nwhile [[ $1 != --config ]]; do shift; done\ncat "$2" >"%s/config"\nexit 7\n' \
    "$BATS_TEST_TMPDIR" "$BATS_TEST_TMPDIR" >"$BATS_TEST_TMPDIR/bin/curl"
  chmod +x "$BATS_TEST_TMPDIR/bin/curl"
  PATH=$BATS_TEST_TMPDIR/bin:$PATH run "$BERTH" site list --url https://127.0.0.1:1 --token-file "$BATS_TEST_TMPDIR/token"
  [ "$status" -eq 7 ]
  [[ $(<"$BATS_TEST_TMPDIR/argv") != *secret-1* ]]
  grep -q 'Bearer secret-1' "$BATS_TEST_TMPDIR/config"
  printf 'x"\nurl = "file:///etc/passwd' >"$BATS_TEST_TMPDIR/token"
  run "$BERTH" site list --url https://127.0.0.1:1 --token-file "$BATS_TEST_TMPDIR/token"
  [ "$status" -eq 2 ]
}

@test "docs/cli.md holds the help texts as they are" {
  diff -B <("$BERTH" help --markdown) <(sed -n '/^## `berth`$/,$p' "$BATS_TEST_DIRNAME/../../../docs/cli.md")
}

@test "completion offers commands, options and values" {
  complete_line() {
    bash -c 'source "${BERTH%/*}/cli/completion.bash"; COMP_WORDS=("$BERTH" "$@"); COMP_CWORD=$#; _berth; printf "%s " "${COMPREPLY[@]}"' _ "$@"
  }
  [[ $(complete_line si) == 'site ' ]]
  [[ $(complete_line site su) == 'suspend ' ]]
  [[ $(complete_line site create x --ty) == '--type ' ]]
  [[ $(complete_line site create x --type '') == 'static php ' ]]
}

@test "a check-up repairs everything, or the one site that is named; without --repair no site is named" {
  answer GET_doctor '200 application/json' '{"healthy":true,"examined":1,"findings":[],"busy":[]}'
  answer POST_doctor_repair '202 application/json' '{"jobs":[]}'
  run "$BERTH" doctor --repair
  run "$BERTH" doctor --repair 'a"b.example'
  [ "$status" -eq 0 ]
  [[ $(request 'select(.method == "POST").body | fromjson | tojson') == $'{}\n{"site":"a\\"b.example"}' ]]
  run "$BERTH" doctor 12
  [ "$status" -eq 2 ]
  run "$BERTH" doctor --repair 12 13
  [ "$status" -eq 2 ]
  rm "$FRONT/POST_doctor_repair"
  run "$BERTH" doctor --repair 12
  [ "$status" -eq 3 ]
}

@test "the versions of TLS are shown, and chosen with what was confirmed" {
  answer GET_host_tls '200 application/json' '{"profile":"modern"}'
  answer PUT_host_tls '202 application/json' "$(job QUEUED PENDING)"
  run "$BERTH" host tls
  [ "$status" -eq 0 ]
  [ "$output" = 'modern (TLS 1.3 only)' ]
  run "$BERTH" host tls modern --confirm --no-wait
  run "$BERTH" host tls 'in"termediate' --no-wait
  [ "$status" -eq 0 ]
  [[ $(request 'select(.method == "PUT").body | fromjson | tojson') == $'{"profile":"modern","confirmed":true}\n{"profile":"in\\"termediate"}' ]]
  run "$BERTH" host tls modern intermediate
  [ "$status" -eq 2 ]
  run "$BERTH" host status
  [ "$status" -eq 2 ]
  answer PUT_host_tls '409 application/problem+json' '{"what":"W.","why":"Y.","todo":"T."}'
  run "$BERTH" host tls modern
  [ "$status" -eq 4 ]
}

@test "a site whose name was changed by hand is shown as damaged, with what to do" {
  answer GET_sites '200 application/json' '{"total":1,"items":[{"id":1,"name":"<b>","damaged":true,"state":"ACTIVE","type":"STATIC","owner":"alice","createdAt":"2026-01-01T00:00:00Z"}]}'
  run "$BERTH" site list
  [[ $output == *'active, damaged'* ]]
  answer GET_sites_1 '200 application/json' '{"id":1,"name":"<b>","state":"ACTIVE","type":"STATIC","owner":"alice","damage":{"what":"W1","why":"W2","todo":"W3"}}'
  run "$BERTH" site info 1
  [[ $output == *W1*W2*W3* ]]
}

@test "a certificate and its key go to the panel from their files, and the key is in no argument" {
  printf 'CERT "1"\n' >"$BATS_TEST_TMPDIR/c.pem"
  printf 'SECRET-KEY\n' >"$BATS_TEST_TMPDIR/k.pem"
  answer POST_sites_a.example_certificate_upload '422 application/problem+json' \
    '{"type":"x","title":"W1","status":422,"what":"W1","why":"W2","todo":"W3"}'
  mkdir -p "$BATS_TEST_TMPDIR/bin"
  printf '#!/bin/bash\nprintf "%%s\\n" "$0" "$@" >>"%s/argv"\nexec "/usr/bin/${0##*/}" "$@"\n' "$BATS_TEST_TMPDIR" | tee "$BATS_TEST_TMPDIR/bin/jq" >"$BATS_TEST_TMPDIR/bin/curl"
  chmod +x "$BATS_TEST_TMPDIR/bin/"*
  PATH=$BATS_TEST_TMPDIR/bin:$PATH run "$BERTH" cert upload a.example --certificate "$BATS_TEST_TMPDIR/c.pem" --key "$BATS_TEST_TMPDIR/k.pem"
  [ "$status" -eq 2 ]
  [[ $(request 'select(.method == "POST").body | fromjson | tojson') == '{"certificate":"CERT \"1\"\n","key":"SECRET-KEY\n"}' ]]
  grep -q rawfile "$BATS_TEST_TMPDIR/argv"
  ! grep -q SECRET "$BATS_TEST_TMPDIR/argv" || return 1
  run "$BERTH" cert upload a.example --key "$BATS_TEST_TMPDIR/k.pem"
  [ "$status" -eq 2 ]
  run "$BERTH" cert upload a.example --certificate "$BATS_TEST_TMPDIR/nothing.pem"
  [ "$status" -eq 2 ]
  [[ $output == *nothing.pem* ]]
}

@test "certificates of certbot are taken over for one site, from one folder, or for all; what failed is told by the exit code" {
  answer GET_certificates_found '200 application/json' '{"complete":false,"certificates":[{"lineage":"/etc/letsencrypt/live/a","names":["a.example","*.a.example"],"notAfter":"2027-01-01T00:00:00Z","sites":[{"id":1,"name":"a.example","selfSigned":true,"served":false}]},{"lineage":"/root/.acme.sh/b","names":[],"sites":[],"problem":{"what":"W1","why":"W2","todo":"W3"}}]}'
  run "$BERTH" cert found
  [ "$status" -eq 0 ]
  [[ $output == */etc/letsencrypt/live/a*a.example*2027-01-01*/root/.acme.sh/b*W2*'more than'* ]]
  answer POST_sites_a.example_certificate_import '202 application/json' "$(job QUEUED PENDING)"
  answer POST_certificates_import '202 application/json' '{"jobs":[{"id":7,"title":"T","targetName":"a.example"},{"id":8,"title":"T","targetName":"b.example"}]}'
  run "$BERTH" cert import a.example --no-wait
  run "$BERTH" cert import a.example --from '/etc/letsencrypt/live/*.a"b' --no-wait
  run "$BERTH" cert import --all --no-wait
  [[ $output == *'berth job watch 8'* ]]
  [[ $(request 'select(.method == "POST") | "\(.path)\(.body | rtrimstr("\n"))"' | sed 's|.*/api/v1||') == '/sites/a.example/certificate/import{}
/sites/a.example/certificate/import{"lineage":"/etc/letsencrypt/live/*.a\"b"}
/certificates/import' ]] || { request '"\(.method) \(.path) \(.body)"'; false; }
  answer GET_jobs_7 '200 application/json' '{"id":7,"state":"SUCCEEDED","title":"T","targetName":"a.example","finishedAt":"2026-01-01T00:00:00Z"}'
  answer GET_jobs_8 '200 application/json' '{"id":8,"state":"UNDONE","title":"T","targetName":"b.example","finishedAt":"2026-01-01T00:00:00Z"}'
  run "$BERTH" cert import --all
  [ "$status" -eq 8 ]
  [[ $output == *'succeeded  T a.example'*'undone  T b.example'* ]]
  answer POST_certificates_import '202 application/json' '{"jobs":[]}'
  run "$BERTH" cert import --all
  [ "$status" -eq 0 ]
  for wrong in '' '--all a.example' '--all --from /x' 'a.example b.example'; do
    run "$BERTH" cert import $wrong
    [ "$status" -eq 2 ]
  done
}

@test "whether a first certificate comes by itself is chosen by one word, and shown" {
  local site='{"site":"a.example","names":["a.example"],"uncovered":["a.example"],"keyType":"ec-256","leftOut":[],"challenge":"http-01","failures":0,"history":[],"automatic":false}'
  answer PATCH_sites_a.example_certificate '200 application/json' "$site"
  answer GET_certificates '200 application/json' '{"items":[{"site":"a.example","owner":"o","failures":0,"attention":false}],"total":1}'
  run "$BERTH" cert update a.example --automatic off
  [ "$status" -eq 0 ]
  [[ $output == *'By itself'*no* ]]
  [ "$(request '.body')" = '{"automatic":false}' ]
  run "$BERTH" cert update a.example
  [ "$status" -eq 2 ]
  run "$BERTH" cert update a.example --automatic perhaps
  [ "$status" -eq 2 ]
  run "$BERTH" cert list
  [[ $output == *a.example*self-signed* && $output != *uploaded* ]]
}

@test "a certificate that is not for every name of its site says so at the end" {
  answer POST_sites_a.example_certificate '202 application/json' "$(job QUEUED PENDING)"
  answer GET_jobs_7 '200 application/json' '{"id":7,"state":"SUCCEEDED","title":"T","targetName":"a.example","finishedAt":"2026-01-01T00:00:00Z"}'
  answer GET_sites_a.example_certificate '200 application/json' '{"site":"a.example","uncovered":["a.example","b.example"]}'
  run "$BERTH" cert issue a.example --leave-out a.example --confirm
  [ "$status" -eq 0 ]
  [[ $output == *'get the new certificate.'*'It is not for a.example, b.example: browsers warn there.'* ]]
  answer GET_sites_a.example_certificate '200 application/json' '{"site":"a.example","uncovered":[]}'
  run "$BERTH" cert issue a.example
  [ "$status" -eq 0 ]
  [[ $output != *'not for'* ]]
}

@test "a check says by which names others lead here" {
  answer POST_sites_a.example_certificate_check '202 application/json' "$(job QUEUED PENDING)"
  answer GET_jobs_7 '200 application/json' '{"id":7,"state":"SUCCEEDED","title":"T","targetName":"a.example","finishedAt":"2026-01-01T00:00:00Z"}'
  answer GET_sites_a.example_certificate '200 application/json' '{"site":"a.example","check":{"at":"2026-01-01T00:00:00Z","reachable":true,"names":[{"name":"a.example","addresses":"198.51.100.7","detour":true,"covered":true},{"name":"b.example","addresses":"192.0.2.1","detour":false,"covered":true}],"detour":{"what":"W1","why":"W2","todo":"W3"},"issuers":[]}}'
  run "$BERTH" cert check a.example
  [ "$status" -eq 0 ]
  [[ $output == *'a.example'*'comes back (*)'*'b.example'*'comes back '*'(*) W1'*W2*W3* ]]
}

@test "what may lock visitors out is asked for with the word that it is confirmed, and only then" {
  local command asked
  local -a words
  printf 'CERT\n' >"$BATS_TEST_TMPDIR/c.pem"
  answer GET_sites_a.example_certificate '200 application/json' '{"site":"a.example","served":{"number":4}}'
  for command in "issue a.example --leave-out b.example" "upload a.example --certificate $BATS_TEST_TMPDIR/c.pem" \
    'import a.example' 'back a.example' 'back a.example --self-signed' 'revoke a.example --self-signed --yes'; do
    rm -f "$FRONT/requests"
    read -ra words <<<"$command"
    run "$BERTH" cert "${words[@]}"
    run "$BERTH" cert "${words[@]}" --confirm
    asked=$(request 'select(.method == "POST") | .body | fromjson | .confirmed' | xargs)
    [[ $asked == 'null true' ]] || { echo "$command: $asked"; false; }
  done
  run "$BERTH" cert import --all --confirm
  [ "$status" -eq 2 ]
}

@test "a certificate is revoked by the number that was served when the command asked, and said so" {
  local certificate='{"site":"a.example","names":[],"uncovered":[],"leftOut":[],"keyType":"ec-256","challenge":"http-01","failures":0,"history":[],"before":3%s}'
  answer POST_sites_a.example_certificate_revoke '202 application/json' "$(job QUEUED PENDING)"
  answer GET_jobs_7 '200 application/json' '{"id":7,"state":"SUCCEEDED","title":"T","targetName":"a.example","finishedAt":"2026-01-01T00:00:00Z"}'
  # shellcheck disable=SC2059
  answer GET_sites_a.example_certificate '200 application/json' "$(printf "$certificate" ',"served":{"number":4,"issuer":"CA","names":["a.example"]}')"
  run "$BERTH" cert info a.example
  [[ $output == *Number*4*'One before'*3* ]]
  run script -qec "$BERTH cert revoke a.example" /dev/null <<<'a.example'
  [ "$status" -eq 0 ]
  [[ $output == *'declares certificate 4 of a.example void'*'Certificate 4 is revoked.'* ]]
  run "$BERTH" cert revoke a.example --certificate 2 --yes
  [[ $output == *'Certificate 2 is revoked.'* ]]
  [ "$(request 'select(.method == "POST") | .body | fromjson | [.certificate, .next] | tojson' | xargs -d '\n')" = '[4,"order"] [2,"order"]' ]
  # What visitors get in the moment after the question was none that anybody meant.
  # shellcheck disable=SC2059
  answer GET_sites_a.example_certificate '200 application/json' "$(printf "$certificate" '')"
  run "$BERTH" cert revoke a.example --yes
  [ "$status" -eq 3 ]
  [ "$(request 'select(.method == "POST") | .path' | wc -l)" -eq 2 ]
}

@test "what is revoked and still served says so, beside the numbers of those of before" {
  local revoked='"number":4,"state":"REVOKED","issuer":"CA","names":["a.example"],"endedAt":"2026-03-04T05:06:07Z"'
  answer GET_sites_a.example_certificate '200 application/json' "{\"site\":\"a.example\",\"uncovered\":[],\"leftOut\":[],\"served\":{$revoked},\"history\":[{\"number\":5,\"state\":\"FAILED\"},{$revoked,\"notBefore\":\"2026-01-02T00:00:00Z\",\"notAfter\":\"2026-04-02T00:00:00Z\"}]}"
  TZ=UTC run "$BERTH" cert info a.example
  [ "$status" -eq 0 ]
  [[ $output == *'Revoked since  2026-03-04 05:06'*NUMBER*STATE*'ISSUED BY'*5*failed*4*revoked*CA*'2026-01-02 00:00'*'2026-04-02 00:00'* ]]
  answer GET_sites_a.example_certificate '200 application/json' '{"site":"a.example","uncovered":[],"leftOut":[],"served":{"number":4,"state":"SERVED"},"history":[]}'
  run "$BERTH" cert info a.example
  [[ $output != *Revoked* && $output != *NUMBER* && $output != *'Nothing found'* ]]
  # One that the site signed itself is for all its names.
  answer GET_sites_a.example_certificate '200 application/json' '{"site":"a.example","uncovered":["a.example"],"leftOut":[]}'
  run "$BERTH" cert info a.example
  [[ $output == *self-signed* && $output != *'Not for'* ]]
}

@test "a certificate of before and its chain are named by number" {
  answer GET_sites_a.example_certificate_chain '200 application/json' '{"pem":"PEM"}'
  run "$BERTH" cert info a.example --pem --certificate 3
  [ "$output" = PEM ]
  [ "$(request .path)" = '/api/v1/sites/a.example/certificate/chain?certificate=3' ]
  run "$BERTH" cert back a.example --certificate 3
  [ "$(request 'select(.method == "POST") | .body')" = '{"certificate":3}' ]
  for wrong in 'info a.example --certificate 3' 'back a.example --certificate 3 --self-signed' 'back a.example --certificate x'; do
    # shellcheck disable=SC2086
    run "$BERTH" cert $wrong
    [ "$status" -eq 2 ]
  done
}

@test "the mail server is changed by what is named, and the password comes from a file" {
  answer GET_mail '200 application/json' '{"host":"mail.example.com","port":587,"security":"starttls","login":"u","hasPassword":true,"sender":"a@example.com","recipients":["b@example.com"],"language":"en","alarms":["jobs"]}'
  answer PUT_mail '200 application/json' '{"host":"mail.example.com","port":465,"security":"tls","hasPassword":true,"sender":"a@example.com","recipients":["c@example.com"],"language":"en","alarms":[]}'
  printf 'se"cr$et\n' >"$BATS_TEST_TMPDIR/password"
  run "$BERTH" mail set --security tls --recipient c@example.com --password-file "$BATS_TEST_TMPDIR/password" --no-alarms
  [ "$status" -eq 0 ]
  [[ $output == *'mail.example.com:465'*stored*c@example.com*nothing* ]]
  [[ $output != *cr* ]]
  # shellcheck disable=SC2016
  [ "$(request 'select(.method == "PUT") | .body | fromjson | [.host, .port, .security, .login, .password, .recipients, .alarms, has("hasPassword")] | tojson')" \
    = '["mail.example.com",null,"tls","u","se\"cr$et",["c@example.com"],[],false]' ]
}

@test "the first mail server needs nothing from before" {
  answer PUT_mail '200 application/json' '{"host":"localhost","port":25,"security":"none","hasPassword":false,"sender":"a@example.com","recipients":["b@example.com"],"language":"en","alarms":["jobs"]}'
  run "$BERTH" mail set --host localhost --security none --sender a@example.com --recipient b@example.com
  [ "$status" -eq 0 ]
  [ "$(request 'select(.method == "PUT") | .body | fromjson | tojson')" \
    = '{"host":"localhost","security":"none","sender":"a@example.com","recipients":["b@example.com"]}' ]
}

@test "the panel itself is named like a site, and goes back to the one before or to the self-signed one" {
  answer GET_sites_panel_certificate '200 application/json' \
    '{"site":"panel.example.com","names":["panel.example.com"],"uncovered":["panel.example.com"],"keyType":"ec-256","leftOut":[],"challenge":"http-01","failures":0,"history":[],"shown":{"names":["panel.example.com"],"notBefore":"2026-01-01T00:00:00Z","notAfter":"2028-01-01T00:00:00Z","fingerprint":"abc123","selfSigned":true}}'
  answer POST_sites_panel_certificate_back '409 application/problem+json' '{"what":"x"}'
  answer POST_sites_panel_certificate_withdraw '409 application/problem+json' '{"what":"x"}'
  run "$BERTH" cert info panel
  [ "$status" -eq 0 ]
  [[ $output == *'self-signed; browsers warn'* && $output == *abc123* && $output == *2028* ]]
  run "$BERTH" cert back panel
  run "$BERTH" cert back panel --self-signed
  [ "$(request 'select(.method == "POST") | .path' | xargs)" = \
    '/api/v1/sites/panel/certificate/back /api/v1/sites/panel/certificate/withdraw' ]
}
