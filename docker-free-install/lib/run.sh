#!/bin/bash
# Runs one phase of one module, or undoes one action, in a process of its own: `set -e` then holds everywhere, and
# modules cannot get in each other's way.
# usage: run.sh validate|configure|verify MODULE
#        run.sh undo ENTRY ACTION ARGUMENT…
set -euo pipefail
shopt -s inherit_errexit
set -E
trap 'printf "%s: line %s: %s\n" "${BASH_SOURCE[0]##*/}" "$LINENO" "$BASH_COMMAND" >&2' ERR
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin

# shellcheck source=lib/packages.sh
source "$INSTALL_HOME/lib/packages.sh"
# shellcheck source=lib/journal.sh
source "$INSTALL_HOME/lib/journal.sh"
# shellcheck source=lib/actions.sh
source "$INSTALL_HOME/lib/actions.sh"
# shellcheck source=lib/apt.sh
source "$INSTALL_HOME/lib/apt.sh"
# shellcheck source=lib/units.sh
source "$INSTALL_HOME/lib/units.sh"
# shellcheck source=lib/panel.sh
source "$INSTALL_HOME/lib/panel.sh"
# shellcheck source=lib/releases.sh
source "$INSTALL_HOME/lib/releases.sh"
# For the modules: where their files are.
# shellcheck disable=SC2034
readonly FILES=$INSTALL_HOME/files

if [[ $1 == undo ]]; then
  MODULE=undo
  "undo_$3" "$2" "${@:4}"
  exit
fi

MODULE=$2
validate() { :; }
verify() { :; }
# shellcheck source=/dev/null
source "$INSTALL_HOME/modules/$MODULE.sh"
"$1"
