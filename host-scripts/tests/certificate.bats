load host
setup_file() { load host; local n; for n in 171 172; do wipe_site $n; make_site $n static "site$n.example"; done; }
teardown_file() { load host; local n; for n in 171 172; do wipe_site $n; done; }
TLS=/var/lib/berth/tls/171
ANSWERS=/var/lib/berth/visitors/.well-known/acme-challenge
TOKEN=evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA
OTHER_TOKEN=AAAAAAAAAAAAAAAAAAAAAA
THUMBPRINT=9jg46WB3rR_AHD-EBXdN7cBkH1WOu0tA3M9fm21mqTI
FOLDER_OF_TOKENS=/var/lib/berth/host/challenges

# challenges PRESENT CHALLENGE…
challenges() { printf '"challenges":%s,"present":%s' "$(jq -nc '$ARGS.positional' --args "${@:2}")" "$1"; }
# asked NUMBER TYPE NAME…
asked() { printf '"certificate":%s,"keyType":"%s","names":%s' "$1" "$2" "$(jq -nc '$ARGS.positional' --args "${@:3}")"; }
# request NUMBER TYPE NAME…: writes the request of site 171 to $CSR.
request() {
  CSR=$BATS_TEST_TMPDIR/$1.csr
  verb certificate-request "\"site\":171,$(asked "$@")" 9
  [[ $status -eq 0 ]] || { show; return 1; }
  said '.result.csr' >"$CSR"
}

@test "challenge: answered at once under every name of every site, by the whole key authorization, and no more when taken back" {
  local host
  verb acme-challenge "\"site\":171,$(challenges true "$TOKEN.$THUMBPRINT" "$OTHER_TOKEN.$THUMBPRINT")" 9
  done_well true
  for host in site171.example site172.example nobody.example; do
    http "$host" "/.well-known/acme-challenge/$TOKEN"
    [[ $code == 200 && $output == "$TOKEN.$THUMBPRINT" ]] || { echo "$host $code $output"; return 1; }
  done
  [[ $(stat -c %U:%G:%a "$ANSWERS/$TOKEN") == root:root:644 && $(<"$ANSWERS/$TOKEN") == "$TOKEN.$THUMBPRINT" ]]
  verb acme-challenge "\"site\":171,$(challenges true "$TOKEN.$THUMBPRINT")" 9
  done_well false
  verb acme-challenge "\"site\":171,$(challenges false "$TOKEN")" 9
  done_well true
  http site171.example "/.well-known/acme-challenge/$TOKEN"; [[ $code == 404 ]]
  http site171.example "/.well-known/acme-challenge/$OTHER_TOKEN"; [[ $code == 200 ]]
  verb acme-challenge "\"site\":171,$(challenges false "$TOKEN" "$OTHER_TOKEN")" 9
  done_well true
  verb acme-challenge "\"site\":171,$(challenges false "$TOKEN" "$OTHER_TOKEN")" 9
  done_well false
  [[ -z $(find "$ANSWERS" "$FOLDER_OF_TOKENS" -type f) ]]
}

@test "challenge: no site takes away or speaks for what is another's, or nobody's" {
  call acme-challenge "\"site\":171,$(challenges true "$TOKEN.$THUMBPRINT")" 9
  verb acme-challenge "\"site\":172,$(challenges false "$TOKEN")" 9
  refused 4 token-taken
  verb acme-challenge "\"site\":172,$(challenges true "$OTHER_TOKEN.$THUMBPRINT" "$TOKEN.$THUMBPRINT")" 9
  refused 4 token-taken
  [[ ! -e $ANSWERS/$OTHER_TOKEN && $(<"$ANSWERS/$TOKEN") == "$TOKEN.$THUMBPRINT" ]]
  echo by hand >"$ANSWERS/$OTHER_TOKEN"
  verb acme-challenge "\"site\":172,$(challenges false "$OTHER_TOKEN")" 9
  done_well false
  [[ -e $ANSWERS/$OTHER_TOKEN ]]
  rm "$ANSWERS/$OTHER_TOKEN"
  call acme-challenge "\"site\":171,$(challenges false "$TOKEN")" 9
}

