#!/bin/bash
# Measures Berth on a lab host with the real installer in it: the raw commands first, then the panel, in one run.
# Prints a Markdown table; docs/benchmarks.md says what each row means.
set -euo pipefail
export LC_ALL=C

HERE=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
readonly HERE
# shellcheck source=bench/authority.sh
source "$HERE/bench/authority.sh"

usage() {
  cat <<'TEXT'
usage: bench.sh [--sites N] [--rows N] [--runs N] [--suite trixie|bookworm] [--keep]

  --sites  sites on the host before anything is measured (20)
  --rows   more sites in the panel's tables alone, for the last part (10000)
  --runs   how often each figure is taken, on as many of the sites (10)
  --suite  Debian release of the host (trixie)
  --keep   leaves the host "bench" running afterwards
TEXT
}

sites=20 rows=10000 runs=10 suite=trixie keep=no
while (($#)); do
  case $1 in
    --sites) sites=$2; shift ;;
    --rows) rows=$2; shift ;;
    --runs) runs=$2; shift ;;
    --suite) suite=$2; shift ;;
    --keep) keep=yes ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done

((runs <= sites)) || { printf 'bench: for %d runs at least as many sites are needed\n' "$runs" >&2; exit 2; }
need_authority

finish() {
  authority_end
  [[ $keep == yes ]] || "$HERE/lab.sh" down bench
}
trap finish EXIT

# A folder and what is in it to the host: FOLDER THERE.
copy() {
  tar --create --directory "$1" . | "$HERE/lab.sh" exec bench -- tar --extract --no-same-owner --directory / --one-top-level="$2"
}

"$HERE/lab.sh" down bench
begin=$EPOCHREALTIME
"$HERE/lab.sh" up bench --suite "$suite" >&2
end=$EPOCHREALTIME
printf 'host up, Berth installed or taken from the prepared layer: %d ms\n\n' \
  $(((${end/./} - ${begin/./}) / 1000))
authority_begin bench
copy "$HERE/bench" /root/bench
copy "$authority" /root/bench/authority
"$HERE/lab.sh" exec bench -- /root/bench/measure "$sites" "$runs" "$rows"
authority_end
"$HERE/lab.sh" restart bench >&2
"$HERE/lab.sh" exec bench -- /root/bench/booted "$sites"
