# shellcheck shell=bash
# berth plan …

plan_list() {
  read_options '' "$@"
  want_arguments
  request GET /plans
  show plans "$REPLY_BODY"
}
