#!/bin/bash
# Disposable Debian hosts with systemd as PID 1, to try Berth, to develop it and to test it. See docs/operations.md.
set -euo pipefail
shopt -s inherit_errexit
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
# shellcheck source=lab/layers.sh
source "$LAB_HOME/lab/layers.sh"
# shellcheck source=lab/php82.sh
source "$LAB_HOME/lab/php82.sh"
# shellcheck source=lab/prepared.sh
source "$LAB_HOME/lab/prepared.sh"
# shellcheck source=lab/network.sh
source "$LAB_HOME/lab/network.sh"
# shellcheck source=lab/cgroups.sh
source "$LAB_HOME/lab/cgroups.sh"
# shellcheck source=lab/host.sh
source "$LAB_HOME/lab/host.sh"

usage() {
  cat <<'TEXT'
usage: lab.sh up [NAME] [--suite trixie|bookworm] [--php82] [--release FILE] [--disk MIB] [--fresh | --bare | --pristine]
       lab.sh exec NAME -- COMMAND…
       lab.sh ip NAME | url NAME | login NAME | list
       lab.sh restart NAME | down NAME | purge

up        boots a host (NAME: berth) with Berth in it; a host that was stopped boots again with its files
  --php82     with PHP 8.2 beside 8.4 (trixie)
  --release   install this berth-VERSION.tar.gz instead of that of the checkout
  --disk      what the host writes lies on a file system of this size, in memory: one that can be full
  --fresh     run the installer in this very host, even if the release was installed in the lab before
  --bare      without Berth: the packages of its stack only
  --pristine  without Berth and without the stack: a fresh Debian, the packages waiting in apt's cache
exec      runs a command as root in the host
login     prints the panel's address and a new one-time password of the administrator
restart   powers the host off and boots it again
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

# Overlays cannot stand on an overlay, such as the root of a container: there the trees are kept in memory.
need_place() {
  mkdir -p "$LAB_DIR"
  if [[ $(stat -f -c %T "$LAB_DIR") == overlayfs ]]; then
    printf 'lab: %s is on an overlay, using memory instead\n' "$LAB_DIR" >&2
    mount -t tmpfs -o size=75%,mode=0755 berth-lab "$LAB_DIR"
  fi
  mkdir -p "$LAB_DIR/hosts"
}

# Prints the layers of a new host without Berth, topmost first, joined by colons.
layers_for() {
  local suite=$1 kind=$2 php82=$3 key base
  local -a layers
  key=$(lab_base_key "$suite")
  base=$(lab_layer "base-$suite-$key" build_base "$suite")
  layers=("$base")
  if [[ $kind != pristine ]]; then
    layers=("$(lab_layer "stack-$suite-$key" build_stack "$suite" "$base")" "${layers[@]}")
  fi
  if [[ $php82 == yes ]]; then
    local lower
    local -a older
    lower=$(layers_for bookworm bare no)
    IFS=: read -r -a older <<<"$lower"
    layers=("$(lab_layer "php82-$key-${older[0]##*-}" build_php82 "${older[@]}" "${layers[@]}")" "${layers[@]}")
  fi
  (IFS=: && printf '%s\n' "${layers[*]}")
}

# Prints the layer with Berth installed on top of the given ones.
prepared_for() {
  local suite=$1 release=$2 lower=$3 key
  key=$( (printf '%s\n' "$lower" && cat "$release") | lab_hash)
  lab_layer "prepared-$suite-$key" build_prepared "$suite" "$release" "$lower"
}

host_create() {
  local name=$1 lower=$2 suite=$3 kind=$4
  (
    flock 8
    mkdir -p "$(host_dir "$name")"
    host_set "$name" layers "$lower"
    host_set "$name" range "$(network_range)"
    host_set "$name" number "$(network_number)"
    host_set "$name" suite "$suite"
    host_set "$name" kind "$kind"
  ) 8>"$LAB_DIR/lock"
}

command_up() {
  local name=berth suite=trixie kind=berth php82=no release="" disk=""
  if [[ ${1:-} != '' && ${1:-} != -* ]]; then
    name=$1
    shift
  fi
  while (($#)); do
    case $1 in
      --suite) suite=${2:-}; shift ;;
      --release) release=${2:-}; shift ;;
      --disk) disk=${2:-}; shift ;;
      --bare | --pristine | --fresh) kind=${1#--} ;;
      --php82) php82=yes ;;
      *) usage >&2; exit 2 ;;
    esac
    (($#)) && shift
  done
  host_check_name "$name"
  lab_release "$suite" >/dev/null
  [[ $disk =~ ^([1-9][0-9]*)?$ ]] || lab_die "'$disk' is no number of MiB" 2
  [[ $php82 == no || $suite == trixie && $kind != pristine ]] || lab_die '--php82 is for trixie with its stack' 2
  need_tools
  need_place
  host_exists "$name" || host_new "$name" "$suite" "$kind" "$php82" "$release" "$disk"
  host_runs "$name" || host_boot "$name"
  if [[ $(host_get "$name" kind) == fresh && $(host_get "$name" installed) != yes ]]; then
    host_install "$name" "$(host_get "$name" release)"
    host_set "$name" installed yes
  fi
  printf 'lab: %s is up at %s\n' "$name" "$(network_address "$name" 2)" >&2
}

host_new() {
  local name=$1 suite=$2 kind=$3 php82=$4 release=$5 disk=$6 lower
  if [[ $kind == berth || $kind == fresh ]]; then
    release=$(lab_release_file "$release")
  fi
  lower=$(layers_for "$suite" "$kind" "$php82")
  if [[ $kind == berth ]]; then
    lower=$(prepared_for "$suite" "$release" "$lower"):$lower
  fi
  host_create "$name" "$lower" "$suite" "$kind"
  host_set "$name" release "$release"
  host_set "$name" disk "$disk"
  [[ $kind != berth ]] || host_set "$name" readdress yes
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

command_login() {
  local answer
  need_running "${1:-}"
  answer=$(host_exec "$1" berth user reset-password admin --json)
  printf 'address   %s\nlogin     admin\npassword  %s\n' "$(command_url "$1")" \
    "$(sed -n 's/.*"oneTimePassword" *: *"\([^"]*\)".*/\1/p' <<<"$answer")"
}

command_restart() {
  host_check_name "${1:-}"
  host_exists "$1" || lab_die "there is no host $1 (lab.sh list)" 3
  host_stop "$1"
  host_boot "$1"
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
  lab_unmount "$(host_dir "$1")/disk"
  rm -rf --one-file-system "$(host_dir "$1")"
}

command_purge() {
  local dir
  for dir in "$LAB_DIR"/hosts/*/; do
    [[ -f $dir/settings ]] && command_down "$(basename "$dir")"
  done
  rm -rf --one-file-system "$LAB_DIR/layers" "$LAB_DIR/hosts" "$LAB_DIR/lock"
  lab_unmount "$LAB_DIR"
}

main() {
  local command=${1:-}
  case $command in
    up | exec | ip | url | login | list | restart | down | purge) shift ;;
    -h | --help | help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  ((EUID == 0)) || lab_die 'root is needed to boot a host'
  "command_$command" "$@"
}

main "$@"
