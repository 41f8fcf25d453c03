load host
# Certificates that certbot and acme.sh keep: found, and served with their keys.
setup_file() { load host; wipe_site 175; make_site 175 static site175.example; }
teardown_file() { load host; wipe_site 175; }
LIVE=/etc/letsencrypt/live
TLS=/var/lib/berth/tls/175
setup() { teardown; mkdir -p "$LIVE"; }
teardown() { rm -rf /etc/letsencrypt /root/.acme.sh /root/elsewhere; }
# mint FOLDER CHAIN-FILE KEY-FILE [NAME]: a certificate of an authority, with its key.
mint() {
  local made=$BATS_FILE_TMPDIR/made
  mkdir -p "$made" "$1"
  [[ -e $made/root.pem ]] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$made/root.key" -out "$made/root.pem" \
    -days 30 -subj '/CN=Root' -addext basicConstraints=critical,CA:TRUE 2>/dev/null
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1/$3" -subj / -addext "subjectAltName=DNS:${4-site175.example}" 2>/dev/null |
    openssl x509 -req -CA "$made/root.pem" -CAkey "$made/root.key" -days 10 -copy_extensions copyall -out "$1/$2" 2>/dev/null
}
# certbot NAME: as certbot lays it out, links and all.
certbot() {
  local part
  mint "/etc/letsencrypt/archive/$1" fullchain1.pem privkey1.pem
  mkdir -p "$LIVE/$1"
  for part in fullchain privkey; do
    ln -s "../../archive/$1/${part}1.pem" "$LIVE/$1/$part.pem"
  done
}
find_all() {
  raw certificate-find '{}'
  done_well false
}
# of FOLDER FILTER: what is said of one.
of() { jq -r --arg lineage "$1" ".result.found[] | select(.lineage == \$lineage) | $2" <<<"$output"; }
# take NUMBER FOLDER [MORE]: with the chain that was found.
take() {
  local chain
  find_all
  chain=$(jq --arg lineage "$2" '[.result.found[] | select(.lineage == $lineage) | .chain][0] // "-"' <<<"$output")
  verb certificate-install "\"site\":175,\"certificate\":$1,\"chain\":$chain,\"lineage\":\"$2\"${3-}" 9
}
served() { grep -oP '"site 175 certificate \K[^"]+' /etc/berth/nginx/sites/175.conf; }

@test "find: nothing where there is nothing, and folders that hold no certificate are none" {
  find_all
  [[ $(said .result) == '{"found":[],"complete":true}' ]]
  mkdir -p /etc/letsencrypt/{accounts,renewal-hooks,live/empty} /root/.acme.sh/{ca,dnsapi}
  touch /etc/letsencrypt/renewal /etc/letsencrypt/live/README
  find_all
  [[ $(said .result) == '{"found":[],"complete":true}' ]]
  rm -r /etc/letsencrypt
  find_all
  [[ $(said .result) == '{"found":[],"complete":true}' ]]
}

@test "find: the layouts of certbot and acme.sh, each with chain and public key, and no private key" {
  local folder
  certbot a.example
  mint "$LIVE/b.example" fullchain.pem key.pem
  mint /etc/letsencrypt/renewal/b.example_ecc fullchain.cer b.example.key
  mint '/etc/letsencrypt/*.c.example' fullchain.cer '*.c.example.key'
  mint /root/.acme.sh/d.example fullchain.cer d.example.key
  find_all
  [[ $(said '[.result.found[].lineage] | sort | join(" ")') == "/etc/letsencrypt/*.c.example $LIVE/a.example $LIVE/b.example /etc/letsencrypt/renewal/b.example_ecc /root/.acme.sh/d.example" ]] || { show; false; }
  [[ $(said '.result.found | all(has("fault") | not)') == true && $output != *PRIVATE* && $stderr != *PRIVATE* ]]
  for folder in "$LIVE/a.example" '/etc/letsencrypt/*.c.example' /root/.acme.sh/d.example; do
    cmp <(of "$folder" .chain | openssl x509 -noout -pubkey) <(of "$folder" .publicKey | sed '/^$/d')
  done
}

