# shellcheck shell=bash
# Certificates over HTTP-01 by the authority that bench.sh runs beside the host, for the sites that are there.

readonly AUTHORITY=$HERE/authority CHALLENGES=/var/lib/berth/visitors/.well-known/acme-challenge RENEWALS_AT_MOST=200

# Names are asked of the authority's name server until this is over. A shell of its own, for its trap.
measure_certificates() (
  trap 'cat "$AUTHORITY/resolv.conf" >/etc/resolv.conf' EXIT
  cp /etc/resolv.conf "$AUTHORITY/resolv.conf"
  printf 'nameserver %s\n' "$(<"$AUTHORITY/resolver")" >/etc/resolv.conf
  raw_issuances
  # Two accounts share the orders: of one, the panel's budget makes no more than an authority allows in three hours.
  add_authority bench-0
  add_authority bench-1
  row 'certificate over HTTP-01, request → visitors get it' certificate
  renewals
)

# The names that the site's certificate is for, joined by commas: NAME.
certificate_names() {
  api "http://berth/api/v1/sites/$1/certificate" | jq --raw-output '.names | join(",")'
}

raw_issuances() {
  local n
  local -a orders=() times
  for ((n = 1; n <= RUNS; n++)); do
    orders+=("$(certificate_names "filled-$n.example")")
  done
  mapfile -t times < <(java -Djavax.net.ssl.trustStore="$AUTHORITY/tls.p12" -Djavax.net.ssl.trustStorePassword=changeit \
    -cp "$AUTHORITY/classes:$AUTHORITY/lib/*" RawIssuance "$(<"$AUTHORITY/directory")" "$CHALLENGES" "${orders[@]}")
  ((${#times[@]} == RUNS)) || { printf 'bench: not all orders without the panel got a certificate\n' >&2; exit 1; }
  summary 'raw: the same orders by ACME alone' "${times[@]}"
}

add_authority() {
  jq --null-input --arg name "$1" --arg url "$(<"$AUTHORITY/directory")" --rawfile roots "$AUTHORITY/tls.pem" \
    '{name: $name, url: $url, roots: $roots, termsAgreed: true}' \
    | api --output /dev/null --data @- http://berth/api/v1/certificate-authorities
}

# Asks for the certificate of the site with the number and prints the job.
issue() {
  api --data "{\"authority\":\"bench-$(($1 % 2))\"}" "http://berth/api/v1/sites/filled-$1.example/certificate"
}

certificate() { issue "$1" >/dev/null && until_trusted "filled-$1.example"; }
after_certificate() { until_quiet "filled-$1.example"; }

# Waits until visitors who trust the authority trust the site. The address wakes no PHP.
until_trusted() {
  local deadline=$((SECONDS + 30))
  until curl --silent --output /dev/null --cacert "$AUTHORITY/root.pem" --resolve "$1:443:127.0.0.1" \
    "https://$1/.well-known/acme-challenge/none"; do
    ((SECONDS < deadline)) || { printf 'bench: visitors of %s get no certificate of the authority\n' "$1" >&2; exit 1; }
    sleep 0.02
  done
}

# Waits for the end of the job on standard input, and fails unless it succeeded.
job_succeeds() {
  local asked id job state deadline=$((SECONDS + 120))
  asked=$(cat)
  id=$(jq --exit-status .id <<<"$asked") || { printf 'bench: refused: %s\n' "$asked" >&2; return 1; }
  while
    job=$(api "http://berth/api/v1/jobs/$id")
    state=$(jq --raw-output .state <<<"$job")
    [[ $state == QUEUED || $state == RUNNING || $state == UNDOING ]]
  do
    ((SECONDS < deadline)) || break
  done
  [[ $state == SUCCEEDED ]] || { printf 'bench: job %s is %s: %s\n' "$id" "$state" "$(jq --compact-output .problem <<<"$job")" >&2; return 1; }
}

# Every site gets its next certificate, one after the other. Those that have none get their first before.
renewals() {
  local n sites=$((SITES < RENEWALS_AT_MOST ? SITES : RENEWALS_AT_MOST)) failed=0 first begin total
  local -a times=()
  for ((n = RUNS + 1; n <= sites; n++)); do
    issue "$n" | job_succeeds
  done
  first=${EPOCHREALTIME/./}
  for ((n = 1; n <= sites; n++)); do
    begin=${EPOCHREALTIME/./}
    api --data '' "http://berth/api/v1/sites/filled-$n.example/certificate/renew" | job_succeeds || failed=$((failed + 1))
    times+=($(((${EPOCHREALTIME/./} - begin) / 100)))
  done
  total=$(((${EPOCHREALTIME/./} - first) / 100000))
  mapfile -t times < <(printf '%s\n' "${times[@]}" | sort -n)
  figure "$sites renewals in a row ($failed failed), all / median / p95 of each" "$(tenths "$total") s / $(
    tenths "$(printf '%s\n' "${times[@]}" | percentile 50)") ms / $(tenths "$(printf '%s\n' "${times[@]}" | percentile 95)") ms"
  ((failed == 0)) || { printf 'bench: %d renewals failed\n' "$failed" >&2; exit 1; }
}
