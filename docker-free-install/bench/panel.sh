# shellcheck shell=bash
# What users wait for. Every site here is made, changed and deleted through the REST API, as the panel's pages do.

create() {
  api --output /dev/null --data "{\"name\":\"$1\",\"type\":\"$2\",\"database\":$3}" http://berth/api/v1/sites
}

# Fails unless each of the first N sites answers.
all_answer() {
  local n wrong
  wrong=$(for ((n = 1; n <= $1; n++)); do
    printf 'url = "http://filled-%d.example/"\noutput = /dev/null\n' "$n"
  done | curl --silent --connect-to ::127.0.0.1:80 --write-out '%{http_code}\n' --config - | grep -cv '^200$') || :
  ((wrong == 0)) || { printf 'bench: %d of %d sites do not answer\n' "$wrong" "$1" >&2; return 1; }
}

create_php() { create "bench-$1.example" PHP true && until_answers "bench-$1.example" 200; }
create_static() { create "static-$1.example" STATIC false && until_answers "static-$1.example" 200; }
change() { api --output /dev/null --data "${3:-{\}}" "http://berth/api/v1/sites/$1/$2"; }

suspend() { change "bench-$1.example" suspend '{"reason":"bench"}' && until_answers "bench-$1.example" 503; }
resume() { change "bench-$1.example" resume && until_answers "bench-$1.example" 200; }
delete() { api --output /dev/null --request DELETE "http://berth/api/v1/sites/bench-$1.example" && until_answers "bench-$1.example" 410; }
idle_site() { until_quiet "bench-$1.example"; }
before_suspend() { idle_site "$1"; }
before_resume() { idle_site "$1"; }
before_delete() { idle_site "$1"; }

# Waits until no job works on the site.
until_quiet() {
  local deadline=$((SECONDS + 60))
  until [[ $(api "http://berth/api/v1/sites/$1" | jq --raw-output '[.lastJobs[]? | select(.state == "RUNNING" or .state == "QUEUED")] | length') == 0 ]]; do
    ((SECONDS < deadline)) || { printf 'bench: %s is never quiet\n' "$1" >&2; exit 1; }
  done
}

# Remembers what the site has on the host.
before_purge() {
  idle_site "$1"
  mapfile -t purged < <(api "http://berth/api/v1/sites/bench-$1.example" | jq --raw-output '.user, .home, .databaseName')
}
purge() { change "bench-$1.example" purge && until_unknown "bench-$1.example"; }
after_purge() {
  ! id "${purged[0]}" >/dev/null 2>&1 && [[ ! -e ${purged[1]} && ! -e /var/lib/mysql/${purged[2]} ]] \
    || { printf 'bench: something of bench-%d.example is left\n' "$1" >&2; exit 1; }
}

# Waits until the panel knows the site no more: NAME.
until_unknown() {
  local deadline=$((SECONDS + 30))
  until [[ $(curl --silent --output /dev/null --write-out '%{http_code}' --unix-socket "$SOCKET" "http://berth/api/v1/sites/$1") == 404 ]]; do
    ((SECONDS < deadline)) || { printf 'bench: %s is still there\n' "$1" >&2; exit 1; }
  done
}

