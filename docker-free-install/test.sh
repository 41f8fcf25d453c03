#!/bin/bash
# Proves everything: builds with unit tests, then tests the scripts, the installer and the whole on lab hosts.
# usage: test.sh [PHASE…]   phases: tools scripts build verbs installer upgrade command container hosts debian12 system (all, in this order)
set -euo pipefail
export LC_ALL=C.UTF-8

HERE=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
CHECKOUT=$(cd "$HERE/.." && pwd)
printf -v RUN '%x' "$$"
readonly HERE CHECKOUT RUN
# One host for the system tests, one with the older Debian, one for the verbs, one for upgrades, three for the installer's
# own, among them one whose disk is full: they change what they stand on.
readonly SYSTEM_HOST=ts-$RUN OLDER_HOST=to-$RUN VERBS_HOST=tv-$RUN INSTALL_HOST=ti-$RUN FRESH_HOST=tf-$RUN UPGRADE_HOST=tu-$RUN
readonly FULL_HOST=tx-$RUN
readonly LAB=$HERE/lab.sh
readonly PHASES=(tools scripts build verbs installer upgrade command container hosts debian12 system)

# Process groups of the phases that run.
declare -A running=()
# Holds what phases took, and what those say that run beside others.
notes=$(mktemp -d)
readonly notes

finish() {
  local code=$? name host
  trap - EXIT
  for name in "${!running[@]}"; do
    # With all that it started; it may also have ended just now.
    kill -- "-${running[$name]}" 2>/dev/null || true
    wait "${running[$name]}" || true
  done
  show
  for host in "$SYSTEM_HOST" "$OLDER_HOST" "$VERBS_HOST" "$INSTALL_HOST" "$FRESH_HOST" "$FULL_HOST" "$UPGRADE_HOST"; do
    "$LAB" down "$host" || code=1
  done
  printf '\n'
  [[ ! -f $notes/took ]] || cat "$notes/took"
  rm -rf "$notes"
  ((code == 0)) && printf 'everything passed in %d s\n' "$SECONDS" || printf 'FAILED\n'
  exit "$code"
}

# Starts a phase as a process group of its own, so that it can be ended whenever all has to end.
begin() {
  set -m
  (
    trap - EXIT INT TERM
    SECONDS=0
    printf '\n=== %s\n' "$1"
    "phase_$1"
    printf '%-10s %4d s\n' "$1" "$SECONDS" >>"$notes/took"
  ) </dev/null &
  set +m
  running[$1]=$!
}

end() {
  local code=0
  wait "${running[$1]}" || code=$?
  unset "running[$1]"
  return "$code"
}

end_all() {
  local name
  for name in "${!running[@]}"; do
    end "$name"
  done
  show
}

show() {
  local said
  for said in "$notes"/*.log; do
    [[ -f $said ]] || continue
    cat "$said"
    rm "$said"
  done
}

# A clean Debian 12 or 13 with git, a JDK, Maven and apt is enough to begin with.
phase_tools() {
  local -a wanted=(systemd-container debootstrap iproute2 bats shellcheck chromium curl jq openssl pebble caddy python3-minimal
    bind9 pdns-server pdns-backend-sqlite3 sqlite3
    mariadb-server-core mariadb-client-core user-mode-linux kmod quota e2fsprogs xfsprogs gcc libc6-dev)
  local -a missing=()
  local package
  for package in "${wanted[@]}"; do
    dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  apt-get -q update
  # Only their programs are wanted: as services they would take this machine's ports of the web and of names.
  [[ ! -d /run/systemd/system ]] || systemctl mask --quiet caddy.service named.service pdns.service
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
  "$LAB" up "$OLDER_HOST" --suite bookworm
}

phase_verbs() {
  local release=/usr/lib/berth/releases/test
  # In a kernel with quotas, which this machine's own may not have.
  "$CHECKOUT/host-scripts/tests/kernel/run"
  # With a second PHP, because changing a site's version is one of the verbs' promises.
  "$LAB" up "$VERBS_HOST" --bare --php82
  "$LAB" exec "$VERBS_HOST" -- mkdir -p "$release"
  tar -C "$CHECKOUT" -cf - host-scripts themes/visitor \
    | "$LAB" exec "$VERBS_HOST" -- tar -C "$release" --no-same-owner -xf -
  # What is to be loaded by nobody; a lab host has no compiler.
  gcc -Wall -Werror -shared -fPIC -o "$notes/payload.so" "$CHECKOUT/host-scripts/tests/payload.c"
  "$LAB" exec "$VERBS_HOST" -- tee "$release/host-scripts/tests/payload.so" <"$notes/payload.so" >/dev/null
  "$LAB" exec "$VERBS_HOST" -- ln -s releases/test /usr/lib/berth/current
  "$LAB" exec "$VERBS_HOST" -- ln -s current/host-scripts /usr/lib/berth/host-scripts
  "$LAB" exec "$VERBS_HOST" -- "$release/host-scripts/tests/run"
  "$LAB" down "$VERBS_HOST"
}

phase_installer() {
  bats --timing --print-output-on-failure "$HERE"/tests/journal
  BERTH_TEST_HOST=$INSTALL_HOST BERTH_TEST_FRESH_HOST=$FRESH_HOST BERTH_TEST_FULL_HOST=$FULL_HOST bats --timing --print-output-on-failure "$HERE"/tests/installer
}

phase_upgrade() {
  BERTH_TEST_UPGRADE_HOST=$UPGRADE_HOST bats --timing --print-output-on-failure "$HERE"/tests/upgrade
}

phase_debian12() {
  "$LAB" up "$OLDER_HOST" --suite bookworm
  test_system "$OLDER_HOST" '-Dit.test=InstallationIT,SiteLifeIT,SiteCreationIT#madeBy*'
  "$LAB" down "$OLDER_HOST"
}

phase_system() {
  "$LAB" up "$SYSTEM_HOST" --php82
  test_system "$SYSTEM_HOST"
}

# Unit tests and the search for bugs ran in the build: HOST [OPTION…]
test_system() {
  (cd "$CHECKOUT" && mvn -B -q verify -Psystem -pl panel-web -am -Dberth.lab.name="$1" -Dtest=none -Dspotbugs.skip \
    -Dsurefire.failIfNoSpecifiedTests=false "${@:2}")
}

((EUID == 0)) || { printf 'test.sh needs root: it boots hosts\n' >&2; exit 2; }
chosen=("$@")
((${#chosen[@]})) || chosen=("${PHASES[@]}")
for name in "${chosen[@]}"; do
  declare -F "phase_$name" >/dev/null || { printf 'there is no phase %s: %s\n' "$name" "${PHASES[*]}" >&2; exit 2; }
done
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
for name in "${chosen[@]}"; do
  case $name in
    # They wait more than they work, each on hosts of its own: they run beside the others.
    verbs | installer | upgrade) begin "$name" >"$notes/$name.log" 2>&1 ;;
    # Its browser takes a host that comes or goes for a change of its own network.
    system)
      end_all
      begin system
      end system
      ;;
    *)
      begin "$name"
      end "$name"
      ;;
  esac
done
end_all
