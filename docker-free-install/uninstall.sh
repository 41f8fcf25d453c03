#!/bin/bash
# Takes Berth off a host. Sites stay and are served on, with their users, files and databases, unless --purge is given.
set -euo pipefail
shopt -s nullglob
export LC_ALL=C PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin

INSTALL_HOME=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
export INSTALL_HOME

usage() {
  cat <<'TEXT'
usage: uninstall.sh [--purge] [--yes]

  --purge   remove the sites too: users, files, databases, certificates, logs. There is no way back.
  --yes     do not ask

Without --purge the panel goes and the sites stay as they are; installing again takes them over.
exit codes: 0 done, 2 wrong option, 3 not root or not confirmed, 6 something could not be undone
TEXT
}

purge=no yes=no
while (($#)); do
  case $1 in
    --purge) purge=yes ;;
    --yes) yes=yes ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done
((EUID == 0)) || { printf 'Only root can uninstall Berth.\n' >&2; exit 3; }

# The modules that undo themselves are part of what is removed: work on a copy.
BERTH_RUN_DIR=$(mktemp -d /var/tmp/berth-uninstall.XXXXXX)
export BERTH_RUN_DIR
trap 'rm -rf "$BERTH_RUN_DIR"' EXIT
cp -r "$INSTALL_HOME" "$BERTH_RUN_DIR/install"
cp -r "$INSTALL_HOME/../host-scripts" "$BERTH_RUN_DIR/host-scripts"
INSTALL_HOME=$BERTH_RUN_DIR/install
: >"$BERTH_RUN_DIR/changed"
exec 3>&1

# shellcheck source=lib/modules.sh
source "$INSTALL_HOME/lib/modules.sh"
# shellcheck source=lib/journal.sh
source "$INSTALL_HOME/lib/journal.sh"
# shellcheck source=lib/purge.sh
source "$INSTALL_HOME/lib/purge.sh"

if [[ $yes != yes ]]; then
  [[ -t 0 ]] || { printf 'Give --yes, there is nobody to ask.\n' >&2; exit 3; }
  read -r -p "Remove Berth$([[ $purge == no ]] || printf ' AND ALL ITS SITES')? Type yes: " answer
  [[ $answer == yes ]] || { printf 'Nothing was changed.\n' >&2; exit 3; }
fi

exec 8>/run/berth-install.lock
flock -n 8 || { printf 'An installation of Berth runs on this host.\n' >&2; exit 3; }

export BERTH_LOCKED=yes
if [[ -e $WAY_BACK/upgrade.sh ]]; then
  BERTH_RUN_DIR='' bash "$WAY_BACK/upgrade.sh" --recover || { printf 'An upgrade stopped in the middle and could not be settled.\n' >&2; exit 6; }
fi

failed=no
[[ -e $JOURNAL_UNFINISHED ]] || forget_this_run
# Who needs them by now, nobody knows.
keep=(packages)
if [[ $purge == yes ]]; then
  purge_sites || failed=yes
else
  mapfile -t keep < <(modules_of_sites)
fi
journal_undo 0 "${keep[@]}" || failed=yes
# By the files of before, and before the note of it goes with all the rest.
restart_noted || failed=yes
if [[ $purge == yes ]]; then
  purge_rest || failed=yes
else
  rest_panel || failed=yes
fi

[[ $failed == no ]] || { printf 'Berth is gone, but something above could not be undone.\n' >&2; exit 6; }
if [[ $purge == yes ]]; then
  printf 'Berth and all its sites are gone. Packages stay: remove those you do not need with apt.\n'
else
  printf 'Berth is gone. The sites stay in /srv/sites and are served as before.\n'
fi
