load host
# Bad values at each key of each verb: refused with the key's name, nothing changed, one line in the audit log.
setup_file() {
  load host
  wipe_site 211
  make_site 211 php site211.example
}
teardown_file() { load host; wipe_site 211; }

good() {
  case $1 in
    site-files-create) echo '"name":"xn--bcher-kva.a.example","shown":"bücher.a.example"' ;;
    php-apply) echo "\"version\":\"$(php_version)\",$LIMITS,\"maxChildren\":4" ;;
    site-user-create) echo "$ROOM" ;;
    database-create) echo "\"password\":\"$PASSWORD\"" ;;
    vhost-apply) echo '"type":"static","canonical":"a.example","serve":["b.example"],"redirect":["c.example"],"forceHttps":true,"hsts":"off"' ;;
    acme-challenge) echo '"challenges":["AAAAAAAAAAAAAAAAAAAAAA"],"present":false' ;;
    certificate-request) echo '"certificate":7,"names":["a.example"],"keyType":"ec-256"' ;;
    site-state) echo '"state":"suspended"' ;;
    tls-profile) echo '"site":0,"profile":"modern"' ;;
  esac
}

# refuse_each VERB KEY FIELD VALUE…: puts each value (JSON) in the key's place.
refuse_each() {
  local name=$1 key=$2 field=$3 value document before count
  shift 3
  document=$(jq -c . <<<"{\"call\":{\"job\":7,\"step\":\"bad\",\"epoch\":1,\"token\":1,\"actor\":\"alice\"},\"site\":211$(good "$name" | sed 's/^./,&/')}")
  document=$(jq -c ".$key = \"@@\"" <<<"$document")
  before=$(picture)
  for value; do
    count=$(audit_lines)
    # By text, so that numbers stay as they are written.
    raw "$name" "${document/'"@@"'/"$value"}"
    refused 2 bad-input "$field" || { echo "$name $key $value"; return 1; }
    [[ $(audit_lines) == $((count + 1)) ]]
  done
  [[ $(picture) == "$before" ]] || { echo "$name $key changed something"; return 1; }
}

LONG_LABEL=$(printf 'a%.0s' {1..64})
LONG_NAME=$(printf 'abcdefgh.%.0s' {1..27})abcdefg.com
DOMAINS=('"a.com;id"' '"$(id).com"' '"`id`.com"' '"a.com{}"' '"../a.com"' '"-a.com"' '"a-.com"' '"*.com"' '"localhost"' '"a.localhost"'
  '"panel.example.com"' '"10.0.0.1"' '"[::1]"' '"::1"' "\"$LONG_LABEL.com\"" "\"$LONG_NAME\"" '"a..com"' '".com"' '"a.com."' '"A.com"' '"ä.de"'
  '"a.com\n"' '"a.com\nroot /;"' '"a com"' '"a.com#"' '"a.com$host"' '"a.com\u0000"' '"a.com\\"' "\"a.com'\"" '"a.com\""' '"com"' '""' '"a_b.com"'
  '"generation.berth.invalid"' '"a.1"' '"%61.com"' 'null' '12' 'true' '["a.com"]' '{"a":"a.com"}')
INTEGERS=('"5"' '"5;id"' '5.5' '-1' '0' '1e30' '99999999999999999999' 'null' 'true' '[5]' '"128M\nuser=root"' '"999G"' '-5e0' '"0x10"')

@test "site, at every verb" {
  local name
  for name in site-user-create site-user-remove site-files-create site-files-remove php-apply php-remove \
    database-create database-remove vhost-apply vhost-remove site-state; do
    refuse_each "$name" site site '0'
  done
  for name in site-user-create site-user-remove site-files-create site-files-remove php-apply php-remove \
    database-create database-remove vhost-apply vhost-remove site-state acme-challenge certificate-request; do
    refuse_each "$name" site site '-1' '30000' '1.5' '"12"' '"../12"' '"12;id"' 'null' '[12]' 'true' '1e9' '"root"' '"%2e%2e%2f"' '""' '99999999999999999999999'
  done
  raw site-inspect '{"site":"../../etc"}'; refused 2 bad-input site
  raw site-inspect '{}'; refused 2 bad-input site
  raw site-use '{"site":"../../etc"}'; refused 2 bad-input site
}