@test "challenge: bad ones are refused: tokens and thumbprints of other lengths or letters, twice, both kinds mixed" {
  local bad before
  before=$(picture)
  for bad in "${OTHER_TOKEN:1}.$THUMBPRINT" "$TOKEN.${THUMBPRINT:1}" "$TOKEN.${THUMBPRINT}x" "$TOKEN" "../$TOKEN.$THUMBPRINT" "$TOKEN.$THUMBPRINT.$THUMBPRINT" \
    "$TOKEN/.$THUMBPRINT" "$TOKEN%2e.$THUMBPRINT" $'\n'"$TOKEN.$THUMBPRINT" "$TOKEN .$THUMBPRINT" "$(printf 'a%.0s' {1..129}).$THUMBPRINT" '' '*' "\$(id)$TOKEN.$THUMBPRINT"; do
    verb acme-challenge "\"site\":171,$(challenges true "$bad")" 9
    refused 2 bad-input || { echo "$bad"; return 1; }
  done
  for bad in "$TOKEN.$THUMBPRINT" "../../../etc/passwd-and-more" '.' '..'; do
    verb acme-challenge "\"site\":171,$(challenges false "$bad")" 9
    refused 2 bad-input || { echo "$bad"; return 1; }
  done
  verb acme-challenge "\"site\":171,$(challenges true)" 9; refused 2 bad-input challenges
  verb acme-challenge "\"site\":171,$(challenges true "$TOKEN.$THUMBPRINT" "$TOKEN.${THUMBPRINT/9/8}")" 9; refused 2 bad-input challenges
  verb acme-challenge "\"site\":171,\"present\":true,\"challenges\":$(jq -nc --arg end ".$THUMBPRINT" '[range(1000; 1101) | "aaaaaaaaaaaaaaaaaaaaaa\(.)\($end)"]')" 9
  refused 2 bad-input challenges
  [[ $(picture) == "$before" && -z $(ls "$ANSWERS") ]]
}

@test "challenge: a hundred of the longest at once" {
  local list
  list=$(jq -nc --arg end ".$THUMBPRINT" '[range(1000; 1100) | "\(. | tostring * 32)\($end)"]')
  verb acme-challenge "\"site\":171,\"present\":true,\"challenges\":$list" 9
  done_well true
  [[ $(ls "$ANSWERS" | wc -l) == 100 ]]
  # A site that goes takes its answers along.
  call acme-challenge "\"site\":172,$(challenges true "$TOKEN.$THUMBPRINT")" 9
  N=171 raw host-inventory '{}'
  [[ $(said '[.result.sites[] | select(.numbers | index(171)) | .has[] | select(. == "challenge")] | length') == 1 ]] || { show; false; }
  call vhost-remove '"site":171' 9
  [[ $(ls "$ANSWERS" "$FOLDER_OF_TOKENS" | grep -v : | sort -u | xargs) == "$TOKEN" ]]
  call acme-challenge "\"site\":172,$(challenges false "$TOKEN")" 9
  call vhost-apply '"site":171,"type":"static","canonical":"site171.example","serve":[],"redirect":[]' 9
}

@test "challenge: never written through a link, neither of the token nor of the folder" {
  echo untouched >"$BATS_TEST_TMPDIR/victim"
  ln -s "$BATS_TEST_TMPDIR/victim" "$ANSWERS/$TOKEN"
  verb acme-challenge "\"site\":171,$(challenges true "$TOKEN.$THUMBPRINT")" 9
  done_well true
  [[ ! -L $ANSWERS/$TOKEN && $(<"$BATS_TEST_TMPDIR/victim") == untouched ]]
  call acme-challenge "\"site\":171,$(challenges false "$TOKEN")" 9
  mv "$ANSWERS" "$ANSWERS.away"
  mkdir "$BATS_TEST_TMPDIR/elsewhere"
  ln -s "$BATS_TEST_TMPDIR/elsewhere" "$ANSWERS"
  verb acme-challenge "\"site\":171,$(challenges true "$TOKEN.$THUMBPRINT")" 9
  rm "$ANSWERS"
  mv "$ANSWERS.away" "$ANSWERS"
  refused 6 no-folder
  [[ -z $(ls "$BATS_TEST_TMPDIR/elsewhere") ]]
}

