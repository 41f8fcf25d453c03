# shellcheck shell=bash
# berth dns …

readonly DNS_OPTIONS='zone=+ server= account= algorithm= secret-file='

dns_list() {
  read_options '' "$@"
  want_arguments
  request GET /dns-accesses
  show dns_accesses "$REPLY_BODY"
}

dns_info() {
  one_dns_access '' "$@"
  request GET "/dns-accesses/$ACCESS"
  show dns_access "$REPLY_BODY"
}

dns_create() {
  local body
  read_options "kind= offer $DNS_OPTIONS" "$@"
  want_arguments NAME
  body=$(json_fields name="${ARGUMENTS[0]}" kind:kind offer:offered:switch)
  body=$(with_settings "$body")
  request POST /dns-accesses "$body"
  show dns_access "$REPLY_BODY"
}

# The panel wants the whole of it, so what is not named is taken from what there is.
dns_update() {
  local body
  one_dns_access "name= offer withdraw $DNS_OPTIONS" "$@"
  [[ ! -v OPTION[offer] || ! -v OPTION[withdraw] ]] || refuse '--offer and --withdraw exclude each other.' \
    'One lets owners use it, the other does not.' 'Give one of them.'
  request GET "/dns-accesses/$ACCESS"
  body=$(jq -c '{name, kind, zones, server, account, algorithm, offered} | with_entries(select(.value != null))' <<<"$REPLY_BODY")
  body=$(jq -c --argjson changes "$(json_fields name:name offer:offered:switch)" '. + $changes' <<<"$body")
  [[ ! -v OPTION[withdraw] ]] || body=$(jq -c '.offered = false' <<<"$body")
  body=$(with_settings "$body")
  request PUT "/dns-accesses/$ACCESS" "$body"
  show dns_access "$REPLY_BODY"
}

dns_test() {
  one_dns_access '' "$@"
  request POST "/dns-accesses/$ACCESS/test"
  show dns_test "$REPLY_BODY"
}

dns_delete() {
  one_dns_access '' "$@"
  request DELETE "/dns-accesses/$ACCESS"
  note "${ARGUMENTS[0]} is forgotten."
}

# with_settings BODY : the body with what the options say; a secret comes from a file, never from an argument.
with_settings() {
  local body=$1 changes
  changes=$(json_fields zone:zones:list server:server account:account algorithm:algorithm)
  body=$(jq -c --argjson changes "$changes" '. + $changes' <<<"$body")
  [[ ! -v OPTION[secret-file] ]] || body=$(with_file "$body" secret secret-file)
  printf '%s' "$body"
}

one_dns_access() {
  read_options "$@"
  want_arguments ACCESS
  ACCESS=$(path_part 'DNS access' "${ARGUMENTS[0]}")
}
