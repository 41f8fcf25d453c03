# shellcheck shell=bash
# Commands about the panel and the host themselves, and berth host …

host_tls() {
  local body
  read_options 'confirm' "$@"
  if ((${#ARGUMENTS[@]} == 0)); then
    request GET /host/tls
    show tls "$REPLY_BODY"
    return
  fi
  want_arguments PROFILE
  body=$(json_fields "profile=${ARGUMENTS[0]}" confirm:confirmed:switch)
  request PUT /host/tls "$body"
  after_change 'All sites take what was chosen.'
}

host_status() {
  read_options '' "$@"
  want_arguments
  request GET /status
  show status "$REPLY_BODY"
}

host_doctor() {
  local jobs job wanted='{}'
  read_options 'repair' "$@"
  if [[ -v OPTION[repair] ]] && ((${#ARGUMENTS[@]})); then
    want_arguments SITE
    wanted=$(jq -cn --arg site "${ARGUMENTS[0]}" '{$site}')
  else
    want_arguments
  fi
  if [[ -v OPTION[repair] ]]; then
    request POST /doctor/repair "$wanted"
    if [[ -v OPTION[no-wait] ]]; then
      show repairs "$REPLY_BODY"
      return
    fi
    jobs=$(jq -r '.jobs[].id' <<<"$REPLY_BODY")
    # A repair that failed is told by the next look.
    for job in $jobs; do
      job_ended "$job"
    done
  fi
  request GET /doctor
  show doctor "$REPLY_BODY"
  [[ $(jq -r '.healthy' <<<"$REPLY_BODY") == true ]] || exit "$EXIT_NEEDS_A_LOOK"
}

host_whoami() {
  read_options '' "$@"
  want_arguments
  request GET /me
  show user "$REPLY_BODY"
}

# Works while the panel is down: it is the release this command belongs to.
host_version() {
  local release=${CLI_SELF%/bin/berth}
  read_options '' "$@"
  want_arguments
  release=${release##*/}
  [[ $release =~ ^[0-9] ]] || release=development
  if wants_json; then
    jq -cn --arg version "$release" '{$version}'
  else
    printf 'berth %s\n' "$release"
  fi
}

host_completion() {
  local text
  read_options '' "$@"
  want_arguments SHELL
  [[ ${ARGUMENTS[0]} == bash ]] || refuse "There is no completion for '${ARGUMENTS[0]}'." 'It exists for bash.' \
    'berth completion bash; zsh reads it after bashcompinit.'
  text=$(<"$CLI_HOME/completion.bash")
  printf '%s\n' "$text"
}