@test "challenge: a dry run answers nothing; a site that is not served is refused; what failed is taken back" {
  verb acme-challenge "\"site\":171,$(challenges true "$TOKEN.$THUMBPRINT"),\"dryRun\":true" 9
  done_well false
  [[ $(said '.plan | length') == 1 && ! -e $ANSWERS/$TOKEN ]]
  verb acme-challenge "\"site\":179,$(challenges true "$TOKEN.$THUMBPRINT")" 9
  refused 3 not-found
  rm -f /var/lib/berth/host/fence/179
  mkdir "$ANSWERS/$TOKEN"
  verb acme-challenge "\"site\":171,$(challenges true "$OTHER_TOKEN.$THUMBPRINT" "$TOKEN.$THUMBPRINT")" 9
  rmdir "$ANSWERS/$TOKEN"
  [[ $status -eq 5 || $status -eq 6 ]] || { show; false; }
  [[ ! -e $ANSWERS/$OTHER_TOKEN ]]
  call acme-challenge "\"site\":171,$(challenges false "$OTHER_TOKEN" "$TOKEN")" 9
  [[ -z $(find "$ANSWERS" "$FOLDER_OF_TOKENS" -type f) ]]
}

@test "request: a key of each type that root alone reads, and a request for the names, signed by it" {
  local type said n=10
  for type in ec-256 ec-384 rsa-2048 rsa-3072 rsa-4096; do
    n=$((n + 1))
    request $n $type site171.example '*.site171.example'
    said=$(openssl req -in "$CSR" -noout -verify -text 2>&1)
    [[ $said == *'verify OK'* && $said == *'DNS:site171.example, DNS:*.site171.example'* && $said == *"(${type#*-} bit)"* ]] || { echo "$said"; return 1; }
    [[ $said == *'Subject: '$'\n'* || $said == *'Subject:'$'\n'* ]] || { echo "$said"; return 1; }
    [[ $(stat -c %U:%a "$TLS/$n.key") == root:600 ]]
    cmp <(openssl req -in "$CSR" -noout -pubkey) <(openssl pkey -in "$TLS/$n.key" -pubout)
    refute runuser -u www-data -- cat "$TLS/$n.key"
  done
  raw host-inventory '{}'
  [[ $(said '[.result.sites[] | select(.numbers | index(171)) | .has[] | select(startswith("Key="))] | length') == 1 ]] || { show; false; }
}

@test "request: again, the same key; for other names too; with another type or an installed number it is refused" {
  request 20 ec-256 site171.example
  cp -p "$TLS/20.key" "$BATS_TEST_TMPDIR/key"
  request 20 ec-256 site171.example www.site171.example
  [[ $(said .changed) == false ]]
  cmp "$TLS/20.key" "$BATS_TEST_TMPDIR/key"
  [[ $(openssl req -in "$CSR" -noout -text) == *'DNS:site171.example, DNS:www.site171.example'* ]]
  verb certificate-request "\"site\":171,$(asked 20 rsa-2048 site171.example)" 9
  refused 4 other-key
  touch "$TLS/21.pem"
  verb certificate-request "\"site\":171,$(asked 21 ec-256 site171.example)" 9
  rm "$TLS/21.pem"
  refused 4 number-taken
  [[ ! -e $TLS/21.key ]]
  # Of no use to anybody.
  truncate -s 100 "$TLS/20.key"
  request 20 ec-256 site171.example
  [[ $(said .changed) == true ]]
}

@test "request: for another site's name, without names, for a site that is not served: refused" {
  verb certificate-request "\"site\":171,$(asked 22 ec-256 site171.example site172.example)" 9
  refused 4 name-taken
  verb certificate-request "\"site\":171,$(asked 22 ec-256 '*.site172.example')" 9
  refused 4 name-taken
  verb certificate-request "\"site\":171,$(asked 22 ec-256)" 9
  refused 2 bad-input names
  verb certificate-request "\"site\":179,$(asked 22 ec-256 site179.example)" 9
  refused 3 not-found
  rm -f /var/lib/berth/host/fence/179
  verb certificate-request "\"site\":171,$(asked 22 ec-256 site171.example),\"dryRun\":true" 9
  done_well false
  [[ ! -e $TLS/22.key && ! -e /var/lib/berth/tls/179 ]]
}

