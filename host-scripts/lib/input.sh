# shellcheck shell=bash
# Reads the one JSON object on standard input and lets through what the verb declares, nothing else.

declare -A input=()
site='' raw=''
readonly input_limit=65536

read_input() {
  local line key status=0
  local -a lines=()
  # Up to a NUL byte, which has no place in JSON and which bash would silently drop.
  IFS= read -r -t 10 -d '' -n $((input_limit + 1)) raw || status=$?
  ((${#raw} <= input_limit)) || fail 2 bad-input "The input is too large." "A verb reads at most 64 KiB." \
    "Pass less."
  ((status == 1)) || fail 2 bad-input "The input is not complete." \
    "It has a NUL byte, or its end did not come within ten seconds." "Write one JSON object and close the stream."
  mapfile -t lines < <(printf '%s' "$raw" | jq --null-input --raw-output --stream --argjson verb "$declaration" \
    --slurpfile types "$scripts/lib/types.json" --slurpfile host /etc/berth/host.json --from-file "$scripts/lib/input.jq")
  for line in "${lines[@]}"; do
    key=${line%%=*}
    input[$key]=${line#*=}
  done
  [[ ! -v input[site] ]] || site=${input[site]}
  dry_run=${input[dryRun]-false}
  if [[ -v input[problem] ]]; then
    exit_code=2 code=bad-input field=${input[field]} reply=${input[problem]}
    exit 2
  fi
  [[ -v input[end] ]] || fail 6 no-facts "The input could not be checked." \
    "jq failed, or /etc/berth/host.json is missing or broken." "Run the installer again."
}
