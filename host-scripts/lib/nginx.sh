# shellcheck shell=bash
# The web server of the sites: testing, putting live what changed, keeping a broken file away from the others.
# Folders, all root's: sites/ what is served; good/ what was served last without complaint; pending/ changes that no
# reload has taken along yet; quarantine/ files that were taken out, each with nginx's words about it.
# A file below pending/ holds what the site's file is to become, or the one line that says that there is to be none; an
# empty one, that somebody changed the site's file. Whoever has the lock `nginx` puts them into sites/, nobody else: nginx
# lists that folder and then opens each file, and without one of them it keeps the old configuration.

readonly nginx_etc=/etc/berth/nginx nginx_state=/var/lib/berth/host/nginx
readonly nginx_unserved='# Not to be served any more.'
readonly nginx_sites=$nginx_etc/sites nginx_quarantine=$nginx_etc/quarantine
declare -A culprits=() taken=()
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

# Tests what all sites share together with these files of sites and no others.
files_work_together() {
  local config=$nginx_state/test-${site:-start}.conf file files='' result=0
  for file; do
    files+="include $file;"$'\n'
  done
  read_text "$nginx_etc/nginx.conf"
  text=${text/"include $nginx_sites/*.conf;"/"$files"}
  text=${text/"pid /run/nginx.pid;"/"pid ${config%.conf}.pid;"}
  printf '%s' "${text/"error_log /var/log/nginx/error.log;"/error_log stderr;}" >"$config"
  nginx_accepts "$config" || result=$?
  rm -f -- "$config" "${config%.conf}.pid"
  return "$result"
}

# Whether what all sites share passes the test with stand-ins for sites: if not, it is no site's fault.
shared_files_work() {
  files_work_together "$nginx_etc/stand-ins.conf"
}

refuse_shared_fault() {
  fail 5 shared-config "What all sites share of the web server's configuration does not pass its test." "$nginx_error" \
    "Mend what it names, then repeat. Sites are served as before until the web server is started anew."
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
# files that cannot live together the older one stays. Touches no site when the fault is in what all of them share.
mend_configuration() {
  local file suspect
  local -a old=() new=()
  nginx_accepts "$nginx_etc/nginx.conf" && return
  printf 'the whole configuration does not pass: %s\n' "$nginx_error" >&2
  shared_files_work || return 1
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

# Leaves what the site's file is to become, `text`, for whoever has the lock next.
want_file() {
  put_text "$nginx_state/candidate-$site.conf" 022
  mv -fT -- "$nginx_state/candidate-$site.conf" "$nginx_state/pending/$site"
}

# Puts into sites/ what is wanted, of all sites. Only with the lock. What cannot be put there stays pending, and fails the
# call for that site alone.
put_wanted_files() {
  local mark name
  for mark in "$nginx_state"/pending/*; do
    name=${mark##*/}
    read_text "$mark"
    taken[$mark]=$text
    [[ -n $text ]] || continue
    rm -f -- "$nginx_quarantine/$name".{conf,error}
    put_site_file "$name" && continue
    [[ $name != "$site" ]] || return 1
    unset "taken[$mark]"
  done
}

# `text` becomes the site's file: NUMBER. Only with the lock.
put_site_file() {
  if [[ $text == "$nginx_unserved" ]]; then
    rm -f -- "$nginx_sites/$1.conf"
  else
    has_text "$nginx_sites/$1.conf" || {
      (umask 022 && printf '%s' "$text" >"$nginx_sites/$1.conf.new") &&
        mv -fT -- "$nginx_sites/$1.conf.new" "$nginx_sites/$1.conf"
    } || {
      rm -f -- "$nginx_sites/$1.conf.new"
      return 1
    }
  fi
}

# Makes what is pending for the site live, together with what is pending for others. Whoever waited for the lock and finds
# that its change was taken along has nothing left to do.
go_live() {
  local mark name
  lock nginx 120
  [[ -e $nginx_state/pending/$site ]] || return 0
  shared_files_work || refuse_shared_fault
  put_wanted_files
  mend_configuration || fail 5 web-server-config "The web server's configuration does not pass its test." \
    "$nginx_error" "Mend the file that it names."
  find_nginx_master || fail 5 web-server-down "The web server does not run." "nginx.service has no main process." \
    "Start it (systemctl start nginx), then repeat."
  reload_nginx || fail 5 reload-failed "The web server did not take over the new configuration in time." \
    "Its error log says why: /var/log/nginx/error.log." "Mend the cause, then repeat."
  for mark in "${!taken[@]}"; do
    read_text "$mark"
    # Another call may want something newer by now.
    [[ $text == "${taken[$mark]}" ]] || continue
    name=${mark##*/}.conf
    if [[ -e $nginx_sites/$name ]]; then
      # A copy, not a link: an editor may write into the file itself.
      cp -fT -- "$nginx_sites/$name" "$nginx_state/good/$name"
    else
      rm -f -- "$nginx_state/good/$name"
    fi
    rm -f -- "$mark"
  done
}
