# shellcheck shell=bash
# A site's PHP: one instance of berth-php@ with its own pool, in the site's own slice.

asked_for_limits=''

# Sets what this site's instance is made of.
# shellcheck disable=SC2034  # used by the verbs
know_php() {
  pool_folder=/etc/berth/php/$site
  php_socket=berth-php@$site.socket php_wanted=/etc/systemd/system/sockets.target.wants/berth-php@$site.socket
  php_service=berth-php@$site.service
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

# Whether requests can start PHP, now and after a restart of the host. Asking systemd takes 10 ms a question; the link
# and the socket themselves say the same.
socket_is_open() {
  [[ -L $php_wanted && -S /run/berth/php/$site.sock ]]
}

# Whether an instance is there: it then has a control group.
service_runs() {
  local root=/sys/fs/cgroup
  [[ ! -d $root/systemd ]] || root=$root/systemd
  [[ -d $root/berth.slice/berth-site.slice/$slice/$php_service ]]
}

# By a link of our own: even with --no-reload `systemctl enable` makes systemd say of every unit of the host that it
# should be reloaded.
enable_socket() {
  ln -sfn -- /etc/systemd/system/berth-php@.socket "$php_wanted"
  systemctl start "$php_socket"
  # One whose file was removed is active all the same, and nobody can reach it.
  [[ -S /run/berth/php/$site.sock ]] || {
    systemctl stop "$php_socket" "$php_service"
    systemctl start "$php_socket"
  }
}

disable_socket() {
  rm -f -- "$php_wanted"
  systemctl stop "$php_socket"
}

open_socket() {
  socket_is_open || change "listen for requests to the PHP of site $site" enable_socket
}

# Ends PHP and lets no request start it again. Running requests may end first.
close_socket() {
  [[ ! -L $php_wanted && ! -S /run/berth/php/$site.sock ]] ||
    change "stop listening for requests to the PHP of site $site" disable_socket
  ! service_runs || change "stop the PHP of site $site" systemctl stop "$php_service"
}
