# shellcheck shell=bash
# Long verbs run in a transient unit of their own, so that the end of the panel is not their end. The unit leaves a
# result; a second call of the same job and step attaches to it.

# Names the files of this job's step; the ticket tells whose result a file holds.
know_result() {
  local name="${input[call_job]}-${input[call_step]}"
  unit=berth-verb-$name.service results=$state/results/$name
  ticket="${input[call_epoch]} ${input[call_token]} $verb ${site:-0}"
}

# Sets `exit_code` and `reply` from the file, if it is this call's. A result of an older lease is not ours: what it did
# may have been undone since, and the verb is idempotent.
read_result() {
  local head=''
  [[ -e $results.result ]] || return 1
  { IFS= read -r head && IFS= read -r reply; } <"$results.result" || :
  [[ $head == "$ticket "* && -n $reply ]] || { reply=''; return 1; }
  exit_code=${head##* }
}

# In the unit: leaves the reply for whoever waits.
keep_result() {
  printf '%s %d\n%s\n' "$ticket" "$exit_code" "$reply" >"$results.new"
  mv -fT -- "$results.new" "$results.result"
}

# Starts the unit or attaches to it, waits for its end and answers with its result. Never returns.
run_as_unit() {
  local held
  know_result
  exec {held}>"$state/locks/result-${unit%.service}"
  flock --wait 10 "$held" || fail 4 busy "This step is being started." "Another call holds it." "Repeat it later."
  if ! systemctl --quiet is-active "$unit" && ! read_result; then
    rm -f -- "$results.result"
    printf '%s' "$raw" >"$results.input"
    systemd-run --quiet --collect --unit="$unit" --service-type=exec --property=RuntimeMaxSec=3600 \
      --property="StandardInput=file:$results.input" --property="StandardOutput=null" \
      --property="StandardError=truncate:$results.log" /bin/bash -p -- "$scripts/$verb" --unit
  fi
  exec {held}>&-
  # systemd tells only the starter when a unit ends, so whoever waits here looks again and again.
  while systemctl --quiet is-active "$unit"; do
    read -r -t 0.1 <> <(:) || :
  done
  [[ ! -s $results.log ]] || cat -- "$results.log"
  rm -f -- "$results.input" "$state/locks/result-${unit%.service}"
  [[ -n $reply ]] || read_result || fail 6 failed "$verb left no result." "$unit ended before it was done." \
    "Look at journalctl -u $unit, then repeat the step."
  [[ $reply == *'"changed":true'* ]] && changed=true
  [[ $reply == '{"ok":true'* ]] && code=ok || code=failed
  exit "$exit_code"
}
