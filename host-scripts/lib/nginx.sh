# shellcheck shell=bash
# The web server of the sites: testing, putting live what changed, keeping a broken file away from the others.
# Folders, all root's: sites/ what is served; good/ what was served last without complaint; pending/ changes that no
# reload has taken along yet; quarantine/ files that were taken out, each with nginx's words about it.
# A file below pending/ holds what the site's file is to become, or the one line that says that there is to be none; an
# empty one, that somebody changed the site's file. Whoever has the lock `nginx` puts them into sites/, nobody else: nginx
# lists that folder and then opens each file, and without one of them it keeps the old configuration. They go there by way
# of <id>.conf.new, which nginx does not read: what is there is tested together with all the rest before it takes the place
# of <id>.conf.

readonly nginx_etc=/etc/berth/nginx nginx_state=/var/lib/berth/host/nginx
readonly nginx_unserved='# Not to be served any more.'
readonly nginx_sites=$nginx_etc/sites nginx_quarantine=$nginx_etc/quarantine nginx_tls=$nginx_etc/tls.conf
declare -A culprits=() taken=()
declare -a sound=()
# Those that nginx refuses though they are still what it served before, and how many files there are in all.
declare -a unchanged=()
listed=0
# Whether it was told to reload, and is not known to have done so.
reloading=no

# Without the folder of the sites' logs no site's file passes.
make_log_folder() {
  [[ -d /var/log/nginx/sites ]] || systemd-tmpfiles --create --prefix=/var/log/nginx /etc/tmpfiles.d/berth-host.conf
}

# Sets `tls_profile` to what was chosen for all sites: `intermediate` or `modern`.
read_tls_profile() {
  read_text "$nginx_tls"
  tls_profile=intermediate
  [[ $text != *'ssl_protocols TLSv1.3;'* ]] || tls_profile=modern
}

# Sets `tls_protocols` to the versions that go with a choice: PROFILE
name_tls_protocols() {
  tls_protocols='TLSv1.2 TLSv1.3'
  [[ $1 == intermediate ]] || tls_protocols=TLSv1.3
}

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
  local config=$nginx_state/test-${verb:-start}.conf file files=''
  for file; do
    files+="include $file;"$'\n'
  done
  read_text "$nginx_etc/nginx.conf"
  text=${text/"include $nginx_sites/*.conf;"/"$files"}
  # nginx makes this file even for a test.
  text=${text/"pid /run/nginx.pid;"/"pid /dev/null;"}
  printf '%s' "${text/"error_log /var/log/nginx/error.log;"/error_log stderr;}" >"$config"
  nginx_accepts "$config"
}

# Whether what all sites share passes the test with stand-ins for sites: if not, it is no site's fault.
shared_files_work() {
  files_work_together "$nginx_etc/stand-ins.conf"
}

refuse_shared_fault() {
  fail 5 shared-config "What all sites share of the web server's configuration does not pass its test." "$nginx_error" \
    "Mend what it names, then repeat. Sites are served as before until the web server is started anew."
}

