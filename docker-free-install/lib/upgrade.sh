# shellcheck shell=bash
# The course of an upgrade: let the panel begin nothing new, keep its database, lay down the release by the installer's
# modules, which also ask the application, and go back by the journal when one of them fails.

upgrade_usage() {
  cat <<'TEXT'
usage: upgrade.sh [OPTION…]

  --release FILE   the release to go to, berth-VERSION.tar.gz (that which this script is part of)
  --wait SECONDS   how long to wait for jobs that run (300)
  --offline        do not refresh apt's lists, install from its cache
  --dry-run        print what would be done and change nothing
  --help

It runs as the unit berth-upgrade, so that a lost connection does not end it; `systemctl stop berth-upgrade` breaks it
off and goes back. Sites are served all the while.

exit codes: 0 upgraded or nothing to do, 2 wrong option or no release of Berth, 3 refused and nothing was changed,
4 another installation runs or a job did not end in time, and nothing was changed, 5 failed and all is as before,
6 failed and needs a look
TEXT
}

export UPGRADE_TASK=upgrade UPGRADE_WAIT=300 UPGRADE_AT_BOOT=no
readonly OUTCOME=/run/berth-upgrade.outcome LEAST_ROOM_MIB=1024

read_upgrade_options() {
  while (($#)); do
    case $1 in
      --help | -h) upgrade_usage; exit 0 ;;
      --offline | --dry-run) set_option "${1#--}" yes ;;
      # For the way back: of the unit, and of the host's next start.
      --recover) UPGRADE_TASK=recover ;;
      --boot) UPGRADE_AT_BOOT=yes ;;
      --release | --wait)
        (($# > 1)) || stop "$EXIT_USAGE" "$1 needs a value"
        if [[ $1 == --release ]]; then
          set_option release "$2"
        else
          [[ $2 =~ ^[0-9]{1,5}$ ]] || stop "$EXIT_USAGE" "wait '$2' is no number of seconds"
          UPGRADE_WAIT=$((10#$2))
        fi
        shift
        ;;
      *) stop "$EXIT_USAGE" "'$1' is no option, see --help" ;;
    esac
    shift
  done
}

# in_a_unit ARGUMENT… : does it where a lost connection does not reach, shows what it says, and ends as it does. When it
# is killed, systemd ends all it started and goes back: by the copy, since before that is there nothing was changed, and its
# path, unlike that of this release, has nothing that systemd would read as more than a name.
in_a_unit() {
  local said=$BERTH_RUN_DIR/said code=0 runner name
  local -a environment=()
  # Those for tests and for work on the installer.
  for name in ${!BERTH_INSTALL_*}; do
    environment+=("--setenv=$name=${!name}")
  done
  ! systemctl is-active --quiet berth-upgrade.service || stop "$EXIT_BUSY" 'An upgrade of Berth runs on this host.'
  rm -f "$OUTCOME"
  : >"$said"
  systemd-run --quiet --collect --wait --unit=berth-upgrade --same-dir --description='Upgrade of Berth' \
    --property=StandardOutput="append:$said" --property=StandardError="append:$said" \
    --property=TimeoutStopSec=900 --property=OOMScoreAdjust=-500 \
    --property=ExecStopPost="/bin/sh -c 'test ! -e $WAY_BACK/upgrade.sh || exec /bin/bash $WAY_BACK/upgrade.sh --recover'" \
    --setenv=BERTH_UPGRADE_UNIT=yes "${environment[@]}" /bin/bash "${INSTALL_HOME//\$/\$\$}/upgrade.sh" "${@//\$/\$\$}" &
  runner=$!
  tail --lines=+1 --follow --sleep-interval=0.2 --pid="$runner" "$said"
  wait "$runner" || code=$?
  [[ ! -s $OUTCOME ]] || code=$(<"$OUTCOME")
  ((code <= EXIT_LOOK)) || code=$EXIT_LOOK
  exit "$code"
}

upgrade() {
  if [[ -n $BERTH_RELEASE ]]; then
    unpack_release
    hand_over "$@"
  fi
  find_source
  need_installed
  keep_options
  read_distribution
  mapfile -t modules < <(modules_sorted)
  if [[ $BERTH_DRY_RUN == yes ]]; then
    judge_version
    validate_modules "${modules[@]}"
    plan_upgrade
    return 0
  fi
  take_lock
  settle_earlier
  judge_version
  need_room
  validate_modules "${modules[@]}"
  open_changes keep_way_back
  UNDONE='Berth was not upgraded'
  let_jobs_end
  close_panel || fail 'closing the panel'
  stop_panel || fail 'stopping the panel'
  keep_database "$DUMPS/$(date -u +%Y%m%dT%H%M%SZ)-$(installed_version).sql.gz" || fail 'the dump of the database'
  reached dump
  configure_modules "${modules[@]}"
  reached verified
  trap - INT TERM
  # On the disk before the decision is.
  sync
  move_whole "$JOURNAL_UNFINISHED" "$FINISHED"
  reached finished
  tidy_up
  printf '\nBerth %s runs now.\n' "$BERTH_VERSION"
}

# The release brings its own way of upgrading to it.
hand_over() {
  local -a rest=()
  while (($#)); do
    if [[ $1 == --release ]]; then
      shift
    else
      rest+=("$1")
    fi
    shift
  done
  [[ -f $INSTALL_HOME/upgrade.sh ]] || stop "$EXIT_USAGE" "$BERTH_RELEASE is no release of Berth."
  exec bash "$INSTALL_HOME/upgrade.sh" "${rest[@]}"
}

need_installed() {
  [[ -f /usr/lib/berth/current/berth.war && -r /etc/berth/panel.properties ]] \
    || stop "$EXIT_UNFIT" 'Berth is not installed on this host: there is nothing to upgrade, use install.sh.'
  local part
  for part in berth.war lib/payara-micro.jar host-scripts/setup bin/berth; do
    [[ -f $BERTH_SOURCE/$part ]] || stop "$EXIT_USAGE" "$BERTH_SOURCE is no whole release of Berth: $part is missing."
  done
}

# An upgrade changes no setting.
keep_options() {
  choose_panel_host
  choose_panel_port
}

judge_version() {
  local installed
  installed=$(installed_version)
  if [[ $BERTH_VERSION == "$installed" ]]; then
    [[ $(release_hash "$BERTH_SOURCE") == "$(release_hash /usr/lib/berth/current/)" ]] || stop "$EXIT_UNFIT" \
      "Berth $installed is installed, and this is another build of it. A release is never changed; install.sh would do it."
    printf 'Berth %s is installed already.\n' "$installed"
    exit 0
  fi
  is_newer "$BERTH_VERSION" "$installed" || stop "$EXIT_UNFIT" \
    "Berth $installed is installed, and this is the older $BERTH_VERSION. There is no way back to an older release: its
program does not know the newer database. Nothing was changed."
}

need_room() {
  local path mib
  for path in /usr /var; do
    mib=$(df --output=avail -m "$path" | tail -n 1 | tr -d ' ')
    ((mib >= LEAST_ROOM_MIB)) || stop "$EXIT_UNFIT" \
      "Only $mib MiB are free below $path, and an upgrade needs $LEAST_ROOM_MIB. Nothing was changed."
  done
}

plan_upgrade() {
  printf 'Berth %s would be upgraded to %s. First no job would begin any more, those that run would end (at most %s s)\n' \
    "$(installed_version)" "$BERTH_VERSION" "$UPGRADE_WAIT"
  printf 'the panel would stop, and its database would be dumped below %s. Then:\n' "$DUMPS"
  plan_modules "${modules[@]}"
}

let_jobs_end() {
  local waiting
  drain_jobs
  reached drain
  printf 'no job begins any more, waiting for those that run\n' >&3
  wait_until "$UPGRADE_WAIT" no_job_runs && return 0
  waiting=$(running_jobs || true)
  go_back || stop "$EXIT_LOOK" "Not everything could be undone: see $LOG."
  stop "$EXIT_BUSY" "After $UPGRADE_WAIT s still not over: ${waiting:-a job}. Berth was not upgraded and goes on as before.
Wait until it is over or cancel it (berth job cancel), then try again; --wait SECONDS waits longer."
}
