# shellcheck shell=bash
# berth cert …

cert_issue() {
  local body
  one_certificate 'authority= key-type= leave-out=+ leave-out-none challenge= dns= wildcard=+ wildcard-none dry-run confirm' "$@"
  body=$(json_fields authority:authority key-type:keyType leave-out:leaveOut:list challenge:challenge dns:dnsAccess \
    wildcard:wildcards:list dry-run:dryRun:switch confirm:confirmed:switch)
  if [[ -v OPTION[wildcard-none] ]]; then
    [[ ! -v OPTION[wildcard] ]] || refuse '--wildcard and --wildcard-none exclude each other.' \
      'One asks for names with a star, the other for none.' 'Give one of them.'
    body=$(jq -c '.wildcards = []' <<<"$body")
  fi
  if [[ -v OPTION[leave-out-none] ]]; then
    [[ ! -v OPTION[leave-out] ]] || refuse '--leave-out and --leave-out-none exclude each other.' \
      'One names what is left out, the other leaves out nothing.' 'Give one of them.'
    body=$(jq -c '.leaveOut = []' <<<"$body")
  fi
  request POST "/sites/$SITE/certificate" "$body"
  if [[ -v OPTION[dry-run] ]]; then
    after_change "An authority issues it. Visitors of $SITE_NAME keep what they have."
    return
  fi
  after_issue
}

cert_renew() {
  one_certificate '' "$@"
  request POST "/sites/$SITE/certificate/renew"
  after_issue
}

# after_issue : ends a command that gets a certificate, and says for which names visitors are warned all the same.
after_issue() {
  local without
  after_change "Visitors of $SITE_NAME get the new certificate."
  [[ ! -v OPTION[no-wait] ]] || return 0
  request GET "/sites/$SITE/certificate"
  without=$(jq -r '.uncovered | join(", ")' <<<"$REPLY_BODY")
  [[ -z $without ]] || note "It is not for $without: browsers warn there."
}

cert_upload() {
  local body file
  one_certificate 'certificate= key= confirm' "$@"
  [[ -v OPTION[certificate] ]] || refuse '--certificate is missing.' 'It names the file with the certificate in PEM.' \
    'berth cert upload --help'
  for file in "${OPTION[certificate]}" "${OPTION[key]:-/dev/null}"; do
    [[ -r $file && ! -d $file ]] || refuse "$file cannot be read." 'There is no such file, or it is not yours to read.' 'Check its name.'
  done
  # Arguments are seen by everybody on the machine: jq reads the key itself.
  body=$(jq -cn --rawfile certificate "${OPTION[certificate]}" --rawfile key "${OPTION[key]:-/dev/null}" \
    --argjson confirmed "$(json_fields confirm:confirmed:switch)" '{certificate: $certificate, key: $key} + $confirmed')
  request POST "/sites/$SITE/certificate/upload" "$body"
  after_change "Visitors of $SITE_NAME get the certificate. What they may be warned of: berth cert info $SITE_NAME"
}

cert_found() {
  read_options '' "$@"
  want_arguments
  request GET /certificates/found
  show found "$REPLY_BODY"
}

cert_import() {
  read_options 'all from= confirm' "$@"
  if [[ -v OPTION[all] ]]; then
    [[ ! -v OPTION[from] ]] || refuse '--all and --from exclude each other.' 'One takes over whatever suits, the other one folder.' \
      'Give one of them.'
    [[ ! -v OPTION[confirm] ]] || refuse '--all and --confirm exclude each other.' \
      'What visitors would be warned of is confirmed for one site.' 'Name the site.'
    import_all
    return
  fi
  want_arguments NAME
  SITE_NAME=${ARGUMENTS[0]}
  SITE=$(path_part 'site' "$SITE_NAME")
  request POST "/sites/$SITE/certificate/import" "$(json_fields from:lineage confirm:confirmed:switch)"
  after_change "Visitors of $SITE_NAME get the certificate. What they may be warned of: berth cert info $SITE_NAME"
}

import_all() {
  local jobs job status=0
  want_arguments
  request POST /certificates/import
  jobs=$(jq -r '.jobs[].id' <<<"$REPLY_BODY")
  if [[ -z $jobs || -v OPTION[no-wait] ]]; then
    show imports "$REPLY_BODY"
    return
  fi
  for job in $jobs; do
    job_ended "$job"
    [[ $(jq -r '.state' <<<"$REPLY_BODY") == SUCCEEDED ]] || status=$EXIT_NEEDS_A_LOOK
  done
  request GET /certificates/found
  show found "$REPLY_BODY"
  exit "$status"
}