# What KEY's making has come to; a test that looks too late finds the next.
is_begun() { pgrep --full 'openssl genpkey' >/dev/null || is_made "$1"; }
is_made() { [[ -s $TLS/$1.key.new ]] || is_named "$1"; }
is_named() { [[ -e $TLS/$1.key ]]; }

@test "request: killed while the key is made, the next call makes it, and half a key is never taken for one" {
  local stage n=30
  for stage in is_begun is_made is_named; do
    n=$((n + 1))
    call certificate-request "\"site\":171,$(asked $n rsa-4096 site171.example)" 9 >/dev/null 2>&1 3>&- &
    at_once "$stage" $n
    pkill -KILL --full '^/bin/bash .*host-scripts/certificate-request$' || :
    wait
    soon is_unlocked 171
    [[ ! -e $TLS/$n.key ]] || openssl pkey -in "$TLS/$n.key" -noout
    request $n rsa-4096 site171.example
  done
}

# An authority of our own: a root and one between it and the certificates.
make_authority() {
  CA=$BATS_FILE_TMPDIR
  [[ ! -e $CA/root.pem ]] || return 0
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$CA/root.key" -out "$CA/root.pem" -days 30 \
    -subj '/CN=Root' -addext basicConstraints=critical,CA:TRUE 2>/dev/null
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$CA/sub.key" -subj '/CN=Between' 2>/dev/null |
    openssl x509 -req -CA "$CA/root.pem" -CAkey "$CA/root.key" -days 20 -extfile <(echo 'basicConstraints=critical,CA:TRUE') -out "$CA/sub.pem" 2>/dev/null
}
# issue NUMBER [DAYS]: answers the request of that number; sets $CHAIN.
issue() {
  make_authority
  openssl x509 -req -in "$BATS_TEST_TMPDIR/$1.csr" -CA "$CA/sub.pem" -CAkey "$CA/sub.key" -days "${2:-10}" -copy_extensions copyall 2>/dev/null \
    >"$BATS_TEST_TMPDIR/$1.crt"
  CHAIN=$(cat "$BATS_TEST_TMPDIR/$1.crt" "$CA/sub.pem")
}
# installed NUMBER [CHAIN [KEY]]
installed() {
  verb certificate-install "$(jq -nc --argjson certificate "$1" --arg chain "${2-$CHAIN}" --arg key "${3-}" \
    '{site: 171, certificate: $certificate, chain: $chain} + if $key == "" then {} else {key: $key} end' | sed 's/^{//; s/}$//')" 9
}
# shown [NAME]: the number in the web server's file, and whether a visitor who trusts the root is content.
# shellcheck disable=SC2120
shown() {
  make_authority
  grep -oP '"site 171 certificate \K[^"]+' /etc/berth/nginx/sites/171.conf
  curl -s --cacert "$CA/root.pem" --connect-to ::127.0.0.1 -o /dev/null -w '%{http_code}' "https://${1:-site171.example}/" || echo " refused"
}
wipe_certificates() {
  local n
  for n in "$@"; do rm -f "$TLS/$n".*; done
}

@test "install: visitors get it, by the key of the request, with its chain; again it changes nothing" {
  request 41 ec-256 site171.example www.site171.example
  issue 41
  installed 41
  done_well true
  [[ $(said .result.notAfter) == "$(date -u -d '+10 days' +%Y-%m-)"??T??:??:??Z && $(said .result.fingerprint) =~ ^[0-9a-f]{64}$ ]] || { show; false; }
  [[ $(shown) == $'41\n200' ]] || { shown; false; }
  [[ $(stat -c '%U:%G %a' "$TLS/41.pem") == 'root:www-data 640' && ! -e $TLS/41.key && -e $TLS/own-1.pem ]]
  installed 41
  done_well false
  # Another one comes after it: what was served before stays, what was before that goes.
  request 42 rsa-2048 site171.example
  issue 42
  installed 42
  done_well true
  [[ $(shown) == $'42\n200' && -e $TLS/41.pem && ! -e $TLS/own-1.pem ]]
  # A change of the site keeps it.
  call vhost-apply '"site":171,"type":"static","canonical":"site171.example","serve":["site171.example","more.example"],"redirect":[]' 9
  [[ $(shown) == $'42\n200' ]]
}

