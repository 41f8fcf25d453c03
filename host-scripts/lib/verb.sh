# shellcheck shell=bash
# Start and end of every verb: a clean process, checked input, one reply, one audit line.
# A verb sources this file first; afterwards `input` holds its checked values and `site` the site it is about.

set -Eeuo pipefail
shopt -s inherit_errexit
# Since bash 5.2 an & in a replacement stands for the match; texts that we insert are taken as they are.
shopt -u patsub_replacement 2>/dev/null || :
umask 077

verb=${0##*/}

[[ -e /dev/fd/0 ]] || exec </dev/null
[[ -e /dev/fd/1 ]] || exec >/dev/null
[[ -e /dev/fd/2 ]] || exec 2>/dev/null
# A verb's first line begins it with an empty environment and under its time limit. From here on its real path counts,
# so that a release switched meanwhile changes nothing; it begins anew if that is not the file that the shell reads.
cd -P -- "${0%/*}"
[[ $0 == "$PWD/$verb" || $PWD/$verb -ef /dev/fd/255 ]] || exec -c "$PWD/$verb" "$@"

export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C TZ=UTC0
# shellcheck disable=SC2034  # several of these are read by the other files of the library and by the verbs
readonly mode=${1-} scripts=$PWD state=/var/lib/berth/host log_file=/var/log/berth/verbs.log
readonly started=${EPOCHREALTIME/[.,]/}
cd /

for descriptor in /proc/self/fd/*; do
  descriptor=${descriptor##*/}
  ((descriptor <= 2 || descriptor == 255)) || exec {descriptor}>&-
done
# The reply alone goes to standard output; whatever a command says is part of the log.
exec {reply_to}>&1 1>&2

# shellcheck source=host-scripts/lib/reply.sh
source "$scripts/lib/reply.sh"
# shellcheck source=host-scripts/lib/input.sh
source "$scripts/lib/input.sh"
# shellcheck source=host-scripts/lib/files.sh
source "$scripts/lib/files.sh"
# shellcheck source=host-scripts/lib/site.sh
source "$scripts/lib/site.sh"
# shellcheck source=host-scripts/lib/unit.sh
source "$scripts/lib/unit.sh"

# Sets `full` to a folder that verbs write to and whose disk has no room, or no files, left.
find_full_disk() {
  local room size files all
  for full in "$state" /etc/berth /etc/systemd/system /srv/sites /var/lib/mysql; do
    read -r room size files all < <(stat --file-system --format='%a %S %d %c' -- "$full" 2>/dev/null) || continue
    ((room * size >= 65536 && (files > 0 || all == 0))) || return 0
  done
  return 1
}

finish() {
  local status=$?
  trap - EXIT ERR
  trap '' TERM INT HUP PIPE
  set +e
  if [[ -z $reply ]]; then
    # Of a change its name is of use; the ways into it are the same for all.
    # shellcheck disable=SC2016  # as the shell tells it
    [[ $failed_command != '"${@:2}"' ]] || failed_command=$changing
    local why="It was to $doing, and '$failed_command' ended with $status." after=5
    local todo="Read this step's log, mend the cause, then repeat it."
    ((status < 128)) || why="It was stopped from outside, or took longer than its time limit."
    if find_full_disk; then
      why="The disk of $full is full."
      todo="Make room there, then repeat it."
    fi
    undo_all || after=6
    problem "$after" failed "$verb stopped half-way." "$why" "$todo"
  elif ((exit_code != 0)); then
    undo_all || exit_code=6
  fi
  audit
  [[ $mode != --unit ]] || keep_result
  printf '%s\n' "$reply" >&"$reply_to"
  exit "$exit_code"
}

trap finish EXIT
trap 'failed_command=$BASH_COMMAND' ERR
# timeout signals us and then our whole group: whoever is on the way out already must not be cut short.
trap '[[ -v stopping || -n $reply$failed_command ]] || { stopping=yes; exit 143; }' TERM INT HUP
# The caller's limits outlive an empty environment. A short one for files would end us between a change and its audit line,
# a short one for open files have the web server's test fail and sites quarantined: they are lifted, or nothing is begun.
trap '' XFSZ
{ ulimit -c 0 -d unlimited -f unlimited -t unlimited -v unlimited && ulimit -S -s 8192 &&
  { ulimit -n 262144 || ulimit -n 16384; }; } 2>/dev/null ||
  fail 6 narrow-limits "The verb did not begin." "The limits of its caller (ulimit) are too narrow, and cannot be lifted." \
    "Start the panel by its unit, with the limits that it has there."
[[ $# == 0 || $mode == --unit && $# == 1 ]] || fail 2 bad-input "A verb takes no arguments." \
  "Its input is one JSON object on standard input." "Pass the values there."
read_input
[[ $mode != --unit ]] || know_result
if [[ -n $site ]]; then
  know_site
  [[ $mode == --unit || $is_long == false || $dry_run == true ]] || run_as_unit
  [[ $dry_run == true || $wants_call == false ]] || lock_site
  [[ $wants_call == false ]] || check_fence
fi
