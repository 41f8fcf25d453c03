# shellcheck shell=bash
# Long verbs, each about a site, run in a transient unit of their own, so that the end of the panel is not their end. The
# unit leaves a result; a second call of the same job and step attaches to it, whichever lease it has.

# Names the unit and the files of this job's step.
know_result() {
  local name="${input[call_job]}-${input[call_step]}"
  unit=berth-verb-$name.service results=$state/results/$name
}

# In the unit, or for a newer lease: leaves the reply for whoever waits.
keep_result() {
  printf '%s %s %s %d\n%s\n' "$lease" "$verb" "$site" "$exit_code" "$reply" >"$results.new"
  mv -fT -- "$results.new" "$results.result"
}

# Sets `exit_code` and `reply` from the file, if they still hold: the fence has the token of the lease that left them, so
# nobody newer did anything to the site since; and it is of this epoch, since after a restore another job may have the
# number. A failure is told only to whoever waited for it; any other repeats the work.
read_result() {
  local head='' text='' ended
  [[ -e $results.result ]] || return 1
  { IFS= read -r head && IFS= read -r text; } <"$results.result" || :
  [[ $head == "$fence_found $verb $site "* && $head == "${input[call_epoch]} "* && -n $text ]] || return 1
  ended=${head##* }
  ((ended == 0)) || [[ $awaited == yes ]] || return 1
  exit_code=$ended reply=$text
}

begin_unit() {
  rm -f -- "$results.result"
  printf '%s' "$raw" >"$results.input"
  # It has opened its input when this returns. host-inventory reads whose it is in the description.
  systemd-run --quiet --collect --unit="$unit" --description="$verb of site $site" --service-type=exec --property=RuntimeMaxSec=3600 \
    --property="StandardInput=file:$results.input" --property="StandardOutput=null" \
    --property="StandardError=truncate:$results.log" /bin/bash -p -- "$scripts/$verb" --unit
  rm -f -- "$results.input"
}

is_at_work() {
  local now
  now=$(systemctl show --property=ActiveState --value "$unit")
  [[ $now == active || $now == *ing ]]
}

# Starts the unit or attaches to it, waits for its end and answers with its result. Never returns.
# The unit holds the site's lock while it works. So the fence is only looked at before, and the caller's token stored, and
# a result taken, when nobody works: of two callers the older is outranked then, and finds nothing that it could take away.
run_as_unit() {
  local begun=no awaited=no waits=0
  know_result
  look_at_fence
  while :; do
    # systemd tells only the starter when a unit ends, so whoever waits here looks again and again: soon at first.
    while is_at_work; do
      awaited=yes
      read -r -t "0.0$((waits < 9 ? ++waits : 9))" <> <(:) || :
    done
    lock_site
    # Another call may have begun it meanwhile; it waits for our lock then.
    if ! is_at_work; then
      check_fence
      ! read_result || break
      [[ $begun == no ]] || fail 6 failed "$verb left no result." "$unit ended before it was done." \
        "Look at journalctl -u $unit, then repeat the step."
      begin_unit
      begun=yes awaited=yes
    fi
    unlock "site-$site"
  done
  # Whoever comes next finds this lease in the fence.
  [[ $fence_found == "$lease" ]] || keep_result
  [[ ! -s $results.log ]] || cat -- "$results.log"
  [[ $reply == *'"changed":true'* ]] && changed=true
  [[ $reply == '{"ok":true'* ]] && code=ok || code=failed
  exit "$exit_code"
}
