# shellcheck shell=bash
# Requests to the panel: as root over the unix socket of its front, from elsewhere with a token over TLS.

CLI_SOCKET=${BERTH_SOCKET:-/run/berth/front/cli.sock}
CLI_CONFIG=${XDG_CONFIG_HOME:-${HOME:-/nonexistent}/.config}/berth

# The last answer.
REPLY_STATUS=''
REPLY_TYPE=''
REPLY_BODY=''

# The base address, and the options of curl that lead there; the token is not among them.
API_URL=''
API_TOKEN=''
declare -a API_OPTIONS=()

setting() {
  local key value
  [[ -f $CLI_CONFIG/config ]] || return 0
  while IFS='=' read -r key value; do
    key=${key//[[:space:]]/}
    if [[ $key == "$1" ]]; then
      value=${value#"${value%%[![:space:]]*}"}
      printf '%s' "${value%"${value##*[![:space:]]}"}"
      return
    fi
  done <"$CLI_CONFIG/config"
}

# Chooses the way to the panel once: options, then the environment, then root's socket, then the configuration file.
connect() {
  [[ -z $API_URL ]] || return 0
  local url=${OPTION[url]:-${BERTH_URL:-}}
  if [[ -z $url && ($EUID == 0 || -n ${BERTH_SOCKET:-}) ]]; then
    connect_locally
    return
  fi
  url=${url:-$(setting url)}
  [[ -n $url ]] || fail "$EXIT_DENIED" 'It is not clear which panel is meant.' \
    'Without root the socket on the host is closed, and no address is known.' \
    'Run this as root on the host, or set BERTH_URL and BERTH_TOKEN (berth --help).'
  connect_by_token "${url%/}"
}

connect_locally() {
  API_URL=http://localhost/api/v1
  API_OPTIONS=(--unix-socket "$CLI_SOCKET" --noproxy '*')
  [[ -S $CLI_SOCKET ]] || fail "$EXIT_UNREACHABLE" 'The panel on this host cannot be reached.' \
    "There is no socket at $CLI_SOCKET." \
    "See 'systemctl status berth-front'; to reach another host set BERTH_URL and BERTH_TOKEN."
}

connect_by_token() {
  local ca=${OPTION[ca-file]:-${BERTH_CA_FILE:-$(setting ca-file)}}
  [[ $1 == https://* ]] || refuse 'The address of the panel must begin with https://.' "It is '$1'." \
    'A token is only sent over TLS.'
  API_TOKEN=$(read_token)
  [[ $API_TOKEN =~ ^[A-Za-z0-9._~+/=-]+$ ]] || refuse 'The token cannot be used.' 'It is empty or holds other characters than a token has.' \
    'Make a new one with berth token create.'
  API_URL=$1/api/v1
  API_OPTIONS=(--proto '=https')
  [[ -z $ca ]] || API_OPTIONS+=(--cacert "$ca")
}

# The token, from a file or the environment; never from an argument, which every user of the machine could read.
read_token() {
  local file=${OPTION[token-file]:-}
  if [[ -z $file && -n ${BERTH_TOKEN:-} ]]; then
    printf '%s' "$BERTH_TOKEN"
    return
  fi
  file=${file:-$CLI_CONFIG/token}
  [[ -r $file ]] || fail "$EXIT_DENIED" 'There is no token.' "$file cannot be read." \
    'Set BERTH_TOKEN, name a file with --token-file, or write the token into that file.'
  # A pipe (--token-file <(…)) has no such mode.
  [[ ! -f $file || $(stat -Lc %a "$file") == ?00 ]] || refuse 'The token was not used.' "Others may read or write $file." \
    "chmod 600 $file"
  local token
  IFS= read -r token <"$file" || true
  printf '%s' "$token"
}

# What curl reads from a descriptor, so that no argument shows it.
secret_options() {
  [[ -z $API_TOKEN ]] || printf 'header = "Authorization: Bearer %s"\n' "$API_TOKEN"
}

languages() {
  case $CLI_LOCALE in
    '' | C | C.* | POSIX | en*) printf 'en' ;;
    [a-z][a-z]*) printf '%s, en;q=0.5' "${CLI_LOCALE:0:2}" ;;
    *) printf 'en' ;;
  esac
}

# call_panel METHOD PATH [OPTION OF CURL…] : -q keeps a .curlrc out; the path goes as it is.
call_panel() {
  local method=$1 path=$2
  shift 2
  curl -q --silent --show-error --path-as-is --globoff --connect-timeout 10 "${API_OPTIONS[@]}" \
    --config <(secret_options) --request "$method" --header "Accept-Language: $(languages)" \
    --user-agent 'berth-cli' "$@" -- "$API_URL$path"
}

# request METHOD PATH [BODY [HEADER]] : leaves the answer in REPLY_…; a refusal ends the command with what the panel said.
request() {
  local method=$1 path=$2 body=${3:-} answer code=0 trouble
  local -a options=(--max-time 60 --header 'Accept: application/json, application/problem+json'
    --write-out '\n%{http_code} %{content_type}')
  [[ -z ${4:-} ]] || options+=(--header "$4")
  connect
  [[ -z $body ]] || options+=(--header 'Content-Type: application/json' --data-binary @-)
  # Standard error of curl is told as the reason; both come out of one substitution, divided by the last line.
  answer=$(call_panel "$method" "$path" "${options[@]}" <<<"$body" 2>&1) || code=$?
  if ((code)); then
    trouble=${answer%%$'\n'*}
    REPLY_STATUS=0
    [[ $code != 5[256] || -z ${4:-} || ${5:-} == again ]] || { request "$1" "$2" "$3" "$4" again; return; }
    fail "$EXIT_UNREACHABLE" 'The panel cannot be reached.' "${trouble:-curl ended with $code}" \
      "$(if ((code == 60)); then printf 'If its certificate is self-signed, fetch it from the host and name it with --ca-file.'
      else printf "Check the address and 'systemctl status berth-front berth' on the host."; fi)"
  fi
  REPLY_BODY=${answer%$'\n'*}
  REPLY_STATUS=${answer##*$'\n'}
  REPLY_TYPE=${REPLY_STATUS#* }
  REPLY_STATUS=${REPLY_STATUS%% *}
  [[ $REPLY_STATUS == 2?? ]] || refused_by_panel
  [[ -z $REPLY_BODY || $REPLY_TYPE == application/json* ]] || fail "$EXIT_UNREACHABLE" 'This is not a panel of Berth.' \
    "It answered with '$REPLY_TYPE' instead of JSON." 'Check the address: it is the panel, without a path.'
}

exit_for_status() {
  case $1 in
    400 | 405 | 406 | 413 | 414 | 415 | 422 | 431 | 501) printf '%s' "$EXIT_INPUT" ;;
    401 | 403) printf '%s' "$EXIT_DENIED" ;;
    404 | 410) printf '%s' "$EXIT_NOT_FOUND" ;;
    409 | 412) printf '%s' "$EXIT_CONFLICT" ;;
    429) printf '%s' "$EXIT_LATER" ;;
    502 | 503 | 504) printf '%s' "$EXIT_UNREACHABLE" ;;
    *) printf '%s' "$EXIT_NEEDS_A_LOOK" ;;
  esac
}

refused_by_panel() {
  if [[ $REPLY_TYPE == application/problem+json* || $REPLY_TYPE == application/json* ]]; then
    if wants_json; then
      jq . <<<"$REPLY_BODY" >&3
    else
      tell_problems "$REPLY_BODY"
    fi
    exit "$(exit_for_status "$REPLY_STATUS")"
  fi
  case $REPLY_STATUS in
    502 | 503 | 504) fail "$EXIT_UNREACHABLE" 'The panel does not answer.' \
      "Its front is there, but got no answer behind it (HTTP $REPLY_STATUS)." \
      "It may be starting: try again in half a minute; then see 'journalctl -u berth'." ;;
    *) fail "$(exit_for_status "$REPLY_STATUS")" "The panel answered with HTTP $REPLY_STATUS." \
      'It did not say why.' 'Check what you typed and the address of the panel.' ;;
  esac
}

# Each problem of a problem document; the fields are divided by the unit separator, which cleaned text cannot hold.
tell_problems() {
  local what why todo reference
  while IFS=$'\037' read -r what why todo reference; do
    tell_problem "$what" "$why" "$todo" "$reference"
  done < <(view problems <<<"$1")
}
