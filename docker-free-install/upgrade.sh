#!/bin/bash
# Brings the Berth of this host to the release this script is part of, and goes back by itself when that fails. See
# docs/operations.md for options, exit codes and how it works.
set -euo pipefail
shopt -s inherit_errexit nullglob
export LC_ALL=C PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin

INSTALL_HOME=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
export INSTALL_HOME

# shellcheck source=lib/packages.sh
source "$INSTALL_HOME/lib/packages.sh"
# shellcheck source=lib/modules.sh
source "$INSTALL_HOME/lib/modules.sh"
# shellcheck source=lib/options.sh
source "$INSTALL_HOME/lib/options.sh"
# shellcheck source=lib/preflight.sh
source "$INSTALL_HOME/lib/preflight.sh"
# shellcheck source=lib/source.sh
source "$INSTALL_HOME/lib/source.sh"
# shellcheck source=lib/steps.sh
source "$INSTALL_HOME/lib/steps.sh"
# shellcheck source=lib/actions.sh
source "$INSTALL_HOME/lib/actions.sh"
# shellcheck source=lib/units.sh
source "$INSTALL_HOME/lib/units.sh"
# shellcheck source=lib/panel.sh
source "$INSTALL_HOME/lib/panel.sh"
# shellcheck source=lib/releases.sh
source "$INSTALL_HOME/lib/releases.sh"
# shellcheck source=lib/wayback.sh
source "$INSTALL_HOME/lib/wayback.sh"
# shellcheck source=lib/upgrade.sh
source "$INSTALL_HOME/lib/upgrade.sh"

exec 3>&1
read_upgrade_options "$@"
((EUID == 0)) || stop "$EXIT_UNFIT" 'The upgrade must be run by root.'

BERTH_RUN_DIR=${BERTH_RUN_DIR:-$(mktemp -d /var/tmp/berth-upgrade.XXXXXX)}
export BERTH_RUN_DIR
trap 'rm -rf "$BERTH_RUN_DIR"' EXIT
: >"$BERTH_RUN_DIR/changed"
# Whose entries in the journal are for the way back of this very run.
export MODULE=$OF_THIS_RUN

case $UPGRADE_TASK in
  recover) recover "$@" ;;
  *)
    if [[ $BERTH_DRY_RUN == yes || ${BERTH_UPGRADE_UNIT:-} == yes ]]; then
      upgrade "$@"
    else
      in_a_unit "$@"
    fi
    ;;
esac
