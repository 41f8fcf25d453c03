# shellcheck shell=bash
# Whose what root keeps of sites outside their homes is, and who may read or change it: pools and sockets of PHP,
# certificates and keys, where links, which root alone can put there, are not looked at; and logs of the web server.

declare -a opened=() odd_logs=()

# What `find` is to take for a log of the web server that somebody put there: one that is no plain file, or that others may
# read or change. nginx makes them for root alone, a rotation for its own user.
readonly -a is_odd_log=(-not -type d -not '(' -type f -not -perm /7137 ')')

# Sets `whose` to owner and group, and `access` to the mode, that a file or folder of a site is made with; to nothing if it is
# none of those: PATH
know_right() {
  local number web=${input[host_nginxUser]}
  whose='' access=''
  [[ $1 =~ ^(/etc/berth/php|/run/berth/php|/var/lib/berth/tls)/([1-9][0-9]{0,8})([./].*)?$ ]] || return 0
  number=${BASH_REMATCH[2]}
  case ${BASH_REMATCH[1]}${BASH_REMATCH[3]} in
    /etc/berth/php) whose=0:$((input[host_uidBase] + number)) access=750 ;;
    /etc/berth/php/pool.conf) whose=0:0 access=644 ;;
    /run/berth/php.sock) whose=root:$web access=660 ;;
    /var/lib/berth/tls) whose=root:$web access=2750 ;;
    /var/lib/berth/tls/*.pem) whose=root:$web access=640 ;;
    /var/lib/berth/tls/*.key) whose=root:$web access=600 ;;
  esac
}

# Sets `opened` to what is at these paths, and two levels below them, and is another's, or lets others read or change it:
# PATH…
find_opened() {
  local path numbers names bits whose access
  opened=()
  while read -r path numbers names bits; do
    know_right "$path"
    [[ -z $whose || $bits == "$access" && ($numbers == "$whose" || $names == "$whose") ]] || opened+=("$path")
  done < <(find "$@" -maxdepth 2 -not -type l -printf '%p %U:%G %u:%g %m\n' 2>/dev/null)
  while IFS= read -r path; do
    [[ $path == '# file: '* ]] || continue
    path=${path#'# file: '}
    know_right "$path"
    [[ -z $whose ]] || opened+=("$path")
  done < <(getfacl --recursive --physical --skip-base --absolute-names -- "$@" 2>/dev/null)
}

# Gives what was found to whom it was made for, and to nobody else.
close_opened() {
  local path whose access
  for path in "${opened[@]}"; do
    # A folder comes before what is in it: since it is closed, nobody puts a link there any more.
    [[ ! -L $path ]] || continue
    know_right "$path"
    chown -h -- "$whose" "$path"
    setfacl --remove-all -- "$path"
    # A folder keeps its bits for user and group unless five digits are given.
    printf -v access '%05d' "$access"
    chmod -- "$access" "$path"
  done
}

# Sets `odd_logs` to those of these: LOG…
find_odd_logs() {
  mapfile -t odd_logs < <(find "$@" -maxdepth 0 "${is_odd_log[@]}" 2>/dev/null)
}

# Leaves plain files for root and the web server alone; what was put in their place goes, and nginx makes them again.
right_logs() {
  local log
  for log in "${odd_logs[@]}"; do
    if [[ -f $log && ! -L $log ]]; then chmod -- 0640 "$log"; else rm -f -- "$log"; fi
  done
}
