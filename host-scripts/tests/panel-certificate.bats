load host
# The panel's own certificate: number 0 among the sites. Its front is another nginx, of which these tests begin a small one.
FRONT=/etc/berth/front
TLS=/var/lib/berth/tls/0
TOKEN=evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA
THUMBPRINT=9jg46WB3rR_AHD-EBXdN7cBkH1WOu0tA3M9fm21mqTI
setup_file() {
  load host
  [[ ! -e $FRONT/nginx.conf ]] || { echo "this host has a panel" >&2; return 1; }
  install -d "$FRONT" /run/berth/front
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$FRONT/panel.key" -out "$FRONT/panel.crt" -days 30 \
    -subj '/CN=Berth panel' -addext subjectAltName=DNS:panel.example.com 2>/dev/null
  printf 'ssl_certificate %s/panel.crt;\nssl_certificate_key %s/panel.key;\n' "$FRONT" "$FRONT" >"$FRONT/certificate.conf"
  cat >"$FRONT/nginx.conf" <<'CONF'
pid /run/berth/front/nginx.pid;
error_log stderr;
events {}
http {
    access_log off;
    include /etc/berth/front/certificate.conf;
    server {
        listen 8443 ssl;
        return 200 panel;
    }
}
CONF
  printf '[Service]\nType=exec\nExecStart=/usr/sbin/nginx -c %s/nginx.conf -g "daemon off;"\nExecReload=/usr/bin/kill -HUP $MAINPID\n' \
    "$FRONT" >/run/systemd/system/berth-front.service
  systemctl daemon-reload
  systemctl start berth-front.service
  CA=$BATS_FILE_TMPDIR
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$CA/root.key" -out "$CA/root.pem" -days 30 \
    -subj '/CN=Root' -addext basicConstraints=critical,CA:TRUE 2>/dev/null
}
teardown_file() {
  systemctl stop berth-front.service
  rm -rf "$FRONT" /run/berth/front "$TLS" /var/lib/berth/host/fence/0 /run/systemd/system/berth-front.service
  systemctl daemon-reload
}
setup() { CA=$BATS_FILE_TMPDIR; }

# issued NUMBER [DAYS]: the request of that number, answered; sets $CHAIN.
issued() {
  verb certificate-request "\"site\":0,\"certificate\":$1,\"keyType\":\"ec-256\"" 9
  [[ $status -eq 0 ]] || { show; return 1; }
  CHAIN=$(said '.result.csr' | openssl x509 -req -CA "$CA/root.pem" -CAkey "$CA/root.key" -days "${2:-10}" -copy_extensions copyall 2>/dev/null)
}
# installed NUMBER [CHAIN [KEY]]
installed() {
  verb certificate-install "$(jq -nc --argjson certificate "$1" --arg chain "${2-$CHAIN}" --arg key "${3-}" \
    '{site: 0, certificate: $certificate, chain: $chain} + if $key == "" then {} else {key: $key} end' | sed 's/^{//; s/}$//')" 9
}
# shown: what the front shows, as the name of its file, and whether its answer comes.
shown() {
  local seen file
  seen=$(openssl s_client -connect 127.0.0.1:8443 -servername panel.example.com </dev/null 2>/dev/null | openssl x509 -noout -fingerprint)
  for file in "$FRONT/panel.crt" "$TLS"/*.pem; do
    [[ ! -e $file || $(openssl x509 -noout -fingerprint -in "$file") != "$seen" ]] || printf '%s ' "${file##*/}"
  done
  curl -sk --connect-to ::127.0.0.1 https://panel.example.com:8443/
}

@test "panel: challenges are answered under its name, which no site has, and are nobody's else" {
  verb acme-challenge "\"site\":0,\"present\":true,\"challenges\":[\"$TOKEN.$THUMBPRINT\"]" 9
  done_well true
  http panel.example.com "/.well-known/acme-challenge/$TOKEN"
  [[ $code == 200 && $output == "$TOKEN.$THUMBPRINT" ]]
  verb acme-challenge "\"site\":0,\"present\":false,\"challenges\":[\"$TOKEN\"]" 9
  done_well true
  http panel.example.com "/.well-known/acme-challenge/$TOKEN"
  [[ $code == 404 ]]
}

