# shellcheck shell=bash
# The network of a lab host: a cable of its own to this machine, a /30 in a range nobody here uses, no way out.

ip_number() {
  local a b c d
  IFS=. read -r a b c d <<<"$1"
  printf '%s\n' $(((a << 24) + (b << 16) + (c << 8) + d))
}

# ranges_overlap ADDRESS BITS ADDRESS BITS
ranges_overlap() {
  local bits=$(($2 < $4 ? $2 : $4)) shift
  shift=$((32 - bits))
  (($(ip_number "$1") >> shift == $(ip_number "$3") >> shift))
}

# Prints address and prefix length of every network this machine uses, its lab hosts left out.
networks_in_use() {
  {
    ip -4 -o address show | awk '$2 !~ /^ve-/ { print $4 }'
    ip -4 route show table all | awk '$1 ~ /^[0-9]/ && !/ dev ve-/ { print $1 }'
  } | awk -F/ '{ print $1, ($2 == "" ? 32 : $2) }' | sort -u
}

range_is_free() {
  local address bits
  while read -r address bits; do
    if ((bits > 0)) && ranges_overlap "$1.0.0" 16 "$address" "$bits"; then
      return 1
    fi
  done < <(networks_in_use)
}

# Prints the first two numbers of a private /16 that is not in use here.
network_range() {
  local range
  for range in ${BERTH_LAB_RANGE:-10.77 10.78 10.79 172.27 172.28 192.168}; do
    if range_is_free "$range"; then
      printf '%s\n' "$range"
      return 0
    fi
  done
  lab_die 'no private /16 is free here: name one, for example BERTH_LAB_RANGE=10.123'
}

# Prints the number of the first /30 that no host has. Call it with the lab's lock held.
network_number() {
  local number settings taken=' '
  for settings in "$LAB_DIR"/hosts/*/settings; do
    [[ -f $settings ]] && taken+="$(sed -n 's/^number=//p' "$settings") "
  done
  for ((number = 1; number < 4096; number++)); do
    if [[ $taken != *" $number "* ]]; then
      printf '%s\n' "$number"
      return 0
    fi
  done
  lab_die 'no network is left for another host'
}

# network_address NAME 1|2 : the outer (1) or the inner (2) end of the cable.
network_address() {
  local number
  number=$(host_get "$1" number)
  printf '%s.%d.%d\n' "$(host_get "$1" range)" $((number / 64)) $((number % 64 * 4 + $2))
}

network_up() {
  local name=$1 leader=$2
  ip link set "ve-$name" up
  ip address replace "$(network_address "$name" 1)/30" dev "ve-$name"
  # From outside and at once, so that no unit in the host waits for a network.
  nsenter --target "$leader" --net ip link set lo up
  nsenter --target "$leader" --net ip link set host0 up
  nsenter --target "$leader" --net ip address replace "$(network_address "$name" 2)/30" dev host0
}

network_is_down() {
  ! ip link show "ve-$1" >/dev/null 2>&1
}
