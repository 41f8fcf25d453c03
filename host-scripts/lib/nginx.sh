# shellcheck shell=bash
# The web server of the sites: testing, putting live what changed, keeping a broken file away from the others.
# Folders, all root's: sites/ what is served; good/ what was served last without complaint; pending/ marks of changes
# that no reload has taken along yet; quarantine/ files that were taken out, each with nginx's words about it.

readonly nginx_etc=/etc/berth/nginx nginx_state=/var/lib/berth/host/nginx
readonly nginx_sites=$nginx_etc/sites nginx_quarantine=$nginx_etc/quarantine
declare -A culprits=()
declare -a sound=()

# Tests a whole configuration; sets `nginx_error` to nginx's first complaint.
nginx_accepts() {
  local said
  nginx_error=
  said=$(nginx -t -q -c "$1" 2>&1) && return
  nginx_error=${said#*\[emerg\] }
  nginx_error=${nginx_error%%$'\n'*}
  return 1
}

# Tests these files of sites and nothing else.
files_work_together() {
  local config=$nginx_state/test-$BASHPID.conf file result=0
  {
    printf 'pid %s;\nerror_log stderr;\nworker_rlimit_nofile 262144;\n' "$nginx_state/test-$BASHPID.pid"
    printf 'include /etc/nginx/modules-enabled/*.conf;\nevents {}\nhttp {\n'
    printf 'include /etc/nginx/mime.types;\ninclude %s/http.conf;\n' "$nginx_etc"
    for file; do
      printf 'include %s;\n' "$file"
    done
    printf '}\n'
  } >"$config"
  nginx_accepts "$config" || result=$?
  rm -f -- "$config" "${config%.conf}.pid"
  return "$result"
}

# Adds to `sound` those files that work together with all before them; notes the others in `culprits`, by halving.
isolate() {
  local half=$(($# / 2))
  (($#)) || return 0
  if files_work_together "${sound[@]}" "$@"; then
    sound+=("$@")
  elif (($# == 1)); then
    culprits[$1]=$nginx_error
  else
    isolate "${@:1:half}"
    isolate "${@:half+1}"
  fi
}

# Takes a file out, for good or for its last good version.
quarantine() {
  local file=$1 name=${1##*/}
  mv -fT -- "$file" "$nginx_quarantine/$name"
  printf '%s\n' "${culprits[$file]}" >"$nginx_quarantine/${name%.conf}.error"
  printf 'quarantine: %s: %s\n' "$name" "${culprits[$file]}" >&2
  logger --tag berth-nginx --priority daemon.err -- "quarantined $name: ${culprits[$file]}" || :
  if [[ -e $nginx_state/good/$name ]] && ! cmp --quiet -- "$nginx_state/good/$name" "$nginx_quarantine/$name"; then
    cp -T -- "$nginx_state/good/$name" "$file"
    files_work_together "${sound[@]}" "$file" && sound+=("$file") && return
    rm -f -- "$file"
  fi
}

# Makes the configuration pass its test, whatever lies in the folder. The suspects are looked at last, so that of two
# files that cannot live together the older one stays.
mend_configuration() {
  local file suspect
  local -a old=() new=()
  nginx_accepts "$nginx_etc/nginx.conf" && return
  printf 'the whole configuration does not pass: %s\n' "$nginx_error" >&2
  sound=() culprits=()
  for file in "$nginx_sites"/*.conf; do
    suspect=$nginx_state/pending/${file##*/}
    if [[ -e ${suspect%.conf} ]]; then new+=("$file"); elif [[ -e $file ]]; then old+=("$file"); fi
  done
  isolate "${old[@]}"
  isolate "${new[@]}"
  for file in "${!culprits[@]}"; do
    quarantine "$file"
  done
  nginx_accepts "$nginx_etc/nginx.conf"
}

# Sets `nginx_master` to the running master's process id.
find_nginx_master() {
  local name=''
  nginx_master=
  read -r nginx_master </run/nginx.pid 2>/dev/null && read -r name <"/proc/$nginx_master/comm" && [[ $name == nginx ]]
} 2>/dev/null

# Whether a request is answered by the generation.
serves_generation() {
  local answer=''
  {
    printf 'GET / HTTP/1.0\r\nHost: generation.berth.invalid\r\n\r\n' >&0
    IFS= read -r -d '' -t 2 answer || :
  } 0<>/dev/tcp/127.0.0.1/80
  [[ $answer == *$'\r\n\r\n'"$1"$'\n' ]]
} 2>/dev/null

# Whether all of these workers have ended or at least take no new request.
have_left() {
  local pid title
  for pid; do
    title=
    IFS= read -r -d '' title <"/proc/$pid/cmdline" || :
    [[ -z $title || $title == *'shutting down'* ]] || return 1
  done
} 2>/dev/null

# Reloads and waits until the new generation, and only it, takes requests. nginx itself reports success even when it
# went on with the old configuration.
reload_nginx() {
  local generation present='' deadline=$((SECONDS + 30))
  local -a workers
  read_text "$nginx_state/generation"
  generation=${text%$'\n'}
  generation=$((${generation:-0} + 1))
  render nginx/generation.conf generation "$generation"
  put_text "$nginx_etc/generation.conf" 022
  printf '%d\n' "$generation" >"$nginx_state/generation"
  read -r present <"/proc/$nginx_master/task/$nginx_master/children" || :
  read -ra workers <<<"$present"
  kill -HUP "$nginx_master"
  until have_left "${workers[@]}" && serves_generation "$generation"; do
    ((SECONDS < deadline)) || return 1
    read -r -t 0.005 <> <(:) || :
  done
}

# Makes the site's change live, together with those of others. Whoever waited for the lock and finds that its change was
# taken along has nothing left to do.
go_live() {
  local mark name
  local -a taken
  : >"$nginx_state/pending/$site"
  lock nginx 120
  [[ -e $nginx_state/pending/$site ]] || return 0
  taken=("$nginx_state"/pending/*)
  mend_configuration || fail 5 web-server-config "The web server's configuration does not pass its test." \
    "$nginx_error" "Mend the file that it names."
  find_nginx_master || fail 5 web-server-down "The web server does not run." "nginx.service has no main process." \
    "Start it (systemctl start nginx), then repeat."
  reload_nginx || fail 5 reload-failed "The web server did not take over the new configuration in time." \
    "Its error log says why: /var/log/nginx/error.log." "Mend the cause, then repeat."
  for mark in "${taken[@]}"; do
    name=${mark##*/}.conf
    if [[ -e $nginx_sites/$name ]]; then
      # A copy, not a link: an editor may write into the file itself.
      cp -fT -- "$nginx_sites/$name" "$nginx_state/good/$name"
    else
      rm -f -- "$nginx_state/good/$name"
    fi
  done
  rm -f -- "${taken[@]}"
}
