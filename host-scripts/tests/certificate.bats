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
  for type in ec-256 ec-384 rsa-2048 rsa-4096; do
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
  [[ $(said '[.result.sites[] | select(.numbers | index(171)) | .has[] | select(. == "certificate-key")] | length') == 1 ]] || { show; false; }
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

@test "request: killed while the key is made, the next call makes it, and half a key is never taken for one" {
  local moment
  for moment in 03 06 09 12 20 40; do
    call certificate-request "\"site\":171,$(asked "3$moment" rsa-4096 site171.example)" 9 >/dev/null 2>&1 3>&- &
    sleep "0.$moment"
    pkill -KILL --full '^/bin/bash .*host-scripts/certificate-request$' || :
    wait
    soon is_unlocked 171
    [[ ! -e $TLS/3$moment.key ]] || openssl pkey -in "$TLS/3$moment.key" -noout
    request "3$moment" rsa-4096 site171.example
  done
}
