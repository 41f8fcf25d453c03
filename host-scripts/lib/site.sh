# shellcheck shell=bash
# What belongs to one site on this host, derived from its number; its lock and its fence.

# Sets the site's names and paths.
# shellcheck disable=SC2034  # used by the verbs
know_site() {
  user=s_$site
  uid=$((input[host_uidBase] + site))
  home=/srv/sites/$user
  slice=berth-site-$site.slice
  fence=$state/fence/$site
  # As a fence has it.
  lease="${input[call_epoch]-} ${input[call_token]-}"
  flags=/var/lib/berth/flags
  ((site <= input[host_maxSites])) || fail 2 bad-input "The input is refused." \
    "This host has room for ${input[host_maxSites]} sites." "Pass a smaller number." site
}

readonly wanted_sockets=/etc/systemd/system/sockets.target.wants

# Whether whoever connects can start what is behind the site's socket berth-NAME@, now and after a restart of the host: NAME
# FILE. Asking systemd takes 10 ms a question; the link and the socket themselves say the same.
is_listening() {
  [[ -L $wanted_sockets/berth-$1@$site.socket && -S $2 ]]
}

# Whether there is anything of it.
is_heard_of() {
  [[ -L $wanted_sockets/berth-$1@$site.socket || -e $2 ]]
}

# Opens the socket: NAME FILE. By a link of our own: even with --no-reload `systemctl enable` makes systemd say of every
# unit of the host that it should be reloaded.
listen() {
  ln -sfn -- "/etc/systemd/system/berth-$1@.socket" "$wanted_sockets/berth-$1@$site.socket"
  # It does not begin while what is behind it runs; and one whose file was removed is active, and nobody can reach it.
  systemctl start "berth-$1@$site.socket" && [[ -S $2 ]] && return
  stop_soon "berth-$1@$site.service" "berth-$1@$site.socket"
  systemctl start "berth-$1@$site.socket"
}

# Stops a service, and what goes with it. Nobody who waits for an answer is on a site that goes on: what is not done in a few
# seconds is cut off, so that neither this job nor those behind it wait for a slow request: SERVICE UNIT…
stop_soon() {
  timeout 4 systemctl stop "$@" && return
  systemctl kill --signal=KILL "$1"
  systemctl stop "$@"
  # Ended so it counts as failed.
  systemctl --quiet reset-failed "$1" 2>/dev/null || :
}

# Where what is behind it is being stopped already, the socket's turn comes after that, and the tenant's PHP may take a minute.
stop_listening() {
  local socket=berth-$1@$site.socket
  rm -f -- "$wanted_sockets/$socket"
  timeout 4 systemctl stop "$socket" && return
  systemctl kill --signal=KILL "berth-$1@$site.service"
  systemctl stop "$socket"
}

declare -A locks_held=()

# Waits for a lock of Berth's verbs and keeps it until the end: NAME SECONDS.
lock() {
  local held
  # A second open file would wait for our own first one.
  [[ ! -v locks_held[$1] ]] || return 0
  exec {held}>"$state/locks/$1"
  flock --wait "$2" "$held" || fail 4 busy "$1 is busy." "Another verb works on it for more than $2 seconds." \
    "Repeat it later."
  locks_held[$1]=$held
}

unlock() {
  local held=${locks_held[$1]}
  exec {held}>&-
  unset "locks_held[$1]"
}

lock_site() {
  lock "site-$site" 10
}

# Refuses a caller whose lease is older than one that was here before. Sets `fence_found` to the newest so far, empty if
# there was none.
look_at_fence() {
  local epoch='' token='' rest=''
  fence_found='' fence_mark='' fence_born=${input[born]-${input[call_epoch]}}
  [[ -e $fence ]] || return 0
  read -r epoch token fence_mark fence_born rest <"$fence" || :
  [[ $epoch =~ ^[0-9]+$ && $token =~ ^[0-9]+$ && $fence_born =~ ^[0-9]+$ && -z $rest ]] || fail 6 fence-unreadable \
    "The site's fence is damaged." "$fence does not have epoch, token, mark and the epoch of its birth." \
    "See what berth doctor says of it."
  if ((input[call_epoch] < epoch || (input[call_epoch] == epoch && input[call_token] < token))); then
    fail 4 outranked "A newer job has taken over this site." \
      "The call has the fencing token ${input[call_epoch]}.${input[call_token]}, the site has seen $epoch.$token." \
      "Nothing: the newer job does the work." call.token
  fi
  fence_found="$epoch $token"
}

# The same, and remembers a newer lease. The file outlives the site, with the mark `removed`: it is the tombstone that
# keeps the number, and so the user's id, from being used again. Its last number is the epoch in which the site's number
# was given out.
check_fence() {
  look_at_fence
  [[ $dry_run == true || $fence_found == "$lease" ]] || write_fence "${fence_mark:-used}"
}

