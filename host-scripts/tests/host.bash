# shellcheck shell=bash
# What the tests share: calling a verb as the panel would, and looking at the host. They run as root inside a lab host on
# which `host-scripts/setup install` has been run; see run.

VERBS=/usr/lib/berth/host-scripts
ROOM='"diskMiB":1024,"files":100000'
LIMITS='"memoryMiB":256,"cpuPercent":100,"tasks":64,"ioWeight":100'
PASSWORD='correct-horse-1'
bats_require_minimum_version 1.5.0

# verb NAME [OWN-KEYS] [TOKEN] [EPOCH]: sets $status, $output (the reply) and $stderr (the log).
verb() {
  run --separate-stderr call "$@"
}

# By whom verbs are called, and in which environment: a command and its first words.
called_by=()

call() {
  printf '{"call":{"job":7,"step":"%s","epoch":%s,"token":%s,"actor":"alice"}%s}' "${STEP:-test}" "${4:-1}" "${3:-1}" \
    "${2:+,$2}" | "${called_by[@]}" "$VERBS/$1"
}

# raw VERB TEXT: the text as it is.
raw() {
  run --separate-stderr "$VERBS/$1" <<<"$2"
}

# said FILTER: what the reply says.
said() {
  jq -rc "$1" <<<"$output"
}

# Prints what happened, so that a failed assertion shows it.
show() {
  printf 'status %s\noutput %s\nstderr %s\n' "$status" "$output" "${stderr-}"
}

done_well() {
  [[ $status -eq 0 && $(said .ok) == true && $(said .changed) == "$1" ]] || { show; return 1; }
}

refused() { # EXIT CODE [FIELD]
  [[ $status -eq $1 && $(said .ok) == false && $(said .error.code) == "$2" ]] || { show; return 1; }
  [[ -z ${3-} || $(said .error.field) == "$3" ]] || { show; return 1; }
  [[ $(said '.error | .what != "" and .why != "" and .todo != ""') == true ]] || { show; return 1; }
}

# refute COMMAND…: a plain "!" would not fail a test.
refute() {
  if "$@"; then
    printf 'succeeded, but should not have: %s\n' "$*"
    return 1
  fi
}

# http HOST PATH [OPTION…]: sets $status to curl's, $output to the body, $code to the answer's code.
http() {
  local host=$1 path=$2
  shift 2
  output=$(curl --silent --show-error --write-out '\n%{http_code}' --header "Host: $host" "$@" \
    "http://127.0.0.1$path")
  code=${output##*$'\n'}
  output=${output%$'\n'*}
}

# The seconds since this machine has begun to run: what bash counts in $SECONDS jumps with the clock.
seconds() {
  local up
  read -r up _ </proc/uptime
  printf '%s\n' "${up%.*}"
}

# soon COMMAND…: succeeds as soon as the command does, fails after two minutes: a machine may stand still for a while.
soon() {
  at_once or_pause "$@"
}

or_pause() {
  "$@" || read -r -t 0.05 <> <(:)
}

# at_once COMMAND…: as soon does, without a pause between two looks.
at_once() {
  local deadline=$(($(seconds) + 120))
  until "$@"; do
    (($(seconds) < deadline)) || { printf 'not in time: %s\n' "$*"; return 1; }
  done
}

# What a refused call must not change.
picture() {
  {
    cat /etc/passwd /etc/group /etc/sudoers.d/berth
    find /etc/berth /srv/sites /var/lib/berth/flags /var/lib/berth/host/{fence,names,nginx,pools,results} /etc/systemd/system \
      /etc/systemd/system.control -printf '%p %T@ %s %m\n' 2>/dev/null
    mariadb -N -e 'show databases; select user, authentication_string from mysql.user'
  } | sha256sum
}

# Makes a whole site: ID TYPE NAME [EXTRA-NAMES]
make_site() {
  call site-user-create "\"site\":$1,$ROOM"
  call site-files-create "\"site\":$1,\"name\":\"$3\",\"shown\":\"$3\""
  [[ $2 == static ]] || call php-apply "\"site\":$1,\"version\":\"${PHP:-$(php_version)}\",$LIMITS,\"maxChildren\":4"
  call vhost-apply "\"site\":$1,\"type\":\"$2\",\"canonical\":\"$3\",\"serve\":[],\"redirect\":[]"
} >/dev/null 2>&1

# Removes whatever there is of a site, and its tombstone, so that a test may use the number again.
wipe_site() {
  local step
  for step in vhost-remove php-remove database-remove site-files-remove site-user-remove; do
    STEP="wipe$1" call "$step" "\"site\":$1" 900000 900000 || return 1
  done >/dev/null 2>&1
  rm -f "/var/lib/berth/host/fence/$1" /var/lib/berth/host/results/*"wipe$1"* /var/lib/berth/flags/"$1".*
}

php_version() {
  local -a programs=(/usr/sbin/php-fpm[0-9].[0-9])
  printf '%s\n' "${programs[-1]#*php-fpm}"
}

# Puts a file into a site's public folder, as the site: ID NAME, content on standard input.
put_page() {
  setpriv --reuid=$((70000 + $1)) --regid=$((70000 + $1)) --clear-groups -- tee "/srv/sites/s_$1/current/public/$2" >/dev/null
}

fpm_processes() {
  pgrep --uid $((70000 + $1)) --count || true
}

# Has the site's user stop every other process of its own, again and again, and hold its output: ID. Ends with stop_hostile.
begin_hostile() {
  setsid setpriv --reuid=$((70000 + $1)) --regid=$((70000 + $1)) --clear-groups --no-new-privs bash -c \
    'while :; do kill -STOP -1; done' >/dev/null 2>&1 3>&- &
  hostile=$!
  setpriv --reuid=$((70000 + $1)) --regid=$((70000 + $1)) --clear-groups sleep 600 3>&- &
  soon grep -q '^State:.*stopped' "/proc/$!/status"
}

stop_hostile() {
  kill -KILL "$hostile"
  # It ends with 1 when there was none left.
  pkill -KILL --uid $((70000 + $1)) || (($? == 1))
}

# Whether nobody holds the site's lock: ID.
is_unlocked() {
  flock --nonblock "/var/lib/berth/host/locks/site-$1" true
}

audit_lines() {
  wc -l </var/log/berth/verbs.log
}

last_audit() {
  tail -n 1 /var/log/berth/verbs.log | jq -rc "$1"
}