@test "install: one that was brought, with its key; a refused one leaves nothing of the key" {
  openssl req -newkey rsa:2048 -nodes -keyout "$BATS_TEST_TMPDIR/own.key" -subj / -addext 'subjectAltName=DNS:Site171.Example' 2>/dev/null >"$BATS_TEST_TMPDIR/51.csr"
  issue 51
  openssl rsa -in "$BATS_TEST_TMPDIR/own.key" -traditional -out "$BATS_TEST_TMPDIR/old.key" 2>/dev/null
  installed 51 "$CHAIN" "$(openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256)"
  refused 2 certificate-refused
  [[ -z $(find "$TLS" -name '51.*') ]]
  installed 51 "$CHAIN" "$(<"$BATS_TEST_TMPDIR/old.key")"
  done_well true
  [[ $(shown) == $'51\n200' ]]
}

@test "install: what visitors would not take is refused, and they keep what they have" {
  local before
  before=$(shown)
  request 61 ec-256 site171.example
  issue 61
  installed 61 "$(cat "$CA/sub.pem" "$BATS_TEST_TMPDIR/61.crt")"; refused 2 bad-input
  installed 61 "$(cat "$BATS_TEST_TMPDIR/61.crt" "$CA/root.pem")"; refused 2 bad-input
  installed 61 "$CHAIN and more"; refused 2 bad-input
  installed 61 ''; refused 2 bad-input
  installed 61 $'-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'; refused 2 bad-input
  installed 61 "$CHAIN" 'no key'; refused 2 bad-input
  installed 62; refused 3 not-found
  openssl req -newkey rsa:2048 -nodes -keyout "$BATS_TEST_TMPDIR/63.key" -subj / -addext 'subjectAltName=DNS:other.test' 2>/dev/null >"$BATS_TEST_TMPDIR/63.csr"
  issue 63
  installed 63 "$CHAIN" "$(<"$BATS_TEST_TMPDIR/63.key")"; refused 2 certificate-refused
  issue 61 0
  installed 61; refused 2 certificate-refused
  [[ -e $TLS/61.key ]]
  # Another one under a number that is taken.
  request 64 ec-256 site171.example
  issue 64
  installed 51 "$CHAIN" "$(<"$TLS/64.key")"; refused 4 number-taken
  [[ $(shown) == "$before" && ! -e $TLS/61.pem ]] || { shown; ls "$TLS"; echo "$before"; false; }
  wipe_certificates 61 64
}

@test "install: brought ones that begin later, have a weak key or a password are refused, and nothing of their keys stays" {
  local before
  before=$(shown)
  make_authority
  brought() { # NUMBER BITS [OPTION…]
    openssl req -newkey "rsa:$2" -nodes -keyout "$BATS_TEST_TMPDIR/$1.key" -subj / -addext 'subjectAltName=DNS:site171.example' 2>/dev/null |
      openssl x509 -req -CA "$CA/sub.pem" -CAkey "$CA/sub.key" -copy_extensions copyall "${@:3}" -out "$BATS_TEST_TMPDIR/$1.crt" 2>/dev/null
    CHAIN=$(cat "$BATS_TEST_TMPDIR/$1.crt" "$CA/sub.pem")
  }
  brought 66 1024 -days 5
  installed 66 "$CHAIN" "$(<"$BATS_TEST_TMPDIR/66.key")"; refused 2 certificate-refused chain
  [[ $(said .error.why) == *'1024 bits'* ]]
  brought 67 2048 -days 5
  installed 67 "$CHAIN" "$(openssl pkey -in "$BATS_TEST_TMPDIR/67.key" -aes256 -passout pass:secret)"; refused 2 bad-input key
  # x509 of OpenSSL 3.0 cannot make one that begins later; ca can.
  printf '[ca]\ndefault_ca=a\n[a]\ndatabase=%s/index\nserial=%s/serial\nnew_certs_dir=%s\ndefault_md=sha256\npolicy=p\ncopy_extensions=copyall\n[p]\n' \
    "$BATS_TEST_TMPDIR" "$BATS_TEST_TMPDIR" "$BATS_TEST_TMPDIR" >"$BATS_TEST_TMPDIR/ca.conf"
  : >"$BATS_TEST_TMPDIR/index"
  echo 01 >"$BATS_TEST_TMPDIR/serial"
  openssl req -newkey rsa:2048 -nodes -keyout "$BATS_TEST_TMPDIR/68.key" -subj /CN=x -addext 'subjectAltName=DNS:site171.example' -out "$BATS_TEST_TMPDIR/68.csr" 2>/dev/null
  openssl ca -batch -notext -preserveDN -config "$BATS_TEST_TMPDIR/ca.conf" -cert "$CA/sub.pem" -keyfile "$CA/sub.key" -in "$BATS_TEST_TMPDIR/68.csr" \
    -startdate "$(date -u -d '+2 days' +%Y%m%d%H%M%SZ)" -enddate "$(date -u -d '+9 days' +%Y%m%d%H%M%SZ)" -out "$BATS_TEST_TMPDIR/68.crt" 2>/dev/null
  installed 68 "$(cat "$BATS_TEST_TMPDIR/68.crt" "$CA/sub.pem")" "$(<"$BATS_TEST_TMPDIR/68.key")"; refused 2 certificate-refused chain
  [[ $(said .error.what) == *'not valid yet'* ]] || { show; false; }
  [[ $(shown) == "$before" && -z $(find "$TLS" -name '6[678].*') ]] || { shown; ls "$TLS"; false; }
}

