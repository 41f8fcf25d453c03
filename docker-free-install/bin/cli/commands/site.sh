# shellcheck shell=bash
# berth site …

site_create() {
  local body key
  read_options 'type= database owner= php= www= alias=+ idempotency-key=' "$@"
  want_arguments NAME
  key=${OPTION[idempotency-key]:-$(new_key)}
  body=$(json_fields name="${ARGUMENTS[0]}" type:type:constant database:database:switch owner:owner php:phpVersion \
    www:www:constant alias:aliases:list)
  request POST /sites "$body" "Idempotency-Key: $(clean_text "$key")"
  after_change "${ARGUMENTS[0]} is ready. To see it: berth site info ${ARGUMENTS[0]}"
}

# Names the wish, so that sending it again after a lost answer makes no second site.
new_key() {
  local key=''
  IFS= read -r key </proc/sys/kernel/random/uuid 2>/dev/null || key=$SRANDOM-$SRANDOM-$SRANDOM-$SRANDOM
  printf '%s' "$key"
}

site_list() {
  local query
  read_options 'search= state= type= owner= disk= sort= limit= offset=' "$@"
  want_arguments
  upper_option state
  upper_option type
  query=$(query search state type owner disk sort limit offset)
  request GET "/sites$query"
  show sites "$REPLY_BODY"
}

site_info() {
  one_site '' "$@"
  request GET "/sites/$SITE"
  show site "$REPLY_BODY"
}

site_update() {
  local body
  one_site 'php= www= alias=+ no-aliases force-https= hsts= http3= confirm' "$@"
  body=$(json_fields php:phpVersion www:www:constant alias:aliases:list force-https:forceHttps:onoff hsts:hsts http3:http3:onoff)
  if [[ -v OPTION[no-aliases] ]]; then
    [[ ! -v OPTION[alias] ]] || refuse '--alias and --no-aliases exclude each other.' 'One sets the aliases, the other removes all.' \
      'Give one of them.'
    body=$(jq -c '.aliases = []' <<<"$body")
  fi
  [[ $body == '{}' || ! -v OPTION[confirm] ]] || body=$(jq -c '.confirmed = true' <<<"$body")
  [[ $body != '{}' ]] || refuse 'There is nothing to change.' 'No option says what should be different.' 'berth site update --help'
  request PATCH "/sites/$SITE" "$body"
  after_change "$SITE_NAME has been changed."
}

site_suspend() {
  local body
  one_site 'reason=' "$@"
  body=$(json_fields reason:reason)
  request POST "/sites/$SITE/suspend" "$body"
  after_change "$SITE_NAME is suspended."
}

site_resume() {
  one_site '' "$@"
  request POST "/sites/$SITE/resume"
  after_change "$SITE_NAME is back."
}

site_delete() {
  one_site 'yes' "$@"
  confirm "$SITE_NAME goes offline at once. Its files and database stay for 30 days and can be restored until then." "$SITE_NAME"
  request DELETE "/sites/$SITE"
  after_change "$SITE_NAME is deleted. To take that back: berth site restore $SITE_NAME"
}

site_restore() {
  one_site '' "$@"
  request POST "/sites/$SITE/restore"
  after_change "$SITE_NAME is back."
}

site_purge() {
  one_site 'yes' "$@"
  confirm "The files and the database of $SITE_NAME are removed now, for good." "$SITE_NAME"
  request POST "/sites/$SITE/purge"
  after_change "$SITE_NAME is gone for good."
}

site_preview() {
  one_site '' "$@"
  request POST "/sites/$SITE/preview"
  show preview "$REPLY_BODY"
}

site_check() {
  local name
  read_options '' "$@"
  want_arguments NAME
  name=$(encode "${ARGUMENTS[0]}")
  request GET "/sites/name-check?name=$name"
  show name_check "$REPLY_BODY"
}

# one_site "SPEC…" ARGUMENT… : the command is about one site, known by its name or number.
one_site() {
  read_options "$@"
  want_arguments NAME
  SITE_NAME=${ARGUMENTS[0]}
  SITE=$(path_part 'site' "$SITE_NAME")
}
