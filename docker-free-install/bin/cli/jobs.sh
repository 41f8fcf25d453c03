# shellcheck shell=bash
# Jobs as they run: shows the panel's events until the job is over, and says how it ended by the exit code.

# Seconds between attempts to find a panel again that went away, and how many attempts are made.
readonly WATCH_PAUSE=1 WATCH_ATTEMPTS=60

# The job as last told, and which of its steps were shown.
JOB=''
JOB_STATE=''
declare -A STEPS_SHOWN=()

# after_change [TEXT] : ends a command whose answer is in REPLY_BODY: follows the job that was started, if one was.
after_change() {
  local done_text=${1:-}
  if [[ $REPLY_STATUS != 202 ]]; then
    show changed "$REPLY_BODY"
    return
  fi
  follow_job "$done_text"
}

# follow_job [TEXT] : the same for an answer that is a job whatever its status.
follow_job() {
  JOB=$REPLY_BODY
  if [[ -v OPTION[no-wait] ]]; then
    show job_queued "$JOB"
    return
  fi
  watch_job "$(jq -r '.id' <<<"$JOB")" "${1:-}"
}

# watch_job ID [TEXT] : returns when the job is over; exits with the code that fits when it did not succeed.
watch_job() {
  local id=$1 attempts=0
  [[ $id =~ ^[0-9]{1,18}$ ]] || refuse "'$id' is no job." 'Jobs are known by their number.' 'berth job list shows them.'
  trap 'interrupted '"$id" INT
  JOB_STATE=''
  connect
  until [[ $JOB_STATE == over ]]; do
    follow_events "$id"
    [[ $JOB_STATE != over ]] || break
    # Either the connection broke or there is no such job: this request tells which, and ends the command if it is the latter.
    # shellcheck disable=SC2310
    if panel_answers "/jobs/$id"; then
      request GET "/jobs/$id"
      show_events <<<"$REPLY_BODY"
      attempts=0
    else
      attempts=$((attempts + 1))
      ((attempts < WATCH_ATTEMPTS)) || request GET "/jobs/$id"
      ((attempts > 1)) || note 'The panel went away; the job is watched again as soon as it is back.'
    fi
    [[ $JOB_STATE == over ]] || pause
  done
  trap - INT
  finish_job "${2:-}"
}

# No `sleep` process to wait for: reads from a descriptor that never has anything to say.
pause() {
  read -r -t "$WATCH_PAUSE" <> <(:) || true
}

interrupted() {
  printf '\n' >&2
  note "The job goes on without you. To see it again: berth job watch $1"
  exit 130
}

panel_answers() {
  local status
  status=$(call_panel GET "$1" --max-time 10 --output /dev/null --write-out '%{http_code}' 2>/dev/null) || return 1
  [[ $status != 50[234] && $status != 000 ]]
}

# Events carry the whole job each; a silent minute counts as a broken connection.
follow_events() {
  show_events < <(call_panel GET "/jobs/$1/events" --no-buffer --fail --speed-limit 1 --speed-time 60 \
    --header 'Accept: text/event-stream' 2>/dev/null | sed -un 's/^data: \{0,1\}//p')
}

# Reads jobs, one after the other, and prints what is new in each.
show_events() {
  local kind position state seconds title
  while IFS=$'\037' read -r kind position state seconds title; do
    case $kind in
      step) show_step "$position" "$state" "$seconds" "$title" ;;
      over) JOB_STATE=over ;;
      job) JOB=$position ;;
    esac
    [[ $JOB_STATE != over || $kind != over ]] || break
  done < <(jq -r --unbuffered -L "$CLI_HOME" 'include "views"; progress')
}

show_step() {
  local position=$1 state=$2 seconds=$3 title=$4 colour='' dim='' plain='' mark
  [[ ${STEPS_SHOWN[$position]:-} != "$state" ]] || return 0
  STEPS_SHOWN[$position]=$state
  ! wants_json || return 0
  if colourful 2; then
    dim=$'\e[2m' plain=$'\e[0m'
    case $state in
      DONE) colour=$'\e[32m' mark='✓' ;;
      FAILED | UNDO_FAILED) colour=$'\e[31m' mark='✗' ;;
      UNDONE) colour=$'\e[33m' mark='↶' ;;
      *)
        # Rewritten in place when the step ends.
        printf '  %s…%s %s\r' "$dim" "$plain" "$title" >&2
        return 0
        ;;
    esac
    printf '\e[K  %s%s%s %s %s%s%s\n' "$colour" "$mark" "$plain" "$title" "$dim" "$seconds" "$plain" >&2
  elif [[ $state != RUNNING && $state != UNDOING ]]; then
    printf '  %-11s %s%s\n' "${state,,}" "$title" "${seconds:+ ($seconds)}" >&2
  fi
}

# Says how the job ended.
finish_job() {
  local state
  state=$(jq -r '.state' <<<"$JOB")
  if wants_json; then
    jq . <<<"$JOB"
  elif [[ $state == SUCCEEDED ]]; then
    [[ -z $1 ]] || printf '%s\n' "$(clean_text "$1")"
  else
    tell_problems "$JOB"
  fi
  case $state in
    SUCCEEDED) return 0 ;;
    UNDONE | CANCELLED) exit "$EXIT_UNDONE" ;;
    *) exit "$EXIT_NEEDS_A_LOOK" ;;
  esac
}

# Waits for a job and says in one line how it ended.
job_ended() {
  request GET "/jobs/$1"
  while jq -e '.finishedAt == null' <<<"$REPLY_BODY" >/dev/null; do
    pause
    request GET "/jobs/$1"
  done
  wants_json || view job_ended <<<"$REPLY_BODY" >&2
}