@test "install: when visitors would get another one, the one of before is served again" {
  local before
  before=$(shown)
  request 71 ec-256 site171.example
  issue 71
  # Nobody answers where the proof asks.
  answer_again() { nft delete table inet proof; }
  nobody_answers() {
    nft add table inet proof
    nft 'add chain inet proof in { type filter hook input priority 0; }'
    nft add rule inet proof in iif lo tcp dport 443 reject
  }
  nobody_answers
  installed 71
  answer_again
  refused 5 not-served
  [[ $(shown) == "$before" && ! -e $TLS/71.pem && -e $TLS/71.key ]]
  installed 71
  done_well true
  [[ $(shown) == $'71\n200' ]]
  # As after a kill between the switch and the proof: what was before is not known, and nothing else is said.
  nobody_answers
  installed 71
  answer_again
  refused 6 not-served
  [[ $output != *'served again'* && $(shown) == $'71\n200' && -e $TLS/71.pem ]] || { show; false; }
  installed 71
  done_well false
}

# How far an installation of certificate NUMBER has come: nothing of it goes away again while it succeeds.
is_written() { [[ -e $TLS/$1.pem ]]; }
is_wanted() { [[ -e /var/lib/berth/host/nginx/pending/171 ]] || is_in_place "$1"; }
is_in_place() { grep -qF "\"site 171 certificate $1\"" /etc/berth/nginx/sites/171.conf; }
is_loaded() { (($(</var/lib/berth/host/nginx/generation) > generation)); }

@test "install: killed at any moment, visitors get the one or the other, and the next call finishes it" {
  local stage n=80 generation
  request 80 ec-256 site171.example
  issue 80
  installed 80
  done_well true
  for stage in is_written is_wanted is_in_place is_loaded; do
    n=$((n + 1))
    request $n ec-256 site171.example
    issue $n
    generation=$(</var/lib/berth/host/nginx/generation)
    installed $n >/dev/null 3>&- &
    at_once "$stage" $n
    # It may be through by then.
    pkill -KILL --full '^/bin/bash .*host-scripts/certificate-install$' || (($? == 1))
    wait
    shown | grep -q 200
    installed $n
    [[ $status -eq 0 ]] || { show; return 1; }
    [[ $(shown) == "$n"$'\n200' && ! -e $TLS/$n.key ]]
  done
}

