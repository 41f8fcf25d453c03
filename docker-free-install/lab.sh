#!/bin/bash
# Disposable Debian hosts with systemd as PID 1, to try Berth, to develop it and to test it. See docs/operations.md.
set -euo pipefail
export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

LAB_HOME=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
LAB_DIR=${BERTH_LAB_DIR:-/var/cache/berth-lab}
readonly LAB_HOME LAB_DIR

lab_die() {
  printf 'lab: %s\n' "$1" >&2
  exit "${2:-1}"
}

# shellcheck source=lib/packages.sh
source "$LAB_HOME/lib/packages.sh"
# shellcheck source=lab/base.sh
source "$LAB_HOME/lab/base.sh"
# shellcheck source=lab/network.sh
source "$LAB_HOME/lab/network.sh"
# shellcheck source=lab/cgroups.sh
source "$LAB_HOME/lab/cgroups.sh"
# shellcheck source=lab/host.sh
source "$LAB_HOME/lab/host.sh"

usage() {
  cat <<'TEXT'
usage: lab.sh up [NAME] [--suite trixie|bookworm] [--bare | --pristine]
       lab.sh exec NAME -- COMMAND…
       lab.sh ip NAME | url NAME | login NAME | list
       lab.sh down NAME | purge

up        boots a host (NAME: berth) and installs Berth in it; a host that was stopped boots again with its files
  --bare      without Berth: the stack's packages only
  --pristine  without Berth and without the stack: a fresh Debian, the packages waiting in apt's cache
  --php82     with PHP 8.2 beside 8.4 (trixie)
exec      runs a command as root in the host
login     prints the panel's address and a new one-time password of the administrator
down      stops the host and removes its files
purge     stops every host and removes all base trees too
TEXT
}

need_tools() {
  local -a missing=()
  command -v systemd-nspawn >/dev/null || missing+=(systemd-container)
  command -v debootstrap >/dev/null || missing+=(debootstrap)
  command -v ip >/dev/null || missing+=(iproute2)
  ((${#missing[@]})) || return 0
  printf 'lab: installing %s\n' "${missing[*]}" >&2
  apt-get -q update >&2
  DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "${missing[@]}" >&2
}

# Prints the layers of a new host, topmost first, joined by colons.
layers_for() {
  local suite=$1 kind=$2 php82=$3 base stack
  local -a layers=()
  local key
  key=$(lab_base_key "$suite")
  base=$(lab_layer "base-$suite-$key" build_base "$suite")
  layers=("$base")
  if [[ $kind != pristine ]]; then
    stack=$(lab_layer "stack-$suite-$key" build_stack "$suite" "$base")
    layers=("$stack" "${layers[@]}")
  fi
  if [[ $php82 == yes ]]; then
    layers=("$(lab_layer "php82-$suite-$key-$kind" build_php82 "${layers[@]}")" "${layers[@]}")
  fi
  (IFS=:; printf '%s\n' "${layers[*]}")
}

host_create() {
  local name=$1 lower=$2
  (
    flock 8
    mkdir -p "$(host_dir "$name")"
    host_set "$name" layers "$lower"
    host_set "$name" range "$(network_range)"
    host_set "$name" number "$(network_number)"
  ) 8>"$LAB_DIR/lock"
}

command_up() {
  local name=berth suite=trixie kind=full php82=no
  if [[ ${1:-} != '' && ${1:-} != -* ]]; then
    name=$1
    shift
  fi
  while (($#)); do
    case $1 in
      --suite) suite=${2:-}; shift ;;
      --bare | --pristine) kind=${1#--} ;;
      --php82) php82=yes ;;
      *) usage >&2; exit 2 ;;
    esac
    shift
  done
  host_check_name "$name"
  lab_release "$suite" >/dev/null
  need_tools
  mkdir -p "$LAB_DIR/hosts"
  if ! host_exists "$name"; then
    local layers
    layers=$(layers_for "$suite" "$kind" "$php82")
    host_create "$name" "$layers"
    host_set "$name" suite "$suite"
    host_set "$name" kind "$kind"
  fi
  host_runs "$name" || host_boot "$name"
  printf 'lab: %s is up at %s\n' "$name" "$(network_address "$name" 2)" >&2
}

need_running() {
  host_check_name "$1"
  host_exists "$1" || lab_die "there is no host $1 (lab.sh list)" 3
  host_runs "$1" || lab_die "host $1 does not run (lab.sh up $1)" 3
}

command_exec() {
  local name=${1:-}
  need_running "$name"
  shift
  [[ ${1:-} == -- ]] && shift
  (($#)) || set -- /bin/bash -l
  host_exec "$name" "$@"
}

command_ip() {
  need_running "${1:-}"
  network_address "$1" 2
}

command_url() {
  need_running "${1:-}"
  printf 'https://%s:8443/\n' "$(network_address "$1" 2)"
}

command_list() {
  local dir name
  for dir in "$LAB_DIR"/hosts/*/; do
    name=$(basename "$dir")
    host_exists "$name" || continue
    printf '%-12s %-8s %-15s %s %s\n' "$name" "$(host_runs "$name" && echo running || echo stopped)" \
      "$(network_address "$name" 2)" "$(host_get "$name" suite)" "$(host_get "$name" kind)"
  done
}

command_down() {
  host_check_name "${1:-}"
  host_exists "$1" || return 0
  host_stop "$1"
  rm -rf --one-file-system "$(host_dir "$1")"
}

command_purge() {
  local dir
  for dir in "$LAB_DIR"/hosts/*/; do
    [[ -f $dir/settings ]] && command_down "$(basename "$dir")"
  done
  rm -rf --one-file-system "$LAB_DIR/layers" "$LAB_DIR/hosts" "$LAB_DIR/lock"
}

main() {
  local command=${1:-}
  case $command in
    up | exec | ip | url | login | list | down | purge) shift ;;
    -h | --help | help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  ((EUID == 0)) || lab_die 'root is needed to boot a host'
  "command_$command" "$@"
}

main "$@"
