# shellcheck shell=bash
# berth authority …

readonly AUTHORITY_OPTIONS='email= profile= roots-file= agree-terms automatic= key-id= key-file='

authority_list() {
  read_options '' "$@"
  want_arguments
  request GET /certificate-authorities
  show authorities "$REPLY_BODY"
}

authority_create() {
  local body
  read_options "directory= $AUTHORITY_OPTIONS" "$@"
  want_arguments NAME
  body=$(json_fields name="${ARGUMENTS[0]}" directory:url)
  body=$(with_choices "$body")
  request POST /certificate-authorities "$body"
  show authority "$REPLY_BODY"
}

# The panel wants the whole of it, so what is not named is taken from what there is.
authority_update() {
  local body changes
  one_authority "name= directory= $AUTHORITY_OPTIONS" "$@"
  request GET "/certificate-authorities/$AUTHORITY"
  changes=$(json_fields name:name directory:url)
  body=$(jq -c --argjson changes "$changes" '{name, url, email, profile, roots, externalKeyId, automatic, termsAgreed: (.termsAgreedAt != null)}
    | with_entries(select(.value != null)) + $changes' <<<"$REPLY_BODY")
  body=$(with_choices "$body")
  request PUT "/certificate-authorities/$AUTHORITY" "$body"
  show authority "$REPLY_BODY"
}

authority_terms() {
  one_authority '' "$@"
  request GET "/certificate-authorities/$AUTHORITY/facts"
  show authority_facts "$REPLY_BODY"
}

authority_default() {
  one_authority '' "$@"
  request POST "/certificate-authorities/$AUTHORITY/default"
  show authority "$REPLY_BODY"
}

authority_renew_account() {
  one_authority '' "$@"
  request POST "/certificate-authorities/$AUTHORITY/account"
  show authority "$REPLY_BODY"
}

authority_delete() {
  one_authority '' "$@"
  request DELETE "/certificate-authorities/$AUTHORITY"
  note "${ARGUMENTS[0]} is not asked any more."
}

# with_choices BODY : the body with what the options say; a key and certificates come from files, never from arguments.
with_choices() {
  local body=$1 changes
  changes=$(json_fields email:email profile:profile agree-terms:termsAgreed:switch automatic:automatic:onoff key-id:externalKeyId)
  body=$(jq -c --argjson changes "$changes" '. + $changes' <<<"$body")
  [[ ! -v OPTION[roots-file] ]] || body=$(with_file "$body" roots roots-file)
  [[ ! -v OPTION[key-file] ]] || body=$(with_file "$body" externalKey key-file)
  printf '%s' "$body"
}

one_authority() {
  read_options "$@"
  want_arguments AUTHORITY
  AUTHORITY=$(path_part 'authority' "${ARGUMENTS[0]}")
}