@test "panel: the request is for the host's own name of it, and no other; the key is root's alone, also once it is served" {
  issued 1
  openssl x509 -noout -ext subjectAltName <<<"$CHAIN" | grep -qx ' *DNS:panel.example.com'
  verb certificate-request '"site":0,"certificate":2,"names":["other.example"],"keyType":"ec-256"' 9
  refused 2 bad-input names
  verb certificate-request '"site":0,"certificate":2,"names":[],"keyType":"ec-256"' 9
  refused 2 bad-input names
  installed 1
  done_well true
  [[ $(stat -c '%U %a' "$TLS") == 'root 2700' && ! -e $TLS/1.key && $(shown) == '1.pem panel' ]] || { shown; ls -la "$TLS"; false; }
  refute runuser -u www-data -- cat "$TLS/1.pem"
  curl -s --cacert "$CA/root.pem" --connect-to ::127.0.0.1 https://panel.example.com:8443/
  installed 1
  done_well false
}

@test "panel: a host without a name for the panel is told so" {
  cp -p /etc/berth/host.json "$BATS_TEST_TMPDIR/host.json"
  jq '.panelNames = ["10.0.0.1"]' "$BATS_TEST_TMPDIR/host.json" >/etc/berth/host.json
  verb certificate-request '"site":0,"certificate":3,"keyType":"ec-256"' 9
  cp -p "$BATS_TEST_TMPDIR/host.json" /etc/berth/host.json
  refused 3 no-name
}

@test "panel: a reload ends no connection that is open" {
  local line held before after
  exec {held}<>/dev/tcp/127.0.0.1/8443
  coproc OLD { openssl s_client -quiet -connect 127.0.0.1:8443 2>/dev/null; }
  soon pgrep --full 's_client -quiet -connect 127.0.0.1:8443'
  before=$(systemctl show -P MainPID berth-front)
  issued 4
  installed 4
  done_well true
  after=$(systemctl show -P MainPID berth-front)
  printf 'GET / HTTP/1.0\r\nHost: panel.example.com\r\n\r\n' >&"${OLD[1]}"
  IFS= read -r -t 50 line <&"${OLD[0]}"
  exec {held}>&-
  [[ $line == 'HTTP/1.1 200'* && $before == "$after" && $(shown) == '4.pem panel' ]] || { echo "$line"; shown; false; }
}

@test "panel: what browsers would not take, or the front would not, is refused, and it keeps what it shows" {
  local before
  before=$(shown)
  issued 5
  installed 5 "$(cat "$CA/root.pem")"
  refused 2 certificate-refused
  installed 5 "$CHAIN" "$(openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256)"
  refused 2 certificate-refused
  openssl req -newkey rsa:2048 -nodes -keyout "$BATS_TEST_TMPDIR/6.key" -subj / -addext 'subjectAltName=DNS:other.example' 2>/dev/null |
    openssl x509 -req -CA "$CA/root.pem" -CAkey "$CA/root.key" -days 5 -copy_extensions copyall 2>/dev/null >"$BATS_TEST_TMPDIR/6.crt"
  installed 6 "$(<"$BATS_TEST_TMPDIR/6.crt")" "$(<"$BATS_TEST_TMPDIR/6.key")"
  refused 2 certificate-refused
  cp -p "$FRONT/nginx.conf" "$BATS_TEST_TMPDIR/nginx.conf"
  sed -i 's/events {}/events {} nonsense;/' "$FRONT/nginx.conf"
  installed 5
  cp -p "$BATS_TEST_TMPDIR/nginx.conf" "$FRONT/nginx.conf"
  refused 5 config-refused
  [[ $(shown) == "$before" && ! -e $TLS/5.pem && -z $(find "$TLS" -name '6.*') ]] || { shown; ls "$TLS"; false; }
  [[ -z $(find /var/lib/berth/host/nginx -name 'test-front*') ]]
}

