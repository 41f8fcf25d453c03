#!/bin/bash
# Installs Berth and the stack it stands on. See docs/operations.md for options, exit codes and how it works.
set -euo pipefail
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

exec 3>&1
read_options "$@"
((EUID == 0)) || stop "$EXIT_UNFIT" 'The installer must be run by root: it adds users, units and packages.'

BERTH_RUN_DIR=$(mktemp -d /var/tmp/berth-install.XXXXXX)
export BERTH_RUN_DIR
trap 'rm -rf "$BERTH_RUN_DIR"' EXIT
: >"$BERTH_RUN_DIR/changed"

preflight || stop "$EXIT_UNFIT" 'This host does not qualify. Nothing was changed.'
find_source
choose_panel_host
choose_panel_port
mapfile -t modules < <(modules_sorted)
validate_modules "${modules[@]}"

if [[ $BERTH_DRY_RUN == yes ]]; then
  plan_modules "${modules[@]}"
  exit 0
fi

take_lock
settle_earlier
open_changes true
configure_modules "${modules[@]}"
end_changes
report