list_rest() { api --output /dev/null 'http://berth/api/v1/sites?limit=1000'; }
list_command() { berth site list --limit 1000 >/dev/null; }
help_command() { berth --help >/dev/null; }
health() { api --output /dev/null http://berth/health; }

start_panel() {
  systemctl restart berth
}
# What the first person sees who comes then, and how much memory it has once nobody comes.
after_start_panel() {
  local status seconds pid
  read -r status seconds < <(page --output /dev/null --write-out '%{http_code} %{time_total}\n' "$FRONT/login")
  [[ $status == 200 ]] || { printf 'bench: the first request is answered %s\n' "$status" >&2; exit 1; }
  first_requests+=("$(awk -v seconds="$seconds" 'BEGIN { printf "%d", seconds * 10000 }')")
  pid=$(systemctl show --property MainPID --value berth)
  # Then it collects once what its start has left.
  sleep 20
  until_rests "$pid"
  resident_sizes+=("$(resident_mib "$pid")")
}

# Prints what a filter makes of each of the newest jobs, as many as there are runs; it knows ms, the milliseconds of a time.
of_newest_jobs() {
  api "http://berth/api/v1/jobs?limit=$RUNS" | jq --raw-output '.items[].id' | while read -r id; do
    api "http://berth/api/v1/jobs/$id" | jq "def ms: (.[0:19] + \"Z\" | fromdate) * 1000 + (.[20:23] | tonumber); $1"
  done
}

# What the job engine adds to the steps.
job_overhead() {
  of_newest_jobs '(.finishedAt | ms) - (.createdAt | ms) - ([.steps[] | (.finishedAt | ms) - (.startedAt | ms)] | add)' | sort -n
}

# How long a step took, in tenths of a millisecond: NAME.
step_times() {
  of_newest_jobs ".steps[] | select(.name == \"$1\") | ((.finishedAt | ms) - (.startedAt | ms)) * 10"
}

# What steps of the newest jobs took, each in the middle of them: NAME…
step_medians() {
  local step
  for step; do
    printf '%s %s ms\n' "$step" "$(tenths "$(step_times "$step" | sort -n | percentile 50)")"
  done | paste --serial --delimiters=, | sed 's/,/, /g'
}

jobs_in() { api "http://berth/api/v1/jobs?state=$1&limit=1" | jq .total; }

# Sites that only the panel knows.
fill_tables() {
  mariadb --socket=/run/berth/db/berth.sock berth <<SQL
INSERT INTO site (name, type, state, owner_id, plan_id, php_version, www, created_at)
  SELECT CONCAT('row-', seq, '.example'), 'PHP', 'ACTIVE', 1, 1, '8.4', 'NONE', UTC_TIMESTAMP(6) FROM seq_1_to_$ROWS;
INSERT INTO site_host_name (name, site_id, kind, shown)
  SELECT name, id, 'CANONICAL', name FROM site WHERE name LIKE 'row-%';
SQL
}

fill() {
  local n begin=${EPOCHREALTIME/./}
  for ((n = 1; n <= SITES; n++)); do
    create "filled-$n.example" PHP true
  done
  until [[ $(jobs_in RUNNING) == 0 && $(jobs_in QUEUED) == 0 ]]; do sleep 1; done
  figure "create $SITES PHP sites with databases, one request after the other" "$(((${EPOCHREALTIME/./} - begin) / 1000000)) s"
  all_answer "$SITES"
}

measure_panel() {
  local -a first_requests=() resident_sizes=() times
  local least middle most
  fill
  measure_nginx "$SITES sites"
  row 'create a PHP site with database, request → first 200' create_php
  until_quiet "bench-$RUNS.example"
  mapfile -t times < <(step_times database)
  summary 'of that, the step that makes database, user and grant' "${times[@]}"
  row 'create a static site, request → first 200' create_static
  until_quiet "static-$RUNS.example"
  figure 'a job beyond its steps, median' "$(job_overhead | percentile 50) ms"
  row 'suspend, until it shows' suspend
  row 'resume, until it shows' resume
  row 'delete, until it shows' delete
  row 'purge, until nothing is left' purge
  figure 'of that, its steps' "$(step_medians vhost database php files user)"
  row 'list of all sites as JSON, REST' list_rest
  row '`berth site list`' list_command
  row '`berth --help`' help_command
  row 'health' health
  row 'restart of the panel until the application answers' start_panel
  summary 'first request after it, the sign-in page through the front' "${first_requests[@]}"
  read -r least middle most < <(spread "${resident_sizes[@]}")
  figure 'panel: resident memory after it, at rest' "$least / $middle / $most MiB"
}
