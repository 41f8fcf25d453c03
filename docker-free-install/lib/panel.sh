# shellcheck shell=bash
# Actions (see actions.sh) on the panel as a whole: its jobs, its end, its database.

readonly DRAIN=/run/berth/drain CLOSED=/run/berth/upgrading DUMPS=/var/lib/berth/dumps

# shellcheck source=lib/database.sh
source "$INSTALL_HOME/lib/database.sh"

# From now on the panel begins no job, and says so to whoever wishes one.
drain_jobs() {
  journal_note drain_jobs >/dev/null
  touch "$DRAIN"
}

undo_drain_jobs() {
  rm -f "$DRAIN"
}

# From now on the front lets nobody in who could change anything, and the panel sends no mail: the way back would undo it,
# or it would go out twice.
close_panel() {
  journal_note close_panel >/dev/null && touch "$CLOSED"
}

undo_close_panel() {
  rm -f "$CLOSED"
}

# Prints the jobs that the panel works on, one a line. Those that a dead panel left have no lease any more.
running_jobs() {
  in_database berth -e "SELECT CONCAT('job ', id, ' (', type, ' of ', target_name, ')') FROM job
    WHERE state IN ('RUNNING', 'UNDOING') AND lease_until > UTC_TIMESTAMP(6)"
}

no_job_runs() {
  local jobs
  jobs=$(running_jobs 2>/dev/null) && [[ -z $jobs ]]
}

# The panel ends, and what it called too: verbs outlive it otherwise, and read their parts through the link to the
# release that is about to be switched.
stop_panel() {
  journal_note start_again berth.service >/dev/null && systemctl stop berth.service && wait_until 120 no_verb_runs
}

no_verb_runs() {
  local root=/sys/fs/cgroup processes
  [[ ! -d $root/systemd ]] || root=$root/systemd
  processes=$(cat "$root/system.slice/berth.service/cgroup.procs" 2>/dev/null || true)
  [[ -z $processes && -z $(systemctl list-units --no-legend 'berth-verb-*') ]]
}

# keep_database FILE : dumps the panel's database, to be put back when it comes to that.
keep_database() {
  install -d -m 0700 "$DUMPS" &&
    (umask 077 && dump_database | gzip >"$1.new") &&
    is_whole zcat "$1.new" &&
    sync -d "$1.new" &&
    mv -T "$1.new" "$1" &&
    journal_note keep_database "$1" >/dev/null
}

# Jobs were drained and nobody got in, so nothing happened since the dump: tokens and numbers go on where they were.
undo_keep_database() {
  systemctl stop berth.service
  wait_until 60 mariadb-admin --no-defaults --socket="$PANEL_DATABASE" --silent ping
  replace_database zcat "$2"
}
