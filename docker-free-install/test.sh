#!/bin/bash
# Proves everything: builds with unit tests, then tests the scripts, the installer and the whole on lab hosts.
# usage: test.sh [PHASE…]   phases: tools scripts build command container hosts verbs installer system (all, in this order)
set -euo pipefail
export LC_ALL=C.UTF-8

HERE=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
CHECKOUT=$(cd "$HERE/.." && pwd)
printf -v RUN '%x' "$$"
readonly HERE CHECKOUT RUN
# One host for the system tests, one for the verbs, two for the installer's own: they change what they stand on.
readonly SYSTEM_HOST=ts-$RUN VERBS_HOST=tv-$RUN INSTALL_HOST=ti-$RUN FRESH_HOST=tf-$RUN
readonly LAB=$HERE/lab.sh
readonly PHASES=(tools scripts build command container hosts verbs installer system)

timings=()
# The verbs' tests beside the installer's: process and output.
verbs_job='' verbs_log=''

finish() {
  local code=$? host
  trap - EXIT
  if [[ -n $verbs_job ]]; then
    # With what it started, or it would go on making hosts; it may also have ended just now.
    kill -- "-$verbs_job" 2>/dev/null || true
    wait "$verbs_job" || true
    cat "$verbs_log"
    rm -f "$verbs_log"
  fi
  for host in "$SYSTEM_HOST" "$VERBS_HOST" "$INSTALL_HOST" "$FRESH_HOST"; do
    "$LAB" down "$host" || true
  done
  printf '\n%s\n' "${timings[@]}"
  ((code == 0)) && printf 'everything passed in %d s\n' "$SECONDS" || printf 'FAILED\n'
  exit "$code"
}

phase() {
  local name=$1 begun=$SECONDS
  printf '\n=== %s\n' "$name"
  "phase_$name"
  timings+=("$(printf '%-10s %4d s' "$name" $((SECONDS - begun)))")
}

# A clean Debian 12 or 13 with git, a JDK, Maven and apt is enough to begin with.
phase_tools() {
  local -a wanted=(systemd-container debootstrap iproute2 bats shellcheck chromium curl jq openssl python3-minimal
    mariadb-server-core mariadb-client-core)
  local -a missing=()
  local package
  for package in "${wanted[@]}"; do
    dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  apt-get -q update
  DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "${missing[@]}"
}

phase_scripts() {
  (cd "$HERE" && check_scripts . -not -path './target/*' -not -path './bin/*')
  (cd "$CHECKOUT" && check_scripts docker-free-install/bin .ci && host-scripts/tests/lint)
  # Modules are read by lib/run.sh, which alone uses the variables they set.
  (cd "$HERE" && shellcheck --shell=bash --exclude=SC2034 modules/*.sh)
}

# One at a time: what one script makes an array is a plain value in the next.
check_scripts() {
  local script failed=0
  while IFS= read -r script; do
    shellcheck --external-sources "$script" || failed=1
  done < <(find "$@" -type f -exec grep -lE -m1 '^#!(/usr/bin/env bash|/bin/bash)' {} + | sort)
  return "$failed"
}

phase_build() {
  (cd "$CHECKOUT" && mvn -B -q verify)
}

phase_command() {
  bats --print-output-on-failure "$HERE"/tests/cli
}

phase_container() {
  # Unit tests and the search for bugs ran in the build.
  (cd "$CHECKOUT" && mvn -B -q verify -Pcontainer -pl panel-web -am -Dtest=none -Dspotbugs.skip \
    -Dsurefire.failIfNoSpecifiedTests=false)
}

phase_hosts() {
  "$LAB" up "$SYSTEM_HOST" --php82
}

phase_verbs() {
  local release=/usr/lib/berth/releases/test
  # With a second PHP, because changing a site's version is one of the verbs' promises.
  "$LAB" up "$VERBS_HOST" --bare --php82
  "$LAB" exec "$VERBS_HOST" -- mkdir -p "$release"
  tar -C "$CHECKOUT" -cf - host-scripts themes/visitor \
    | "$LAB" exec "$VERBS_HOST" -- tar -C "$release" --no-same-owner -xf -
  "$LAB" exec "$VERBS_HOST" -- ln -s releases/test /usr/lib/berth/current
  "$LAB" exec "$VERBS_HOST" -- ln -s current/host-scripts /usr/lib/berth/host-scripts
  "$LAB" exec "$VERBS_HOST" -- "$release/host-scripts/tests/run"
  "$LAB" down "$VERBS_HOST"
}

# Both wait more than they work, each on hosts of its own: together they take as long as the longer one.
begin_verbs() {
  verbs_log=$(mktemp)
  set -m
  (trap - EXIT; timings=(); phase verbs; printf '%s\n' "${timings[@]}") >"$verbs_log" 2>&1 &
  verbs_job=$!
  set +m
}

end_verbs() {
  local code=0
  [[ -n $verbs_job ]] || return 0
  wait "$verbs_job" || code=$?
  verbs_job=''
  cat "$verbs_log"
  rm -f "$verbs_log"
  return "$code"
}

phase_installer() {
  BERTH_TEST_HOST=$INSTALL_HOST BERTH_TEST_FRESH_HOST=$FRESH_HOST bats --timing --print-output-on-failure "$HERE"/tests/installer
}

phase_system() {
  "$LAB" up "$SYSTEM_HOST" --php82
  # Unit tests ran in the build.
  (cd "$CHECKOUT" && mvn -B -q verify -Psystem -pl panel-web -am -Dberth.lab.name="$SYSTEM_HOST" -Dtest=none \
    -Dsurefire.failIfNoSpecifiedTests=false)
}

((EUID == 0)) || { printf 'test.sh needs root: it boots hosts\n' >&2; exit 2; }
chosen=("$@")
((${#chosen[@]})) || chosen=("${PHASES[@]}")
for name in "${chosen[@]}"; do
  declare -F "phase_$name" >/dev/null || { printf 'there is no phase %s: %s\n' "$name" "${PHASES[*]}" >&2; exit 2; }
done
trap finish EXIT
for name in "${chosen[@]}"; do
  if [[ $name == verbs && " ${chosen[*]} " == *' installer '* ]]; then
    begin_verbs
  else
    phase "$name"
  fi
  [[ $name != installer ]] || end_verbs
done
