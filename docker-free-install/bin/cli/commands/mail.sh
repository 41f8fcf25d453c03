# shellcheck shell=bash
# berth mail …

mail_show() {
  read_options '' "$@"
  want_arguments
  request GET /mail
  show mail "$REPLY_BODY"
}

# The panel wants the whole of it, so what is not named is taken from what there is, if there is anything.
mail_set() {
  local body changes
  read_options 'host= port= security= login= no-login password-file= roots-file= sender= recipient=+ language= alarm=+ no-alarms' "$@"
  want_arguments
  body=$(request GET /mail 2>/dev/null 3>/dev/null; printf '%s' "$REPLY_BODY") || body='{}'
  changes=$(json_fields host:host port:port:number security:security login:login sender:sender \
    recipient:recipients:list language:language alarm:alarms:list)
  body=$(jq -c --argjson changes "$changes" \
    '(del(.hasPassword) | if $changes.security and ($changes.port | not) then del(.port) else . end) + $changes' <<<"$body")
  [[ ! -v OPTION[no-login] ]] || body=$(jq -c 'del(.login)' <<<"$body")
  [[ ! -v OPTION[no-alarms] ]] || body=$(jq -c '.alarms = []' <<<"$body")
  [[ ! -v OPTION[roots-file] ]] || body=$(with_file "$body" roots roots-file)
  [[ ! -v OPTION[password-file] ]] || body=$(with_file "$body" password password-file)
  request PUT /mail "$body"
  show mail "$REPLY_BODY"
}

mail_test() {
  read_options '' "$@"
  want_arguments
  request POST /mail/test
  show mail_answers "$REPLY_BODY"
}

mail_off() {
  read_options '' "$@"
  want_arguments
  request DELETE /mail
  note 'Nothing is mailed any more.'
}

mail_queue() {
  local query
  read_options 'state= search= sort= limit= offset=' "$@"
  want_arguments
  upper_option state
  query=$(query state search sort limit offset)
  request GET "/mail/queue$query"
  show mails "$REPLY_BODY"
}

mail_retry() {
  read_options '' "$@"
  want_arguments ID
  request POST "/mail/queue/$(path_part 'mail' "${ARGUMENTS[0]}")/retry"
  show mails "$(jq -c '{items: [.], total: 1}' <<<"$REPLY_BODY")"
}
