# shellcheck shell=bash
# What the host has for each site's number. Each function looks at one kind of things, whoever's they are, with as few
# processes as it can: a host may have thousands of sites.

# Things by number; names that nginx answers to and names that are kept, by number.
declare -A found=() served=() claims=()
# Notes a thing of a site: NUMBER THING. What has no number of a site is not ours.
note_thing() {
  [[ $1 =~ ^[1-9][0-9]{0,8}$ ]] || return 0
  [[ " ${found[$1]-} " == *" $2 "* ]] || found[$1]+="${found[$1]:+ }$2"
}

# Notes the same thing for every file whose name has the number after this prefix: THING PREFIX FILE…
note_files() {
  local thing=$1 prefix=$2 file name
  shift 2
  for file; do
    name=${file##*/}
    name=${name#"$prefix"}
    note_thing "${name%%.*}" "$thing"
  done
}

# Whether a file is no longer what it was written to, by somebody's hand, or is gone: COPY FILE
was_changed() {
  local copy
  read_text "$1"
  copy=$text
  read_text "$2"
  [[ $text != "$copy" ]]
}

# Users or groups, by name and by number: THING FILE
note_accounts() {
  local name password number rest of
  while IFS=: read -r name password number rest; do
    of=$((number - input[host_uidBase]))
    if [[ $name == "s_$of" && $password == x && ($1 == group || $rest == "$number:"*) ]]; then
      note_thing "$of" "$1"
      case $1:$rest in
        group: | user:*":/srv/sites/$name:/usr/sbin/nologin") ;;
        *) note_thing "$of" "$1-changed" ;;
      esac
    elif [[ $name =~ ^s_[1-9][0-9]*$ ]]; then
      note_thing "${name#s_}" "foreign-$1"
    elif ((of > 0 && of <= input[host_maxSites])); then
      note_thing "$of" "foreign-$1"
    fi
  done <"$2"
}

