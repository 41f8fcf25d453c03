# shellcheck shell=bash
# A site's PHP: one instance of berth-php@ with its own pool, in the site's own slice.

asked_for_limits=''

# Sets what this site's instance is made of.
# shellcheck disable=SC2034  # used by the verbs
know_php() {
  pool_folder=/etc/berth/php/$site
  # What it was written to, so that a change by hand can be seen.
  pool_copy=/var/lib/berth/host/pools/$site.conf
  php_path=/run/berth/php/$site.sock
  php_socket=berth-php@$site.socket php_service=berth-php@$site.service
}

# Limits of the slice, written only where they differ: MEMORY-MIB CPU-PERCENT TASKS IO-WEIGHT. systemd is asked beside
# what the verb does next, until limits_hold.
limit_slice() {
  local folder=/etc/systemd/system.control/$slice.d property
  local -a limits=("MemoryMax=$(($1 * 1048576))" "CPUQuota=$2%" "TasksMax=$3" "IOWeight=$4") different=()
  for property in "${limits[@]}"; do
    read_text "$folder/50-${property%%=*}.conf"
    # systemd writes fractions of CPU time with decimals.
    text=${text/%.00%$'\n'/%$'\n'}
    [[ $text == *$'\n'"$property"$'\n'* ]] || different+=("$property")
  done
  ((${#different[@]} == 0)) || change "limit $slice to ${limits[*]}" ask_for_limits "${different[@]}"
}

ask_for_limits() {
  # However the verb ends, it does not end before the answer.
  undo+=(await_limits)
  systemctl set-property -- "$slice" "$@" &
  asked_for_limits=$!
}

await_limits() {
  wait "$asked_for_limits" || :
}

# Waits until the limits hold; fails if they do not.
limits_hold() {
  [[ -z $asked_for_limits ]] || wait "$asked_for_limits"
}

# Whether the site is to be reached by visitors.
is_live() {
  [[ ! -e $flags/$site.suspended && ! -e $flags/$site.deleted ]]
}

# Whether an instance is there: it then has a control group.
service_runs() {
  local root=/sys/fs/cgroup
  [[ ! -d $root/systemd ]] || root=$root/systemd
  php_group=$root/berth.slice/berth-site.slice/$slice/$php_service
  [[ -d $php_group ]]
}

# Whether the instance that runs sees the socket: FILE. Its sandbox is root's; nothing below it is the tenant's to link.
sandbox_sees() {
  local process=''
  IFS= read -r process <"$php_group/cgroup.procs" && [[ -S /proc/$process/root$1 ]]
}

# Lets requests start PHP, now and after a restart of the host.
open_socket() {
  is_listening php "$php_path" || change "listen for requests to the PHP of site $site" listen php "$php_path"
}

# Ends PHP and lets no request start it again.
close_socket() {
  ! is_heard_of php "$php_path" || change "stop listening for requests to the PHP of site $site" stop_listening php
  ! service_runs || change "stop the PHP of site $site" stop_soon "$php_service"
}
