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

list_rest() { api --output /dev/null 'http://berth/api/v1/sites?limit=1000'; }
list_command() { berth site list --limit 1000 >/dev/null; }
help_command() { berth --help >/dev/null; }
health() { api --output /dev/null http://berth/health; }

start_panel() {
  systemctl restart berth
}

# What the job engine adds to the steps of the newest jobs.
job_overhead() {
  api 'http://berth/api/v1/jobs?limit=10' | jq --raw-output '.items[].id' | while read -r id; do
    api "http://berth/api/v1/jobs/$id" | jq '
      def ms: (.[0:19] + "Z" | fromdate) * 1000 + (.[20:23] | tonumber);
      (.finishedAt | ms) - (.createdAt | ms) - ([.steps[] | (.finishedAt | ms) - (.startedAt | ms)] | add)'
  done | sort -n
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
  fill
  row 'create a PHP site with database, request → first 200' create_php
  row 'create a static site, request → first 200' create_static
  figure 'a job beyond its steps, median' "$(job_overhead | percentile 50) ms"
  row 'suspend, until it shows' suspend
  row 'resume, until it shows' resume
  row 'delete, until it shows' delete
  row 'list of all sites as JSON, REST' list_rest
  row '`berth site list`' list_command
  row '`berth --help`' help_command
  row 'health' health
  row 'restart of the panel until the application answers' start_panel
}