@test "panel: when it shows another one than it should, the one of before comes back" {
  local before
  before=$(shown)
  issued 7
  # Nobody answers where the proof asks.
  nft add table inet proof
  nft 'add chain inet proof in { type filter hook input priority 0; }'
  nft add rule inet proof in iif lo tcp dport 8443 reject
  installed 7
  nft delete table inet proof
  refused 5 not-served
  soon same "$before"
  [[ ! -e $TLS/7.pem && -e $TLS/7.key ]]
  systemctl stop berth-front.service
  installed 7
  refused 5 front-down
  [[ ! -e $TLS/7.pem && $(<"$FRONT/certificate.conf") == *"$TLS/4.pem;"* ]]
  systemctl start berth-front.service
  installed 7
  done_well true
  [[ $(shown) == '7.pem panel' ]]
}
same() { [[ $(shown) == "$1" ]]; }

is_written() { [[ -e $TLS/$1.pem ]]; }
is_in_place() { grep -qF "$TLS/$1.pem" "$FRONT/certificate.conf"; }
is_loaded() { [[ $(shown) == "$1.pem "* ]]; }

@test "panel: killed at any moment, it shows the one or the other, and the next call finishes it" {
  local stage n=10
  for stage in is_written is_in_place is_loaded; do
    n=$((n + 1))
    issued $n
    installed $n >/dev/null 3>&- &
    at_once "$stage" $n
    # It may be through by then.
    pkill -KILL --full '^/bin/bash .*host-scripts/certificate-install$' || (($? == 1))
    wait
    [[ $(shown) == *' panel' ]]
    soon is_unlocked 0
    installed $n
    [[ $status -eq 0 ]] || { show; return 1; }
    [[ $(shown) == "$n.pem panel" && ! -e $TLS/$n.key ]] || { shown; return 1; }
  done
}

@test "panel: a file that the front never took over is taken over by the next call" {
  sed -i "s|tls/0/13.pem|tls/0/12.pem|" "$FRONT/certificate.conf"
  [[ $(shown) == '13.pem panel' ]]
  installed 12 "$(openssl x509 -in "$TLS/12.pem")"
  done_well true
  [[ $(shown) == '12.pem panel' ]] || { shown; false; }
}

@test "panel: back to the one that it signed itself, the other one kept to go back to or forgotten" {
  verb certificate-withdraw '"site":0,"certificate":12,"keep":true,"dryRun":true' 9
  done_well false
  [[ $(shown) == '12.pem panel' ]]
  verb certificate-withdraw '"site":0,"certificate":12,"keep":true' 9
  done_well true
  [[ $(shown) == 'panel.crt panel' && -e $TLS/12.pem ]] || { shown; false; }
  verb certificate-withdraw '"site":0,"certificate":12,"keep":true' 9
  done_well false
  installed 12 "$(openssl x509 -in "$TLS/12.pem")"
  done_well true
  [[ $(shown) == '12.pem panel' ]] || { shown; false; }
  verb certificate-withdraw '"site":0,"certificate":12' 9
  done_well true
  [[ $(shown) == 'panel.crt panel' && ! -e $TLS/12.pem ]] || { shown; false; }
}

@test "panel: the key of what was only tried goes, and what is shown stays" {
  local before
  before=$(shown)
  issued 19
  [[ -e $TLS/19.key ]]
  verb certificate-clean '"site":0' 9
  done_well true
  [[ ! -e $TLS/19.key && $(shown) == "$before" ]] || { shown; false; }
  verb certificate-clean '"site":0' 9
  done_well false
}

@test "panel: an older lease is outranked, and its number stays none of other verbs'" {
  local name
  issued 20
  verb certificate-install "$(jq -nc --arg chain "$CHAIN" '{site: 0, certificate: 20, chain: $chain}' | sed 's/^{//; s/}$//')" 1
  refused 4 outranked
  for name in vhost-remove site-state; do
    verb "$name" '"site":0,"certificate":20,"state":"live"' 9
    [[ $status -eq 2 ]] || { show; return 1; }
  done
  raw host-inventory '{}'
  [[ $(said '[.result.sites[].numbers[]] | index(0)') == null ]] || { show; false; }
}
