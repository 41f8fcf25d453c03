# shellcheck shell=bash
# The installer's options, from the command line and from an answers file. The installer never asks.

# Exit codes; docs/operations.md lists them for users.
readonly EXIT_USAGE=2 EXIT_UNFIT=3 EXIT_BUSY=4 EXIT_UNDONE=5 EXIT_LOOK=6

stop() {
  printf '%s\n' "$2" >&2
  exit "$1"
}

usage() {
  cat <<'TEXT'
usage: install.sh [OPTION…]

  --panel-host NAME   the name or address under which the panel is opened (the host's own)
  --panel-port PORT   the port of the panel (8443)
  --admin LOGIN       login of the first administrator (admin)
  --release FILE      the release to install, berth-VERSION.tar.gz (that of this checkout, built if need be)
  --answers FILE      options from a file: lines such as `panel-host = panel.example.com`
  --offline           do not refresh apt's lists, install from its cache
  --dry-run           print what would be done and change nothing
  --force             go on with a distribution that is mapped but untested
  --help

exit codes: 0 installed or nothing to do, 2 wrong option or answer, 3 the host does not qualify and nothing was
changed, 4 another installation runs, 5 failed and everything undone, 6 failed and needs a look
TEXT
}

export BERTH_PANEL_HOST='' BERTH_PANEL_PORT='' BERTH_ADMIN=admin BERTH_RELEASE=''
export BERTH_OFFLINE=no BERTH_DRY_RUN=no BERTH_FORCE=no

read_options() {
  while (($#)); do
    case $1 in
      --help | -h) usage; exit 0 ;;
      --answers)
        (($# > 1)) || stop "$EXIT_USAGE" '--answers needs a file'
        read_answers "$2"
        shift
        ;;
      --offline | --dry-run | --force) set_option "${1#--}" yes ;;
      --*)
        (($# > 1)) || stop "$EXIT_USAGE" "$1 is unknown or needs a value, see --help"
        set_option "${1#--}" "$2"
        shift
        ;;
      *) stop "$EXIT_USAGE" "'$1' is no option, see --help" ;;
    esac
    shift
  done
}

set_option() {
  local value=$2
  case $1 in
    panel-host)
      [[ $value =~ ^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$ || $value =~ ^[0-9a-fA-F:]{2,39}$ ]] \
        || stop "$EXIT_USAGE" "panel-host '$value' is neither a host name nor an address"
      BERTH_PANEL_HOST=${value,,}
      ;;
    panel-port)
      [[ $value =~ ^[1-9][0-9]{0,4}$ ]] && ((value >= 1024 && value <= 65535 && value != 8480)) \
        || stop "$EXIT_USAGE" "panel-port '$value' is not a free port from 1024 to 65535"
      BERTH_PANEL_PORT=$value
      ;;
    admin)
      [[ $value =~ ^[a-z][a-z0-9._-]{1,30}[a-z0-9]$ ]] \
        || stop "$EXIT_USAGE" "admin '$value' is not a login: 3 to 32 of a-z, 0-9, dot, hyphen, underscore"
      BERTH_ADMIN=$value
      ;;
    release)
      [[ -f $value ]] || stop "$EXIT_USAGE" "there is no release '$value'"
      BERTH_RELEASE=$(readlink -f "$value")
      ;;
    offline | dry-run | force)
      [[ $value == yes || $value == no ]] || stop "$EXIT_USAGE" "$1 is yes or no, not '$value'"
      local name=BERTH_${1^^}
      printf -v "${name//-/_}" '%s' "$value"
      ;;
    *) stop "$EXIT_USAGE" "there is no option '$1', see --help" ;;
  esac
}

# Lines `name = value`; blank lines and lines that begin with # are skipped. Nothing in it is run.
read_answers() {
  local line name value
  [[ -r $1 ]] || stop "$EXIT_USAGE" "there is no answers file '$1'"
  while IFS= read -r line || [[ -n $line ]]; do
    [[ -n ${line//[[:space:]]/} && $line != \#* ]] || continue
    [[ $line =~ ^[[:space:]]*([a-z-]+)[[:space:]]*=[[:space:]]*(.*[^[:space:]])[[:space:]]*$ ]] \
      || stop "$EXIT_USAGE" "in $1: '$line' is not of the form name = value"
    name=${BASH_REMATCH[1]}
    value=${BASH_REMATCH[2]}
    set_option "$name" "$value"
  done <"$1"
}

# The name in the panel's address: as given, as chosen last time, the host's own if others can reach it by that, or
# the address it uses towards the world.
choose_panel_host() {
  local known=/etc/berth/panel.properties name
  [[ -z $BERTH_PANEL_HOST ]] || return 0
  if [[ -r $known ]]; then
    BERTH_PANEL_HOST=$(sed -n 's/^berth\.panel\.host=//p' "$known")
  fi
  [[ -z $BERTH_PANEL_HOST ]] || return 0
  name=$(hostname -f 2>/dev/null || true)
  if [[ $name == *.* ]] && getent ahosts "$name" | awk '$1 !~ /^(127\.|::1)/ { found = 1 } END { exit !found }'; then
    BERTH_PANEL_HOST=${name,,}
  else
    BERTH_PANEL_HOST=$(ip -4 route get 192.0.2.1 2>/dev/null | grep -o 'src [0-9.]*' | cut -d' ' -f2 || true)
  fi
  if [[ -z $BERTH_PANEL_HOST ]]; then
    BERTH_PANEL_HOST=$(ip -o address show scope global | awk '{ sub("/.*", "", $4); print $4; exit }')
  fi
  [[ -n $BERTH_PANEL_HOST ]] || stop "$EXIT_USAGE" 'The host has no name or address of its own: give --panel-host.'
}

# As given, as chosen last time, or the usual one.
choose_panel_port() {
  [[ -z $BERTH_PANEL_PORT ]] || return 0
  if [[ -r /etc/berth/panel.properties ]]; then
    BERTH_PANEL_PORT=$(sed -n 's/^berth\.panel\.port=//p' /etc/berth/panel.properties)
  fi
  BERTH_PANEL_PORT=${BERTH_PANEL_PORT:-8443}
}
