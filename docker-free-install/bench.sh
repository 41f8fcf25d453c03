#!/bin/bash
# Measures Berth on a lab host with the real installer in it: the raw commands first, then the panel, in one run.
# Prints a Markdown table; docs/benchmarks.md says what each row means.
set -euo pipefail
export LC_ALL=C

HERE=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
readonly HERE

usage() {
  cat <<'TEXT'
usage: bench.sh [--sites N] [--rows N] [--runs N] [--suite trixie|bookworm] [--keep]

  --sites  sites on the host before anything is measured (20)
  --rows   more sites in the panel's tables alone, for the last part (10000)
  --runs   how often each figure is taken (10)
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

finish() {
  [[ $keep == yes ]] || "$HERE/lab.sh" down bench
}
trap finish EXIT

"$HERE/lab.sh" down bench
begin=$EPOCHREALTIME
"$HERE/lab.sh" up bench --suite "$suite" >&2
end=$EPOCHREALTIME
printf 'host up, Berth installed or taken from the prepared layer: %d ms\n\n' \
  $(((${end/./} - ${begin/./}) / 1000))
tar --create --directory "$HERE/bench" . | "$HERE/lab.sh" exec bench -- tar --extract --directory /root --one-top-level=bench
"$HERE/lab.sh" exec bench -- /root/bench/measure "$sites" "$runs" "$rows"
"$HERE/lab.sh" restart bench >&2
"$HERE/lab.sh" exec bench -- /root/bench/booted "$sites"