@test "call, at every verb that changes something" {
  local name
  for name in site-user-create php-apply vhost-apply; do
    refuse_each "$name" call call 'null' '[]' '"x"' '1'
    refuse_each "$name" call.job call.job '"7"' '-1' '1.5' 'null' '9007199254740993000'
    refuse_each "$name" call.epoch call.epoch '"1"' '-1' 'null'
    refuse_each "$name" call.token call.token '"1"' '-1' 'null'
    refuse_each "$name" call.step call.step '"../x"' '"a b"' '"A"' '"a\n"' '""' '"-a"' 'null' "\"$LONG_LABEL\""
    refuse_each "$name" call.actor call.actor '"a\nb"' '"a b"' '"\"}"' '""' '"-x"' 'null' '"<script>"'
    refuse_each "$name" call.other call.other '1'
    refuse_each "$name" dryRun dryRun '"true"' '1' 'null'
    refuse_each "$name" path path '"/etc/passwd"'
  done
  raw site-user-create '{"site":211}'
  refused 2 bad-input call
}

@test "domains, at every key that takes one" {
  refuse_each site-files-create name name "${DOMAINS[@]}"
  refuse_each vhost-apply canonical canonical "${DOMAINS[@]}"
  refuse_each vhost-apply 'serve[0]' 'serve[0]' "${DOMAINS[@]}"
  refuse_each vhost-apply 'redirect[0]' 'redirect[0]' "${DOMAINS[@]}"
}

@test "the form of a name for people" {
  refute grep -q xn--bcher-kva /srv/sites/s_211/current/public/index.html
  refuse_each site-files-create shown shown '"<b>.a.example"' '"a&b.a.example"' '"a\"b.a.example"' "\"a'b.a.example\"" '"a/b.a.example"' \
    '"Bücher.a.example"' '"b cher.a.example"' '"b\u00fccher.a.example\n"' '"b\u202echer.a.example"' '"b\u0085cher.a.example"' \
    '"b\u2028cher.a.example"' '"b\ufeffcher.a.example"' '"b\u2066cher.a.example"' '"b\u00a0cher.a.example"' '"b\u0000cher.a.example"' \
    '"b\u007fcher.a.example"' '"b\u00adcher.a.example"' '"b\u061ccher.a.example"' '"b\u3000cher.a.example"' \
    '"b\u3164cher.a.example"' '"b\ufe0fcher.a.example"' '"bücher.b.example"' '"bücher.a.example.com"' '"bücher"' '"bücher.a.example."' '".a.example"' '""' 'null' '12' '["bücher.a.example"]' \
    "\"$(printf 'ü%.0s' {1..500}).a.example\""
}

@test "lists of domains" {
  refuse_each vhost-apply serve serve 'null' '"a.com"' '{}' '["a.com","a.com"]' "$(jq -nc '[range(101) | "a\(.).com"]')"
  refuse_each vhost-apply redirect redirect 'null' '["a.example"]' '["b.example"]'
}

@test "names, number and key of a certificate; challenges" {
  refuse_each certificate-request 'names[0]' 'names[0]' "${DOMAINS[@]}" '"*"' '"*."' '"*.*.a.example"' '"a.*.example"' '"**.a.example"' '"*a.example"' '".*.a.example"'
  refuse_each certificate-request names names 'null' '"a.example"' '["a.example","a.example"]' '[]' "$(jq -nc '[range(101) | "a\(.).com"]')"
  refuse_each certificate-request certificate certificate '0' '-1' '1000000000' '"7"' '"own-1"' '"../7"' '"7;id"' 'null' '[7]' '1.5'
  refuse_each certificate-request keyType keyType '"ec-521"' '"rsa-1024"' '"rsa-2048 "' '"-out"' '"ec-256\n"' 'null' '256'
  refuse_each acme-challenge challenges challenges 'null' '"AAAAAAAAAAAAAAAAAAAAAA"' '[]' '["AAAAAAAAAAAAAAAAAAAAAA","AAAAAAAAAAAAAAAAAAAAAA"]'
  refuse_each acme-challenge 'challenges[0]' 'challenges[0]' 'null' '12' '"../../../../../../etc/passwd"' '"AAAAAAAAAAAAAAAAAAAAA"' '"AAAAAAAAAAAAAAAAAAAAAA\n"' \
    '"AAAAAAAAAAAAAAAAAAAAAA\u0000"' '"AAAAAAAAAAAAAAAAAAAAAA."' '"AAAAAAAAAAAAAAAAAAAAAA/x"' '"$(id)AAAAAAAAAAAAAAAAAAAAAA"' '"%2e%2e%2fAAAAAAAAAAAAAAAAAAAAAA"'
  refuse_each acme-challenge present present '"true"' '1' 'null' '[true]'
}