@test "clean: keys of orders that nobody goes on with are removed, but not the one that is kept, nor what visitors get" {
  local before
  before=$(shown)
  request 91 ec-256 site171.example
  cp "$TLS/91.key" "$TLS/90.key"
  : >"$TLS/89.key.new"
  verb certificate-clean '"site":171,"keep":91' 9
  done_well true
  [[ $(cd "$TLS" && ls ./*.key*) == ./91.key ]]
  verb certificate-clean '"site":171,"keep":91' 9
  done_well false
  verb certificate-clean '"site":171' 9
  done_well true
  [[ -z $(find "$TLS" -name '*.key*') && $(shown) == "$before" ]]
}

@test "request and install: keys of orders before are removed, since nobody goes on with them" {
  request 95 ec-256 site171.example
  cp "$TLS/95.key" "$TLS/97.key"
  request 96 ec-256 site171.example
  [[ $(cd "$TLS" && ls ./*.key) == $'./96.key\n./97.key' ]] || { ls "$TLS"; false; }
  # As one of a time before.
  cp "$TLS/96.key" "$TLS/95.key"
  issue 96
  installed 96
  done_well true
  [[ $(cd "$TLS" && ls ./*.key) == ./97.key ]] || { ls "$TLS"; false; }
  rm "$TLS/97.key"
}

@test "install: going back to the one that was served before takes no key, and is proven as ever" {
  local n
  for n in 92 93; do
    request $n ec-256 site171.example
    issue $n
    cp "$BATS_TEST_TMPDIR/$n.crt" "$BATS_FILE_TMPDIR/$n.crt"
    installed $n
    done_well true
  done
  CHAIN=$(cat "$BATS_FILE_TMPDIR/92.crt" "$CA/sub.pem")
  installed 92
  done_well true
  [[ $(shown) == $'92\n200' && -e $TLS/93.pem ]] || { shown; ls "$TLS"; false; }
  # Not to one of which nothing is left.
  rm "$TLS/93.pem"
  CHAIN=$(cat "$BATS_FILE_TMPDIR/93.crt" "$CA/sub.pem")
  installed 93
  refused 3 not-found
  [[ $(shown) == $'92\n200' ]]
}

@test "withdraw: the site signs its own again, and nothing is left of the other; again it changes nothing" {
  local own
  request 94 ec-256 site171.example
  issue 94
  installed 94
  verb certificate-withdraw '"site":171,"certificate":94,"dryRun":true' 9
  done_well false
  [[ $(shown) == $'94\n200' ]]
  verb certificate-withdraw '"site":171,"certificate":94' 9
  done_well true
  own=$(grep -oP '"site 171 certificate \Kown-[0-9]+' /etc/berth/nginx/sites/171.conf)
  [[ -n $own && -e $TLS/$own.pem && -z $(find "$TLS" -name '94.*') ]] || { ls "$TLS"; false; }
  openssl s_client -connect 127.0.0.1:443 -servername site171.example </dev/null 2>/dev/null | openssl x509 -noout -subject | grep -q 'signed by itself'
  [[ $(curl -sk --connect-to ::127.0.0.1 -o /dev/null -w '%{http_code}' https://site171.example/) == 200 ]]
  verb certificate-withdraw '"site":171,"certificate":94' 9
  done_well false
  # One that is not served is forgotten only.
  request 95 ec-256 site171.example
  verb certificate-withdraw '"site":171,"certificate":95' 9
  done_well true
  [[ -z $(find "$TLS" -name '95.*') ]]
  grep -q "certificate $own" /etc/berth/nginx/sites/171.conf
  verb certificate-withdraw '"site":173,"certificate":1' 9
  refused 3 not-found
  verb certificate-withdraw '"site":171,"certificate":0' 9
  refused 2 bad-input certificate
}

@test "withdraw: killed at any moment, visitors get the one or the other, and the next call finishes it" {
  local after n=95
  for after in 0.05 0.1 0.2 0.3; do
    n=$((n + 1))
    request $n ec-256 site171.example
    issue $n
    installed $n
    call certificate-withdraw "\"site\":171,\"certificate\":$n" 9 >/dev/null 2>&1 3>&- &
    sleep "$after"
    pkill -KILL --full '^/bin/bash .*host-scripts/certificate-withdraw$' || true
    wait
    [[ $(curl -sk --connect-to ::127.0.0.1 -o /dev/null -w '%{http_code}' https://site171.example/) == 200 ]]
    verb certificate-withdraw "\"site\":171,\"certificate\":$n" 9
    [[ $status -eq 0 ]] || { show; return 1; }
    grep -q 'certificate own-' /etc/berth/nginx/sites/171.conf
    [[ -z $(find "$TLS" -name "$n.*") && ! -e /var/lib/berth/host/nginx/pending/171 ]]
  done
}
