# shellcheck shell=bash
# A certificate authority beside the host, on this machine: Let's Encrypt's test server, which looks at once and has every
# name proven anew, with the name server that both it and the host ask. Every name leads to the host.

authority=
authority_processes=()

# Fails unless this machine has what the authority needs.
need_authority() {
  local program
  for program in pebble pebble-challtestsrv openssl curl jq javac jar keytool; do
    command -v "$program" >/dev/null || {
      printf 'bench: %s is missing here: install pebble, openssl, curl, jq and a JDK of Debian\n' "$program" >&2
      exit 2
    }
  done
}

# Starts it for a lab host, and leaves in the folder $authority: directory and resolver (its addresses), tls.pem and
# tls.p12 (what its own TLS is verified by), root.pem (what visitors trust), classes and lib (RawIssuance): HOST.
authority_begin() {
  local there here
  there=$("$HERE/lab.sh" ip "$1")
  here=$(ip -json route get "$there" | jq --raw-output '.[0].prefsrc')
  authority=$(mktemp --directory)
  printf 'https://%s:14000/dir\n' "$here" >"$authority/directory"
  printf '%s\n' "$here" >"$authority/resolver"
  own_certificate "$here"
  compile_raw "$1"
  jq --null-input --arg here "$here" --arg folder "$authority" '{pebble: {
    listenAddress: "\($here):14000", managementListenAddress: "\($here):15000", httpPort: 80, tlsPort: 443,
    certificate: "\($folder)/tls.pem", privateKey: "\($folder)/tls.key"}}' >"$authority/pebble.json"
  pebble-challtestsrv -defaultIPv4 "$there" -defaultIPv6 '' -dns01 "$here:53" -management "$here:8055" \
    -http01 '' -https01 '' -tlsalpn01 '' >"$authority/names.log" 2>&1 &
  authority_processes+=("$!")
  PEBBLE_WFE_NONCEREJECT=0 PEBBLE_AUTHZREUSE=0 PEBBLE_VA_NOSLEEP=1 \
    pebble -config "$authority/pebble.json" -dnsserver "$here:53" >"$authority/pebble.log" 2>&1 &
  authority_processes+=("$!")
  authority_answers "$here"
}

own_certificate() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=pebble \
    -addext "subjectAltName=IP:$1" -keyout "$authority/tls.key" -out "$authority/tls.pem" 2>"$authority/openssl.log"
  keytool -importcert -noprompt -alias pebble -file "$authority/tls.pem" \
    -keystore "$authority/tls.p12" -storetype PKCS12 -storepass changeit 2>"$authority/keytool.log"
}

# With the library that the host's panel uses, for the oldest Java that it runs on.
compile_raw() {
  # From a pipe it would read only as far as it needs to, and end what writes.
  "$HERE/lab.sh" exec "$1" -- cat /usr/lib/berth/current/berth.war >"$authority/berth.war"
  (cd "$authority" && jar --extract --file berth.war WEB-INF/lib)
  mkdir "$authority/lib"
  mv "$authority"/WEB-INF/lib/{acme4j,bc,jose4j,slf4j}*.jar "$authority/lib"
  rm -r "$authority/WEB-INF" "$authority/berth.war"
  javac --release 17 -encoding UTF-8 -d "$authority/classes" -cp "$authority/lib/*" "$HERE/bench/RawIssuance.java"
}

authority_answers() {
  local deadline=$((SECONDS + 30))
  until curl --silent --fail --cacert "$authority/tls.pem" --output "$authority/root.pem" "https://$1:15000/roots/0" \
    && curl --silent --fail --cacert "$authority/tls.pem" --output /dev/null "https://$1:14000/dir" \
    && curl --silent --output /dev/null "http://$1:8055/"; do
    ((SECONDS < deadline)) || {
      printf 'bench: the certificate authority did not start:\n' >&2
      cat "$authority"/{names,pebble}.log >&2
      exit 1
    }
    sleep 0.1
  done
}

authority_end() {
  [[ -n $authority ]] || return 0
  kill "${authority_processes[@]}" 2>/dev/null || :
  wait "${authority_processes[@]}" 2>/dev/null || :
  rm -r "$authority"
  authority=
}