# Users that may log in, or do what others may.
note_rights() {
  local name more
  while IFS=: read -r name more _; do
    [[ $name != s_* || $more == [*!]* ]] || note_thing "${name#s_}" user-changed
  done </etc/shadow
  while IFS=: read -r _ _ _ more; do
    for name in ${more//,/ }; do
      [[ $name != s_* ]] || note_thing "${name#s_}" user-changed
    done
  done </etc/group
}

# The folders that root keeps, by owner, mode, nginx' right to pass and nobody else's, now or by default; those of the
# tenant by their owner, two levels down and for some seconds at most: a tenant may have any number. What a tenant named is
# never read.
note_homes() {
  local home number owner line passage
  local -a homes=()
  local -A rules=()
  for home in /srv/sites/s_*; do
    [[ $home =~ /s_[1-9][0-9]{0,8}$ && -d $home && ! -L $home ]] || continue
    homes+=("$home")
    number=${home##*/s_}
    note_thing "$number" home
    [[ ! -L $home/current ]] || note_thing "$number" current
    [[ ! -e $home/logs/php.log || ! -e $home/logs/cron.log ]] || note_thing "$number" own-logs
  done
  ((${#homes[@]})) || return 0
  know_passage
  while IFS= read -r line; do
    case $line in
      '# file: '*) owner=${line#\# file: } ;;
      ['#']* | '') ;;
      *) rules[$owner]+=$line, ;;
    esac
  done < <(printf '%s\0' "${homes[@]}" "${homes[@]/%//releases}" "${homes[@]/%//logs}" |
    xargs -0 getfacl --absolute-names -- 2>/dev/null)
  for home in "${homes[@]}"; do
    [[ ${rules[$home]-} == "$passage," && ${rules[$home/releases]-} == "$passage," &&
      ${rules[$home/logs]-} == "$plain_rules," ]] ||
      note_thing "${home##*/s_}" home-changed
  done
  while read -r home owner; do
    number=${home#/srv/sites/s_} number=${number%%/*}
    is_as_laid_out "$home" "$owner" "/srv/sites/s_$number" "$((input[host_uidBase] + number))" ||
      note_thing "$number" home-changed
  done < <(printf '%s\0' "${homes[@]/%//.}" "${homes[@]/%//releases}" "${homes[@]/%//logs}" "${homes[@]/%//shared}" \
    "${homes[@]/%//tmp}" "${homes[@]/%//current}" "${homes[@]/%//logs/php.log}" "${homes[@]/%//logs/cron.log}" |
    xargs -0 stat --format="$layout_format" -- 2>/dev/null)
  while read -r home owner; do
    number=${home#/srv/sites/s_} number=${number%%/*}
    ((owner == input[host_uidBase] + number)) || note_thing "$number" others-files
  done < <(printf '%s\0' "${homes[@]/%//shared}" "${homes[@]/%//releases}" |
    timeout --signal=KILL 5 find -files0-from - -mindepth 1 -maxdepth 2 -type d -printf '%H %U\n' 2>/dev/null | sort -u)
}

# What root keeps of sites and was given to another, or opened for others.
note_access() {
  local path thing
  find_opened /etc/berth/php /run/berth/php "$tls_state"
  for path in "${opened[@]}"; do
    case $path in
      /etc/*) thing=php-access path=${path#/etc/berth/php/} ;;
      /run/*) thing=socket-access path=${path#/run/berth/php/} ;;
      *) thing=certificate-access path=${path#"$tls_state/"} ;;
    esac
    note_thing "${path%%[./]*}" "$thing"
  done
}

note_php() {
  local path program root=/sys/fs/cgroup limit limits_etc=/etc/systemd/system.control
  [[ ! -d $root/systemd ]] || root=$root/systemd
  note_files php-new '' /etc/berth/php/*.new
  while IFS=/ read -r path program; do
    note_thing "$path" "php${program##*php-fpm}"
  done < <(find /etc/berth/php -mindepth 2 -maxdepth 2 -name php-fpm -printf '%P/%l\n')
  note_files php-copy '' "$state"/pools/*.conf
  for path in "$state"/pools/*.conf; do
    path=${path##*/} path=${path%.conf}
    ! was_changed "$state/pools/$path.conf" "/etc/berth/php/$path/pool.conf" || note_thing "$path" php-changed
  done
  note_files socket berth-php@ /etc/systemd/system/sockets.target.wants/berth-php@*.socket
  note_files listening '' /run/berth/php/*.sock
  # A control group without a process is what is left of one that ended.
  while IFS= read -r path; do
    path=${path##*/berth-php@}
    note_thing "${path%%.*}" running
  done < <(grep -ls . "$root"/berth.slice/berth-site.slice/berth-site-*.slice/berth-php@*.service/cgroup.procs /dev/null)
  while IFS=: read -r path limit; do
    path=${path#"$limits_etc/berth-site-"}
    # systemd writes fractions of CPU time with decimals.
    note_thing "${path%%.*}" "${limit/%.00%/%}"
  done < <(grep -rHE '^(MemoryMax|CPUQuota|TasksMax|IOWeight)=' "$limits_etc" | sort)
}

note_names() {
  local path line site certificate
  while IFS=: read -r path line; do
    path=${path##*/}
    path=${path%.conf}
    line=${line#*server_name }
    if [[ $line =~ ^\"'site '([0-9]+)' certificate '([a-z0-9-]+)\"' '(.*) ]]; then
      site=${BASH_REMATCH[1]} certificate=${BASH_REMATCH[2]} line=${BASH_REMATCH[3]}
      ! has_certificate "$site" "$certificate" || note_thing "$path" certificate
      [[ $certificate == own-* ]] || note_thing "$path" "Certificate=$certificate"
    fi
    served[$path]+="${served[$path]:+ }${line%;}"
  done < <(grep -RHE '^ *server_name ' "$nginx_sites" | sort)
  while IFS=: read -r path line; do
    path=${path##*/}
    line=${line#*\"}
    for line in ${line%\"*}; do
      note_thing "${path%.conf}" "Tls=$line"
    done
  done < <(grep -RHE '^ *set [$]berth_tls "[a-z0-9 -]+";$' "$nginx_sites" | sort)
  while IFS=: read -r path line; do
    claims[$line]+="${claims[$line]:+ }${path##*/}"
  done < <(grep -rHE '^' "$names_state" | sort)
  note_files names '' "$lists_state"/*
}

note_vhosts() {
  local file name good path number logs=/var/log/nginx/sites
  note_files vhost '' "$nginx_sites"/*.conf
  note_files quarantined '' "$nginx_quarantine"/*.error
  note_files pending '' "$nginx_state"/pending/*
  note_files candidate candidate- "$nginx_state"/candidate-*.conf
  note_files candidate '' "$nginx_sites"/*.conf.new
  # Where no change of ours waits.
  for path in "$nginx_state"/good/*.conf; do
    path=${path##*/} path=${path%.conf}
    [[ -e $nginx_state/pending/$path || ! -e $nginx_sites/$path.conf ]] ||
      ! was_changed "$nginx_state/good/$path.conf" "$nginx_sites/$path.conf" || note_thing "$path" vhost-changed
  done
  note_files certificate-folder '' /var/lib/berth/tls/[0-9]*
  while IFS=/ read -r path number; do
    note_thing "$path" "Key=${number%.key}"
  done < <(find /var/lib/berth/tls -mindepth 2 -maxdepth 2 -name '[1-9]*.key' -printf '%P\n')
  while IFS= read -r path; do
    note_thing "$path" challenge
  done < <(grep -rhE '^[1-9][0-9]*$' "$challenges_state")
  note_files logs '' "$logs"/*.access.log
  note_files old-logs '' "$logs"/*.log.*
  while IFS= read -r path; do
    note_thing "${path%%.*}" logs-changed
  done < <(find "$logs" -maxdepth 1 '(' -name '*.access.log' -o -name '*.error.log' ')' "${is_odd_log[@]}" -printf '%f\n')
}

# A fence that verbs cannot read stops every job of its site; without one no job of before would be outranked.
note_fences() {
  local path number
  for number in "${!found[@]}"; do
    [[ " ${found[$number]} " != *' user '* || -e $state/fence/$number ]] || note_thing "$number" fence-lost
  done
  while IFS= read -r path; do
    note_thing "${path##*/}" fence-damaged
  done < <(grep -sLxE '[0-9]+ [0-9]+ (used|removed) [0-9]+' "$state"/fence/* /dev/null)
}

# Whose lock a verb holds or waits for. Trying the locks would cost a process each, and the kernel forgets who took one
# by a process that has ended since; whoever has one has its file open.
note_locks() {
  local path
  while IFS= read -r path; do
    note_thing "${path##*/site-}" locked
  done < <(find /proc -maxdepth 1 -name '[0-9]*' -printf '%p/status\0' | xargs -0 grep -lsZE '^Uid:\s+0\s' | sed -z 's/status$/fd/' |
    timeout --signal=KILL 10 find -files0-from - -lname "$state/locks/site-*" -printf '%l\n' 2>/dev/null | sort -u)
}

# Running units of a site that no control group below its own slice tells of, or that end with it; and those that failed, which
# systemd remembers until it is told to forget them.
note_units() {
  local unit active about
  while read -r unit _ active _ about; do
    case $active:$unit in
      failed:berth-php@*) unit=${unit#*@} && note_thing "${unit%%.*}" php-failed ;;
      failed:berth-db@*) unit=${unit#*@} && note_thing "${unit%%.*}" database-failed ;;
      failed:* | *:berth-php@*) ;;
      *:berth-db@*.socket) ;;
      *:berth-db@*) unit=${unit#*@} && note_thing "${unit%%.*}" database-running ;;
      *:berth-tenant-*) unit=${unit##*-} && note_thing "${unit%%.*}" tenant-running ;;
      *) note_thing "${about##* }" verb-running ;;
    esac
  done < <(systemctl list-units --plain --no-legend --full --state=active,activating,deactivating,failed \
    'berth-php@*' 'berth-db@*' 'berth-tenant-*.service' 'berth-verb-*.service')
}

# Whoever's numbers processes have, wherever they run.
note_processes() {
  local id
  while read -r id; do
    ((id <= input[host_uidBase] || id > input[host_uidBase] + input[host_maxSites])) ||
      note_thing "$((id - input[host_uidBase]))" processes
  done < <(find /proc -maxdepth 1 -name '[0-9]*' -printf '%U\n' 2>/dev/null | sort -u)
}

note_ways() {
  note_files database-socket berth-db@ /etc/systemd/system/sockets.target.wants/berth-db@*.socket
  local path
  note_files database-folder '' /run/berth/databases/*
  for path in /run/berth/databases/*/mysqld.sock; do
    path=${path%/*}
    note_thing "${path##*/}" database-listening
  done
}

# Sets `databases` to whether the server could be asked.
note_databases() {
  local said number thing
  databases=true
  said=$(ask_mariadb <<SQL
SELECT SUBSTRING(schema_name, 3), 'database' FROM information_schema.schemata WHERE schema_name REGEXP '^s_[1-9][0-9]*\$'
UNION SELECT SUBSTRING(user, 3), IF(host = 'localhost', 'database-user', 'database-user-elsewhere') FROM mysql.global_priv
  WHERE user REGEXP '^s_[1-9][0-9]*\$'
UNION SELECT SUBSTRING(user, 3), 'database-changed' FROM mysql.global_priv AS u WHERE user REGEXP '^s_[1-9][0-9]*\$'
  AND host = 'localhost' AND NOT ($database_user_as_made AND $database_rights_as_made)
ORDER BY 2;
SQL
  ) || { databases=false; return; }
  while read -r number thing; do
    note_thing "$number" "$thing"
  done <<<"$said"
}

# Limits of the disk. Sets `quota` to whether the kernel keeps any.
note_rooms() {
  local id kib files
  quota=false
  know_quota
  [[ -z $quota_why ]] || return 0
  quota=true
  while read -r id _ _ kib files; do
    ((id > input[host_uidBase] && (kib || files))) || continue
    note_thing "$((id - input[host_uidBase]))" "DiskMiB=$((kib / 1024))"
    note_thing "$((id - input[host_uidBase]))" "DiskFiles=$files"
  done < <(list_rooms)
}