@test "type, state, choice for TLS and version" {
  refuse_each vhost-apply forceHttps forceHttps '"true"' 1 null '"yes"' '[]'
  refuse_each vhost-apply hsts hsts '"1-week"' '"off\n"' '"off;"' null 300 '["off"]' true
  refuse_each vhost-apply quic quic '"yes"' true null '"on;"' 1
  refuse_each vhost-apply type type '"proxy"' '"php\n"' '"static;"' '"../php"' 'null' '1' '["php"]' '"site"'
  refuse_each site-state state state '"live "' '"LIVE"' 'null' '{}'
  refuse_each tls-profile profile profile '"old"' '"MODERN"' '"modern\n"' '"modern;"' '"TLSv1.3"' '"../modern"' 'null' '1' 'true' '["modern"]'
  refuse_each tls-profile site site '211' '-1' '1' '"0"' 'null' '[0]'
  refuse_each php-apply version version '"../8.3"' '"8.4;id"' '"8.4\n"' '"8"' '"8.44"' '8.4' '"-rf"' '"8.4/../8.4"' 'null' '"x.y"'
}

@test "numbers of php-apply" {
  local key
  for key in memoryMiB cpuPercent tasks ioWeight; do
    refuse_each php-apply $key $key "${INTEGERS[@]}"
  done
  refuse_each php-apply maxChildren maxChildren '"5"' '5.5' '-1' '0' '501' '1e30' 'null' '"5\nuser = root"' '"5]"' '"[global]"' '"php_admin_value[x]"'
}

@test "numbers of site-user-create" {
  refuse_each site-user-create diskMiB diskMiB "${INTEGERS[@]}" '15' '1073741825'
  refuse_each site-user-create files files "${INTEGERS[@]}" '99' '4294967296'
}

@test "numbers that are not written as whole numbers" {
  local number
  for number in 01 -01 00 1.0 1e0 1E0 10e-1 1.5 -0 1. .5 NaN nan Infinity; do
    raw site-inspect "{\"site\":$number}"
    refused 2 bad-input || { echo "$number"; return 1; }
    raw site-inspect "{\"site\":[ $number ]}"
    refused 2 bad-input || { echo "[$number]"; return 1; }
  done
  call database-create "\"site\":219,\"password\":\"a:01,1e0 .5,nan\\\"\"" 9 || [[ $? -eq 3 ]]
}

@test "password" {
  refuse_each database-create password password '"short"' '"new\nline-1234567"' '"tab\t-1234567890"' '"nul\u0000-1234567890"' \
    '"umlaut-ä-123456"' "\"$LONG_LABEL$LONG_LABEL-\"" 'null' '123456789012' '["correct-horse"]'
}

@test "documents that are not one plain object" {
  local before call='"call":{"job":7,"step":"bad","epoch":1,"token":1,"actor":"a"},'$ROOM
  before=$(picture)
  local text
  for text in '' ' ' '{' '[]' '12' '"x"' 'null' "{$call,\"site\":219}{}" "{$call,\"site\":219} x" "{$call,\"site\":1,\"site\":219}" \
    "{$call,$call,\"site\":219}" "{$call,\"site\":219,\"Site\":1}" "{$call,\"site\":219,\"constructor\":1}" "{$call,'site':219}" "{$call,\"site\":nan}" "{$call,\"site\":NaN}" \
    "{$call,\"site\":219,\"call.job\":1}" "$(printf '[%.0s' {1..5000})" "{$call,\"site\":219}]"; do
    raw site-user-create "$text"
    refused 2 bad-input || { echo "$text"; return 1; }
  done
  run --separate-stderr "$VERBS/site-user-create" < <(printf '{%s,"site":21\0009}' "$call")
  refused 2 bad-input
  run --separate-stderr "$VERBS/site-user-create" < <(printf '{%s,"site":219}' "$call"; head -c 66000 /dev/zero | tr '\0' ' ')
  refused 2 bad-input
  run --separate-stderr "$VERBS/site-user-create" < <(printf '{%s,"site":219,"x":"\xff\xfe"}' "$call")
  refused 2 bad-input
  verb database-create '"site":211,"password":"\ud800-1234567890ab"'
  refused 2 bad-input
  [[ $(picture) == "$before" ]]
  refute id s_219
}
