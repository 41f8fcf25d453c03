# shellcheck shell=bash
# berth audit …

audit_list() {
  local query
  read_options 'search= actor= action= result= limit= offset=' "$@"
  want_arguments
  upper_option result
  query=$(query search actor action result limit offset)
  request GET "/audit$query"
  show audit "$REPLY_BODY"
}