# Stores the caller's token with a mark: `used` or `removed`.
write_fence() {
  printf '%s %s %s\n' "$lease" "$1" "$fence_born" >"$fence.new"
  # After a power cut an empty fence would stop every later job of the site. Nobody of before is left then to be outranked,
  # so it may be the older one, but a tombstone must still be there. Each of these takes some milliseconds.
  sync -- "$fence.new"
  mv -fT -- "$fence.new" "$fence"
  [[ -n $fence_found && $1 == "$fence_mark" ]] || sync -- "${fence%/*}"
}

# Whether the site's user exists. A user of that name or number that is not ours is refused.
user_exists() {
  local found
  found=$(getent passwd "$user" "$uid") || [[ -n $found ]] || return 1
  [[ $found == "$user:x:$uid:$uid:"*$'\n'"$user:x:$uid:$uid:"* ]] || fail 4 foreign-user \
    "A user that is not Berth's has the name or number of this site." "getent passwd $user $uid shows it." \
    "Remove that user, or keep Berth's range of numbers free."
}

# What `stat` is to say of a folder or file of a home, for is_as_laid_out.
# shellcheck disable=SC2034  # used by the verbs
readonly layout_format='%n %u:%g:%f'

# The access control list of a home's folder of logs: as its mode says, and nobody else.
# shellcheck disable=SC2034  # used by the verbs
readonly plain_rules='user::rwx,group::r-x,other::---'

# Sets `passage` to the access control list of folders through which nginx may pass, and nobody else but root and the tenant's
# group.
know_passage() {
  # shellcheck disable=SC2034  # used by the verbs
  passage="user::rwx,user:${input[host_nginxUser]}:--x,group::--x,mask::--x,other::---"
}

# Whether it is of the kind, with the owner and, where it is root's, with the mode that it was made with: PATH FACTS HOME UID
is_as_laid_out() {
  case $1 in
    "$3"/. | "$3"/releases) [[ $2 == "0:$4:41c8" ]] ;;
    "$3"/logs) [[ $2 == "0:$4:41e8" ]] ;;
    "$3"/current) [[ $2 == "$4:$4:a"* ]] ;;
    "$3"/logs/*) [[ $2 == "$4:$4:8"* ]] ;;
    *) [[ $2 == "$4:$4:4"* ]] ;;
  esac
}

# Sets `folders` to those of the home that the tenant writes to, from the home's own path. Root asks, since the tenant may
# not list the folders above them; nor can it make any there, so these are no links.
list_folders() {
  local path
  folders=()
  for path in "$1"/shared "$1"/tmp "$1"/releases/*; do
    [[ ! -d $path ]] || folders+=("$path")
  done
}

# Runs a command as the site's user: FOLDER SECONDS COMMAND…
# The tenant may stop such a process, or write into its memory, and so is given nothing by it: it has the slice and, by the
# very lines of its unit, the sandbox of the site's PHP; of the site's files it sees the folder; it has no descriptor of
# ours but its input and output; and systemd ends it and all its children after that time, stopped or not. What it says and
# how it ends is the tenant's word. Run this way: a shell that writes the placeholder page, one that calls find and chmod, and
# kill.
as_tenant() {
  local line folder=$1 seconds=$2 sandboxed=no unit=berth-tenant-$site.service root=/sys/fs/cgroup
  local -a sandbox=()
  shift 2
  while IFS= read -r line; do
    [[ $line != NoNewPrivileges=* ]] || sandboxed=yes
    [[ $sandboxed == yes && $line == [A-Z]* && $line != *=/etc/berth/php/%i ]] || continue
    [[ $line != *=/srv/sites/s_%i ]] || line=${line%%=*}=-$folder
    sandbox+=("--property=${line//%i/"$site"}")
  done <"$scripts/units/berth-php@.service"
  [[ $sandboxed == yes ]]
  [[ ! -d $root/systemd ]] || root=$root/systemd
  # Of a call that was killed. systemd answers 5 if it has just forgotten it by itself.
  [[ ! -d $root/berth.slice/berth-site.slice/$slice/$unit ]] || systemctl stop "$unit" || (($? == 5))
  systemd-run --quiet --collect --pipe --wait --unit="$unit" --slice="$slice" --service-type=simple \
    --uid="$uid" --gid="$uid" --property=KillSignal=SIGKILL --property=RuntimeMaxSec="$seconds" --property=OOMScoreAdjust=500 "${sandbox[@]}" \
    -- "$@" > >(head --bytes=4096 >&2) 2>&1
}

# Runs a command of root that needs none of root's rights, with those of an id that no site has: SECONDS COMMAND…
as_nobody() {
  local seconds=$1 nobody=${input[host_uidBase]}
  shift
  timeout --signal=KILL "$seconds" setpriv --reuid="$nobody" --regid="$nobody" --clear-groups --no-new-privs \
    --inh-caps=-all --bounding-set=-all -- "$@"
}
