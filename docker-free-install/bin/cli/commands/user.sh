# shellcheck shell=bash
# berth user …

user_create() {
  local body
  read_options 'name= email= role=' "$@"
  want_arguments LOGIN
  OPTION['name']=${OPTION['name']-${ARGUMENTS[0]}}
  OPTION['role']=${OPTION['role']-owner}
  body=$(json_fields login="${ARGUMENTS[0]}" name:displayName email:email role:role:constant)
  request POST /users "$body"
  show user "$REPLY_BODY"
}

user_list() {
  local query
  read_options 'search= state= role= sort= limit= offset=' "$@"
  want_arguments
  upper_option state
  upper_option role
  query=$(query search state role sort limit offset)
  request GET "/users$query"
  show users "$REPLY_BODY"
}

user_info() {
  one_user '' "$@"
  request GET "/users/$PERSON"
  show user "$REPLY_BODY"
}

user_update() {
  local body
  one_user 'name= email=' "$@"
  body=$(json_fields name:displayName email:email)
  [[ $body != '{}' ]] || refuse 'There is nothing to change.' 'No option says what should be different.' 'berth user update --help'
  request PATCH "/users/$PERSON" "$body"
  show user "$REPLY_BODY"
}

user_reset_password() {
  one_user '' "$@"
  request POST "/users/$PERSON/reset-password"
  show user "$REPLY_BODY"
}

user_disable() {
  one_user '' "$@"
  request POST "/users/$PERSON/disable"
  after_change
  note "${ARGUMENTS[0]} cannot log in any more; sessions and tokens are dead."
}

user_enable() {
  one_user '' "$@"
  request POST "/users/$PERSON/enable"
  after_change
  note "${ARGUMENTS[0]} may log in again."
}

one_user() {
  read_options "$@"
  want_arguments LOGIN
  PERSON=$(path_part 'login' "${ARGUMENTS[0]}")
}
