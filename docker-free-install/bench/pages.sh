# shellcheck shell=bash
# Pages as a browser gets them, through the front with TLS, signed in, over kept connections.

readonly FRONT=https://127.0.0.1:8443 PAGES=/root/bench-pages VISIT=20
# What people click, most clicked first.
readonly -a CLICKS=(/dashboard /sites '/sites?offset=25' '/sites?search=filled-1' /jobs /audit /people)

page() {
  curl --silent --insecure --http2 "$@"
}

# Posts a form of the panel: JAR PATH FORM BUTTON FIELD=VALUE…
submit() {
  local jar=$1 path=$2 form=$3 button=$4
  local -a fields=()
  local field
  for field in "$form=$form" "$button=" jakarta.faces.ViewState=stateless "${@:5}"; do
    fields+=(--data-urlencode "$field")
  done
  page --cookie "$jar" --cookie-jar "$jar" --header "Origin: $FRONT" --output /dev/null --write-out '%{http_code}' \
    "${fields[@]}" "$FRONT$path"
}

# Makes an administrator for the measurement and signs in.
sign_in() {
  local once password
  mkdir -p "$PAGES"
  password=$(openssl rand -hex 16)
  once=$(api --data '{"login":"bench","displayName":"Benchmark","role":"ADMINISTRATOR"}' http://berth/api/v1/users \
    | jq --raw-output .oneTimePassword)
  page --cookie-jar "$PAGES/jar" --output /dev/null "$FRONT/login"
  [[ $(submit "$PAGES/jar" /login login-form log-in login=bench "password=$once") == 302 ]]
  [[ $(submit "$PAGES/jar" /change-password password-form change "oldPassword=$once" "password=$password") == 302 ]]
  [[ $(page --cookie "$PAGES/jar" --output /dev/null --write-out '%{http_code}' "$FRONT/dashboard") == 200 ]]
}

# One person: clicks, reads for two to four seconds, clicks again. One connection a person, as a browser keeps it, so
# the addresses of the whole visit go to one curl. Writes status, seconds and address of each answer.
person() {
  local n
  {
    for ((n = 0; n < VISIT; n++)); do
      printf 'url = "%s%s"\noutput = /dev/null\n' "$FRONT" "${CLICKS[(n + $1) % ${#CLICKS[@]}]}"
    done
  } >"$PAGES/$1.urls"
  page --cookie "$PAGES/jar" --rate 20/m --write-out '%{http_code} %{time_total} %{url}\n' \
    --config "$PAGES/$1.urls" >"$PAGES/$1.answers"
}

# Milliseconds with one decimal from seconds.
milliseconds() {
  awk -v seconds="$1" 'BEGIN { printf "%.1f ms", seconds * 1000 }'
}

# Prints the value below which PERCENT of the sorted lines of standard input are.
percentile() {
  local -a values
  mapfile -t values
  printf '%s\n' "${values[${#values[@]} * $1 / 100]}"
}

# After warming up: how long one person alone waits for each page.
alone() {
  local path n times=$PAGES/times
  local -a again=()
  for ((n = 0; n < 20; n++)); do again+=(--output /dev/null "$FRONT$1"); done
  page --cookie "$PAGES/jar" --write-out '%{http_code} %{time_total}\n' \
    "${again[@]}" >"$times.raw"
  ! grep -qv '^200 ' "$times.raw" || { printf 'bench: %s does not answer 200\n' "$1" >&2; exit 1; }
  cut -d' ' -f2 "$times.raw" | sort -n >"$times"
  figure "page $1, one person, median / p95" \
    "$(milliseconds "$(percentile 50 <"$times")") / $(milliseconds "$(percentile 95 <"$times")")"
}

together() {
  local n times=$PAGES/times
  for ((n = 0; n < 20; n++)); do
    person "$n" &
    sleep 0.15
  done
  wait
  ! grep -hv '^200 ' "$PAGES"/*.answers || { printf 'bench: the answers above are not 200\n' >&2; exit 1; }
  cat "$PAGES"/*.answers | cut -d' ' -f2 | sort -n >"$times"
  figure "pages, 20 people clicking every 3 s ($(wc -l <"$times") clicks), median / p95 / p99" \
    "$(milliseconds "$(percentile 50 <"$times")") / $(milliseconds "$(percentile 95 <"$times")") / $(milliseconds "$(percentile 99 <"$times")")"
}

measure_pages() {
  local path
  for path in "${CLICKS[@]}"; do
    alone "$path" >/dev/null
    alone "$path"
  done
  together
}
