# shellcheck shell=bash
# berth token …

token_create() {
  local body
  read_options 'expires-in-days=' "$@"
  want_arguments NAME
  body=$(json_fields name="${ARGUMENTS[0]}" expires-in-days:expiresInDays:number)
  request POST /tokens "$body"
  note 'This token is shown now and never again:'
  show token "$REPLY_BODY"
}

token_list() {
  read_options '' "$@"
  want_arguments
  request GET /tokens
  show tokens "$REPLY_BODY"
}

token_revoke() {
  local id
  read_options '' "$@"
  want_arguments ID
  id=$(path_part 'token' "${ARGUMENTS[0]}")
  request DELETE "/tokens/$id"
  note "Token ${ARGUMENTS[0]} does not work any more."
}
