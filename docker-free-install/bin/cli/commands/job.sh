# shellcheck shell=bash
# berth job …

job_list() {
  local query
  read_options 'search= state= site= sort= limit= offset=' "$@"
  want_arguments
  upper_option state
  query=$(query search state site sort limit offset)
  request GET "/jobs$query"
  show jobs "$REPLY_BODY"
}

job_show() {
  one_job "$@"
  request GET "/jobs/$ID"
  show job "$REPLY_BODY"
}

job_watch() {
  one_job "$@"
  watch_job "$ID" 'The job is done.'
}

job_retry() {
  one_job "$@"
  request POST "/jobs/$ID/retry"
  follow_job 'The job is done.'
}

job_cancel() {
  one_job "$@"
  request POST "/jobs/$ID/cancel"
  show job "$REPLY_BODY"
}

one_job() {
  read_options '' "$@"
  want_arguments ID
  ID=$(path_part 'job' "${ARGUMENTS[0]}")
}