@test "find: comments and ends of lines of another system are left out, and a key in the chain's file is not told" {
  mint "$LIVE/a.example" fullchain.pem key.pem
  { echo 'Bag "Attributes" \'; sed 's/$/\r/' "$LIVE/a.example/fullchain.pem"; cat "$LIVE/a.example/key.pem" "$BATS_FILE_TMPDIR/made/root.pem"; } >"$LIVE/a.example/new"
  mv "$LIVE/a.example/new" "$LIVE/a.example/fullchain.pem"
  find_all
  [[ $(of "$LIVE/a.example" .chain | grep -c '^-----BEGIN CERTIFICATE-----$') == 2 && $output != *PRIVATE* && $output != *Bag* ]] || { show; false; }
}

@test "find: what may not be read is told with its reason: links that lead out, pipes, large files, others' files, passwords" {
  local name
  mkdir /root/elsewhere
  mint /root/elsewhere fullchain.pem key.pem
  for name in out keyout dangling pipe large other nul text nokey word; do
    mint "$LIVE/$name" fullchain.pem key.pem
  done
  ln -sf /root/elsewhere/fullchain.pem "$LIVE/out/fullchain.pem"
  ln -sf ../../../../root/elsewhere/key.pem "$LIVE/keyout/key.pem"
  ln -sf nowhere "$LIVE/dangling/fullchain.pem"
  rm "$LIVE/pipe/key.pem"; mkfifo "$LIVE/pipe/key.pem"
  head -c 60000 /dev/zero | tr '\0' A >>"$LIVE/large/fullchain.pem"
  chown nobody "$LIVE/other/key.pem"
  printf '\0' >>"$LIVE/nul/fullchain.pem"
  echo nothing >"$LIVE/text/fullchain.pem"
  rm "$LIVE/nokey/key.pem"
  openssl pkey -in "$LIVE/word/key.pem" -aes256 -passout pass:secret -out "$LIVE/word/new"; mv "$LIVE/word/new" "$LIVE/word/key.pem"
  ln -s /root/elsewhere "$LIVE/folder"
  find_all
  [[ $(for name in out keyout dangling pipe large other nul text nokey word folder; do of "$LIVE/$name" .fault; done | xargs) == \
    'foreign foreign foreign foreign large foreign unreadable unreadable no-key unreadable foreign' ]] || { show; false; }
  [[ $(of "$LIVE/keyout" .chain) == *BEGIN* && $(said '[.result.found[] | select(has("publicKey"))] | length') == 0 ]]
  # The folder of certbot may itself be elsewhere.
  mv /etc/letsencrypt /root/elsewhere/moved
  ln -s /root/elsewhere/moved /etc/letsencrypt
  mint "$LIVE/good" fullchain.pem key.pem
  find_all
  [[ $(of "$LIVE/good" '.fault // "none"') == none ]]
}

@test "find: names that no domain has are passed over; of too many it says so" {
  mint "$LIVE/good" fullchain.pem key.pem
  for name in $'a\nb' 'a b' 'a"b' '$(id)' '-rf' '.hidden' 'ä'; do
    cp -r "$LIVE/good" "$LIVE/$name"
  done
  find_all
  [[ $(said '.result | [.found[].lineage, .complete] | join(" ")') == "$LIVE/good true" ]] || { show; false; }
  for name in {1..500}; do
    mkdir "$LIVE/n$name"
    : >"$LIVE/n$name/fullchain.pem"
  done
  find_all
  [[ $(said '.result | "\(.found | length) \(.complete)"') == '500 false' ]]
}

@test "install: visitors get what certbot and acme.sh have; only root and the web server read the key, and theirs stays" {
  local before
  certbot site175.example
  before=$(sha256sum "$LIVE"/site175.example/*; stat -c '%U %a %Y' "$LIVE"/site175.example/*)
  take 1 "$LIVE/site175.example"
  done_well true
  [[ $(served) == 1 && $output != *PRIVATE* && $stderr != *PRIVATE* ]]
  [[ $(stat -c '%U:%G %a' "$TLS/1.pem") == 'root:www-data 640' && ! -e $TLS/1.key ]]
  refute runuser -u berth -- cat "$TLS/1.pem"
  curl -s --cacert "$BATS_FILE_TMPDIR/made/root.pem" --connect-to ::127.0.0.1 -o /dev/null https://site175.example/
  [[ $(sha256sum "$LIVE"/site175.example/*; stat -c '%U %a %Y' "$LIVE"/site175.example/*) == "$before" ]]
  take 1 "$LIVE/site175.example"
  done_well false
  # A call that is repeated once certbot has another key goes on with the one that it took.
  find_all
  before=$(jq '.result.found[0].chain' <<<"$output")
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out /etc/letsencrypt/archive/site175.example/privkey1.pem 2>/dev/null
  verb certificate-install "\"site\":175,\"certificate\":1,\"chain\":$before,\"lineage\":\"$LIVE/site175.example\"" 9
  done_well false
  mint /root/.acme.sh/site175.example_ecc fullchain.cer site175.example.key
  take 2 /root/.acme.sh/site175.example_ecc
  done_well true
  [[ $(served) == 2 && -e $TLS/1.pem ]]
}

@test "install: of one that cannot be taken nothing is left, and visitors keep what they have" {
  local before name found
  before=$(served)
  for name in other keyout pipe own nokey names; do
    mint "$LIVE/$name" fullchain.pem key.pem
  done
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$LIVE/other/key.pem" 2>/dev/null
  take 21 "$LIVE/other"; refused 2 certificate-refused chain
  mkdir /root/elsewhere
  mv "$LIVE/keyout/key.pem" /root/elsewhere/key.pem
  ln -s /root/elsewhere/key.pem "$LIVE/keyout/key.pem"
  take 21 "$LIVE/keyout"; refused 2 certificate-refused lineage
  rm "$LIVE/pipe/key.pem"; mkfifo "$LIVE/pipe/key.pem"
  take 21 "$LIVE/pipe"; refused 2 certificate-refused lineage
  chown nobody "$LIVE/own/key.pem"
  take 21 "$LIVE/own"; refused 2 certificate-refused lineage
  rm "$LIVE/nokey/key.pem"
  take 21 "$LIVE/nokey"; refused 2 certificate-refused lineage
  mint "$LIVE/names" fullchain.pem key.pem other.example
  find_all
  found=$output
  take 21 "$LIVE/names"; refused 2 certificate-refused chain
  verb certificate-install "\"site\":175,\"certificate\":21,\"chain\":$(jq '.result.found[0].chain' <<<"$found"),\"lineage\":\"$LIVE/missing\"" 9
  refused 3 not-found lineage
  take 21 "$LIVE/own" ",\"key\":\"-----BEGIN PRIVATE KEY-----\""; refused 2 bad-input lineage
  for name in /etc/shadow "$LIVE/../../shadow" "$LIVE/a/b" "$LIVE/.." "$LIVE/" /root/.ssh/id "$LIVE/a;id" "$LIVE/a b" 'live/a' "$LIVE/a\\n" "/srv$LIVE/a" /root/xacme.sh/a; do
    take 21 "$name"; refused 2 bad-input lineage || { echo "$name"; return 1; }
  done
  [[ $(served) == "$before" && -z $(find "$TLS" -name '21.*') ]]
}