cert_revoke() {
  local body then='Its visitors get it until the next one is there, which is ordered at once.'
  one_certificate 'certificate= reason= self-signed yes confirm' "$@"
  [[ ! -v OPTION[self-signed] ]] || then='Its visitors get one that the site signs itself, of which browsers warn.'
  if [[ -v OPTION[certificate] ]]; then then='Its visitors keep what they have, unless it is this one.'; else choose_served; fi
  OPTION[reason]=${OPTION[reason]:-unspecified}
  confirm "The authority declares certificate ${OPTION[certificate]} of $SITE_NAME void, for good. $then" "$SITE_NAME"
  body=$(json_fields reason:reason certificate:certificate:number confirm:confirmed:switch)
  if [[ -v OPTION[self-signed] ]]; then body=$(jq -c '.next = "self-signed"' <<<"$body"); else body=$(jq -c '.next = "order"' <<<"$body"); fi
  request POST "/sites/$SITE/certificate/revoke" "$body"
  after_change "Certificate ${OPTION[certificate]} is revoked."
}

# choose_served : the certificate that visitors get now is meant, also if they get another one when it is answered.
choose_served() {
  request GET "/sites/$SITE/certificate"
  OPTION[certificate]=$(jq -r '.served.number // empty' <<<"$REPLY_BODY")
  [[ -n ${OPTION[certificate]} ]] || fail "$EXIT_NOT_FOUND" 'There is no such certificate.' \
    "$SITE_NAME shows its visitors one that it signed itself." 'Name the one that is meant with --certificate.'
}

cert_back() {
  local body
  one_certificate 'certificate= self-signed confirm' "$@"
  body=$(json_fields certificate:certificate:number confirm:confirmed:switch)
  if [[ -v OPTION[self-signed] ]]; then
    [[ ! -v OPTION[certificate] ]] || refuse '--certificate and --self-signed exclude each other.' \
      'One names the certificate of before, the other asks for none of an authority.' 'Give one of them.'
    request POST "/sites/$SITE/certificate/withdraw" "$body"
    after_change "Visitors of $SITE_NAME get a self-signed certificate, of which browsers warn."
    return
  fi
  request POST "/sites/$SITE/certificate/back" "$body"
  after_change "Visitors of $SITE_NAME get the certificate of before."
}

cert_check() {
  one_certificate '' "$@"
  request POST "/sites/$SITE/certificate/check"
  if [[ -v OPTION[no-wait] ]]; then
    after_change
    return
  fi
  watch_job "$(jq -r '.id' <<<"$REPLY_BODY")" >&2
  request GET "/sites/$SITE/certificate"
  show certificate_check "$REPLY_BODY"
  [[ $(jq '.check.reachable' <<<"$REPLY_BODY") == true ]] || exit "$EXIT_NEEDS_A_LOOK"
}

cert_update() {
  local body
  one_certificate 'automatic=' "$@"
  [[ -v OPTION[automatic] ]] || refuse '--automatic is missing.' 'It is what can be changed.' 'berth cert update --help'
  body=$(json_fields automatic:automatic:onoff)
  request PATCH "/sites/$SITE/certificate" "$body"
  show certificate "$REPLY_BODY"
}

cert_info() {
  one_certificate 'pem certificate=' "$@"
  [[ -v OPTION[pem] || ! -v OPTION[certificate] ]] || refuse '--certificate needs --pem.' \
    'What is shown else is of the certificate that visitors get.' 'berth cert info --help'
  if [[ -v OPTION[pem] ]]; then
    request GET "/sites/$SITE/certificate/chain$(query certificate)"
    if wants_json; then show certificate "$REPLY_BODY"; else jq -j '.pem' <<<"$REPLY_BODY"; fi
    return
  fi
  request GET "/sites/$SITE/certificate"
  show certificate "$REPLY_BODY"
}

cert_list() {
  local query
  read_options 'search= attention authority= owner= sort= limit= offset=' "$@"
  want_arguments
  [[ ! -v OPTION[attention] ]] || OPTION[attention]=true
  query=$(query search attention authority owner sort limit offset)
  request GET "/certificates$query"
  show certificates "$REPLY_BODY"
}

# one_certificate "SPEC…" ARGUMENT… : the command is about the certificate of one site.
one_certificate() {
  read_options "$@"
  want_arguments NAME
  SITE_NAME=${ARGUMENTS[0]}
  SITE=$(path_part 'site' "$SITE_NAME")
}
