# shellcheck shell=bash
# Read by every bash of these tests before its script: ends all of it at one command of one of our functions, and stands for
# the programs of a host that is not there.

# The same number in every process, so that each command is one to end at.
at_command() {
  local counted
  case ${FUNCNAME[1]:-source} in
    source | main | systemctl | sync | apt-get | dpkg | dpkg-query) return 0 ;;
  esac
  printf x >>"$PLACE/commands"
  read -r counted <"$PLACE/commands" || :
  ((${#counted} != KILLED_AT)) || kill -KILL 0
}

if [[ -n ${KILLED_AT:-} ]]; then
  set -T
  trap at_command DEBUG
fi

# Whoever copies is killed in the middle of it.
if [[ -n ${KILLED_COPYING:-} ]]; then
  cp() {
    head -c 3 "${*: -2:1}" >"${*: -1}"
    kill -KILL 0
  }
  tar() {
    local first
    case $1 in
      -c*) head -c 3 /etc/passwd >"$2" ;;
      -x*)
        command tar "$@"
        first=$(command tar -tf "$2" --absolute-names | head -n 1)
        [[ $3 != -C ]] || first=$4$first
        truncate --size 3 "$first"
        ;;
      *)
        command tar "$@"
        return
        ;;
    esac
    kill -KILL 0
  }
fi

systemctl() { :; }
sync() { :; }

# Packages are lines of a file.
dpkg-query() {
  if (($# > 3)); then
    ! grep -qx "$4" "$PLACE/packages" || printf 'ii '
  else
    sed 's/^/ii  /' "$PLACE/packages"
  fi
}
apt-get() {
  case " $* " in
    *' purge '*) gone "${@:2}" ;;
    *' --simulate '*) printf 'Inst wanted (1)\nInst of-wanted (1 Debian:13 [all])\nInst newer [1] (2)\nConf wanted (1)\n' ;;
    *' install '*) printf 'wanted\nof-wanted\n' >>"$PLACE/packages" ;;
  esac
}
dpkg() { gone "$@"; }
gone() {
  local package
  for package; do sed -i "/^$package\$/d" "$PLACE/packages"; done
}
