# shellcheck shell=bash
# How a verb answers: the envelope on standard output, the plan of a dry run, undoing, the audit line.

declare -a plan=() undo=()
dry_run=false changed=false reply='' exit_code=6 code='' field='' failed_command='' doing='do its work'

# Sets `json` to the text as a JSON string. Bytes that are not plain ASCII are not ours: they become question marks.
to_json() {
  json=${1//\\/\\\\}
  json=${json//\"/\\\"}
  json=${json//[$'\1'-$'\37'$'\177']/ }
  json="\"${json//[$'\200'-$'\377']/?}\""
}

# Composes a reply that says what went wrong: EXIT CODE WHAT WHY TODO [FIELD].
problem() {
  local text='' part
  exit_code=$1 code=$2 field=${6-}
  for part in "code=$2" "field=$field" "what=$3" "why=$4" "todo=$5"; do
    to_json "${part#*=}"
    text+=",\"${part%%=*}\":$json"
  done
  reply="{\"ok\":false,\"error\":{${text#,}}}"
}

# Ends the verb with a problem. The exit codes are listed in docs/host-scripts.md.
fail() {
  problem "$@"
  exit "$exit_code"
}

# Ends the verb well, with its result as JSON.
succeed() {
  local text='' step
  exit_code=0 code=ok
  if [[ $dry_run == true ]]; then
    for step in "${plan[@]}"; do
      to_json "would $step"
      text+=",$json"
    done
    reply="{\"ok\":true,\"changed\":false,\"plan\":[${text#,}]}"
  else
    reply="{\"ok\":true,\"changed\":$changed,\"result\":$1}"
  fi
  exit 0
}

# Changes the host: TEXT COMMAND… A dry run only says that it would.
change() {
  if [[ $dry_run == true ]]; then
    plan+=("$1")
    return
  fi
  doing=$1 changing=${2-}
  printf '%s\n' "$1" >&2
  "${@:2}"
  changed=true
}

# Undoes what the verb registered in `undo` (names of functions), newest first.
undo_all() {
  local step
  local -i i
  for ((i = ${#undo[@]} - 1; i >= 0; i--)); do
    step=${undo[i]}
    printf 'undo: %s\n' "$step" >&2
    "$step" || return 1
  done
}

audit() {
  local line now
  printf -v now '%(%Y-%m-%dT%H:%M:%SZ)T' -1
  to_json "${input[call_actor]-}"
  printf -v line '{"time":"%s","verb":"%s","site":%s,"job":%s,"step":"%s","epoch":%s,"token":%s,"actor":%s' \
    "$now" "$verb" "${site:-null}" "${input[call_job]:-null}" "${input[call_step]-}" \
    "${input[call_epoch]:-null}" "${input[call_token]:-null}" "$json"
  to_json "$field"
  printf -v line '%s,"dryRun":%s,"changed":%s,"exit":%d,"code":"%s","field":%s,"ms":%d}' \
    "$line" "$dry_run" "$changed" "$exit_code" "$code" "$json" "$(((${EPOCHREALTIME/[.,]/} - started) / 1000))"
  printf '%s\n' "$line" >>"$log_file"
  # Not waited for: the line is already in the file, the journal's copy need not hold up the caller.
  logger --tag berth-verb --priority authpriv.notice -- "$line" <>/dev/null >&0 2>&0 {reply_to}>&- &
}