# Whether the file is what nginx has served without complaint: then it is not the file that has become worse.
is_as_served() {
  local good=$nginx_state/good/${1##*/}
  [[ -e $good ]] && cmp --quiet -- "$good" "$1"
}

# Whether most files are refused as they were served before: that is no fault of theirs, but of something they share, such
# as the disk of their logs. Without them no site would be served.
fault_is_shared() {
  ((2 * ${#unchanged[@]} > listed))
}

# Adds to `sound` those files that work together with all before them, by halving; notes the others in `culprits`. Whoever
# is changed is taken out at once: if the time is not enough for all, the next search has fewer.
isolate() {
  local half=$(($# / 2))
  if (($# == 0)) || fault_is_shared; then
    return
  fi
  if files_work_together "${sound[@]}" "$@"; then
    sound+=("$@")
  elif (($# == 1)); then
    culprits[$1]=$nginx_error
    if is_as_served "$1"; then unchanged+=("$1"); else quarantine "$1"; fi
  else
    isolate "${@:1:half}"
    isolate "${@:half+1}"
  fi
}

# Takes a file out, for good or for the one before it.
quarantine() {
  local file=$1 name=${1##*/} before
  name=${name%.new} before=$nginx_sites/$name
  # First: without these words nobody would look for the file there.
  printf '%s\n' "${culprits[$file]}" >"$nginx_quarantine/${name%.conf}.error"
  mv -fT -- "$file" "$nginx_quarantine/$name"
  printf 'quarantine: %s: %s\n' "$name" "${culprits[$file]}" >&2
  logger --tag berth-nginx --priority daemon.err -- "quarantined $name: ${culprits[$file]}" || :
  if [[ $file == "$before" && -e $nginx_state/good/$name ]] &&
    ! cmp --quiet -- "$nginx_state/good/$name" "$nginx_quarantine/$name"; then
    cp -T -- "$nginx_state/good/$name" "$before"
  fi
  [[ -e $before ]] || return 0
  files_work_together "${sound[@]}" "$before" && sound+=("$before") && return
  rm -f -- "$before"
}

# Whether what is wanted for the site lies beside its file: NUMBER. One that a killed call left there counts for nothing.
is_laid_out() {
  local wanted=${taken[$nginx_state/pending/$1]-}
  [[ -n $wanted && $wanted != "$nginx_unserved" && -e $nginx_sites/$1.conf.new ]]
}

# Sets `old` and `new` to the files that nginx is to read from now on; new are those that are wanted or were changed since
# the last reload.
list_files() {
  local file name mark
  old=() new=()
  for file in "$nginx_sites"/*.conf; do
    name=${file##*/} name=${name%.conf}
    mark=$nginx_state/pending/$name
    # Of a thousand files hardly one is wanted otherwise.
    if [[ -n ${taken[$mark]-} ]] && is_laid_out "$name"; then
      new+=("$file.new")
    elif [[ ${taken[$mark]-} == "$nginx_unserved" || ! -e $file ]]; then
      continue
    elif [[ -e $mark ]]; then
      new+=("$file")
    else
      old+=("$file")
    fi
  done
  for mark in "${!taken[@]}"; do
    file=$nginx_sites/${mark##*/}.conf
    [[ -e $file ]] || ! is_laid_out "${mark##*/}" || new+=("$file.new")
  done
}

# Makes the configuration pass its test when it does not, whatever lies in the folder, unless the fault is shared. The
# suspects are looked at last, so that of two files that cannot live together the older one stays.
mend_configuration() {
  local file
  local -a old new
  printf 'the whole configuration does not pass: %s\n' "$nginx_error" >&2
  sound=() culprits=() unchanged=()
  list_files
  listed=$((${#old[@]} + ${#new[@]}))
  isolate "${old[@]}"
  isolate "${new[@]}"
  ! fault_is_shared || return 1
  for file in "${unchanged[@]}"; do
    quarantine "$file"
  done
  put_tested_files && nginx_accepts "$nginx_etc/nginx.conf"
}

# Whether nginx accepts its configuration, without what it does not accept if need be: before it starts or is reloaded
# for other reasons than a site's.
make_acceptable() {
  local refused
  make_log_folder
  nginx_accepts "$nginx_etc/nginx.conf" && return
  refused=$nginx_error
  shared_files_work || return
  nginx_error=$refused
  mend_configuration
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

# Sets `workers` to the processes that the master has now.
list_workers() {
  local present=''
  read -r present <"/proc/$nginx_master/task/$nginx_master/children" || :
  read -ra workers <<<"$present"
}

# Whether the master has begun workers that are not among these.
has_others_than() {
  local pid
  local -a workers
  list_workers
  for pid in "${workers[@]}"; do
    [[ " $* " == *" $pid "* ]] || return 0
  done
  return 1
}

# Tells those of these to leave that are workers of the master at this moment: a number may be another process' by now.
dismiss() {
  local pid title
  local -a workers
  list_workers
  for pid in "${workers[@]}"; do
    title=
    [[ " $* " != *" $pid "* ]] || IFS= read -r -d '' title <"/proc/$pid/cmdline" || :
    [[ $title != 'nginx: worker process'* || $title == *'shutting down'* ]] || kill -QUIT "$pid" || :
  done
} 2>/dev/null

# Whether less than an eighth of the host's memory is free.
memory_is_short() {
  local name kib total=0 available=0
  while read -r name kib _; do
    case $name in
      MemTotal:) total=$kib ;;
      MemAvailable:) available=$kib ;;
    esac
  done </proc/meminfo
  ((8 * available < total))
}

# Ends the workers that reloads of more than half a minute ago have dismissed where memory runs short. nginx leaves each ten
# minutes for visitors who are still served, and those of each reload hold a configuration of their own: many reloads in
# that time would be many. The dismissed are noted a line for each reload: when, and who.
end_leaving_if_short() {
  local at dismissed pid title now noted='' short=no file=$nginx_state/dismissed
  local -a workers
  [[ -e $file ]] || return 0
  printf -v now '%(%s)T' -1
  ! memory_is_short || short=yes
  list_workers
  while read -r at dismissed; do
    # By then nginx itself has ended them.
    ((now - at < 600)) || continue
    if [[ $short == no ]] || ((now - at < 30)); then
      noted+="$at $dismissed"$'\n'
      continue
    fi
    for pid in $dismissed; do
      title=
      [[ " ${workers[*]} " != *" $pid "* ]] || IFS= read -r -d '' title <"/proc/$pid/cmdline" || :
      [[ $title != 'nginx: worker process'*'shutting down'* ]] || kill -TERM "$pid" || :
    done
  done <"$file"
  printf '%s' "$noted" >"$file"
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
# went on with the old configuration. Its master lets a tenth of a second pass between beginning new workers and telling
# the old ones to leave; we tell these as soon as new ones are there. Requests that come before a new worker is ready wait
# in the queue of the listening socket, which all share.
reload_nginx() {
  local generation pause deadline=$((SECONDS + 30))
  local -a workers
  read_text "$nginx_state/generation"
  generation=${text%$'\n'}
  generation=$((${generation:-0} + 1))
  render nginx/generation.conf generation "$generation"
  put_text "$nginx_etc/generation.conf" 022
  printf '%d\n' "$generation" >"$nginx_state/generation"
  end_leaving_if_short
  list_workers
  reloading=yes
  kill -HUP "$nginx_master"
  # Nothing is ever written there, so reading is waiting.
  exec {pause}<> <(:)
  until has_others_than "${workers[@]}"; do
    [[ $SECONDS -lt $deadline && -d /proc/$nginx_master ]] || return 1
    read -r -t 0.002 -u "$pause" || :
  done
  dismiss "${workers[@]}"
  printf '%(%s)T %s\n' -1 "${workers[*]}" >>"$nginx_state/dismissed"
  until have_left "${workers[@]}" && serves_generation "$generation"; do
    [[ $SECONDS -lt $deadline && -d /proc/$nginx_master ]] || return 1
    read -r -t 0.002 -u "$pause" || :
  done
  reloading=no
  exec {pause}>&-
}

# Keeps the others from wanting something else for a moment. Whoever was stopped in such a moment, and undoes, has the lock
# already.
hold_pending() {
  [[ -v pending_held ]] || exec {pending_held}>/var/lib/berth/host/locks/pending
  flock --wait 10 "$pending_held"
}

release_pending() {
  exec {pending_held}>&-
  unset pending_held
}

# Leaves what the site's file is to become, `text`, for whoever has the lock next; never a text that a full disk cut off,
# and not while somebody forgets what is done.
want_file() {
  write_text "$nginx_state/candidate-$site.conf" 077 && hold_pending &&
    mv -fT -- "$nginx_state/candidate-$site.conf" "$nginx_state/pending/$site" && release_pending
}

# Lays what is wanted, of all sites, beside the files that it is to replace. Only with the lock. What cannot be put there
# stays pending, and fails the call for that site alone.
lay_out_wanted_files() {
  local mark name
  for mark in "$nginx_state"/pending/*; do
    name=${mark##*/}
    read_text "$mark"
    taken[$mark]=$text
    [[ -n $text && $text != "$nginx_unserved" ]] || continue
    write_text "$nginx_sites/$name.conf.new" 022 || leave_pending "$mark" || return
  done
}

# Puts what was laid out into its place, and takes away what is not to be served. Sets `nginx_error` if not all could be.
put_tested_files() {
  local mark name file
  nginx_error=''
  for mark in "${!taken[@]}"; do
    name=${mark##*/} file=$nginx_sites/${mark##*/}.conf
    # Words about what was there before this change; those of now have no file beside them any more.
    [[ -z ${taken[$mark]} || ! -e $nginx_quarantine/$name.error || -v culprits[$file.new] ]] ||
      rm -f -- "$nginx_quarantine/$name".{conf,error}
    if [[ ${taken[$mark]} == "$nginx_unserved" ]]; then
      rm -f -- "$file"
    elif is_laid_out "$name"; then
      mv -fT -- "$file.new" "$file"
    fi || leave_pending "$mark" || return
  done
}

# Goes on without the change that could not be put in place, unless it is this call's own.
leave_pending() {
  nginx_error="the file of site ${1##*/} cannot be replaced"
  unset "taken[$1]"
  rm -f -- "$nginx_sites/${1##*/}.conf.new"
  [[ ${1##*/} != "$site" ]]
}

# `text` becomes the site's file again. Only with the lock.
put_site_file() {
  local file=$nginx_sites/$site.conf
  if [[ $text == "$nginx_unserved" ]]; then
    rm -f -- "$file"
  else
    has_text "$file" || put_text "$file" 022
  fi
}

# Puts what is pending into its place once all of it passed the test with all the rest. Only if it does not, it is found
# out whose fault that is.
put_wanted_files() {
  local -a old new
  make_log_folder
  lay_out_wanted_files
  list_files
  if files_work_together "${old[@]}" "${new[@]}"; then
    put_tested_files
    [[ -n $nginx_error ]] || return 0
    nginx_accepts "$nginx_etc/nginx.conf" && return
  fi
  local refused=$nginx_error
  shared_files_work || refuse_shared_fault
  ! is_laid_out "$site" || files_work_together "$nginx_sites/$site.conf.new" ||
    fail 5 config-refused "The web server does not accept this site." "$nginx_error" "Change the site."
  nginx_error=$refused
  mend_configuration || {
    ! fault_is_shared || refuse_shared_fault
    fail 5 web-server-config "The web server's configuration does not pass its test." "$nginx_error" \
      "Mend the file that it names."
  }
}

# Makes the running server serve what lies in its folder. Only with the lock.
serve_what_is_there() {
  find_nginx_master || fail 5 web-server-down "The web server does not run." "nginx.service has no main process." \
    "Start it (systemctl start nginx), then repeat."
  reload_nginx || fail 5 reload-failed "The web server did not take over the new configuration in time." \
    "Its error log says why: /var/log/nginx/error.log." "Mend the cause, then repeat."
}

# Forgets what was wanted and is served now, and keeps it as what was served without complaint. Only with the lock.
settle_taken() {
  local mark name
  local -a done=()
  # Another call may want something newer by now, but none while we compare.
  hold_pending
  for mark in "${!taken[@]}"; do
    read_text "$mark"
    [[ $text == "${taken[$mark]}" ]] || continue
    name=${mark##*/}.conf
    if [[ -e $nginx_sites/$name ]]; then
      # A copy, not a link: an editor may write into the file itself.
      read_text "$nginx_sites/$name"
      write_text "$nginx_state/good/$name" 077
    else
      rm -f -- "$nginx_state/good/$name"
    fi
    done+=("$mark")
  done
  ((${#done[@]} == 0)) || rm -f -- "${done[@]}"
  release_pending
}

# Makes what is pending for the site live, together with what is pending for others. Whoever waited for the lock and finds
# that its change was taken along has nothing left to do.
go_live() {
  lock nginx 120
  [[ -e $nginx_state/pending/$site ]] || return 0
  put_wanted_files
  serve_what_is_there
  settle_taken
}
