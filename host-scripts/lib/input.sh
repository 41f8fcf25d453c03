# shellcheck shell=bash
# Reads the one JSON object on standard input and lets through what the verb declares, nothing else.
# jq parses; it prints each value with its path, both as JSON on one line, so that whatever a string holds it stays one
# line with its quotes and escapes. The checks are made here on that text: starting jq with a large program takes 10 ms.

declare -A input=()
site='' raw=''
readonly input_limit=65536
# Controls, separators and marks that change how the text around them is read, in UTF-8; the two joiners stay, which are
# letters of some languages.
readonly unseen=$'\xc2[\x80-\xa0\xad]|\xd8\x9c|\xe1\xa0\x8e|\xe2(\x80[^\x8c\x8d]|\x81)|\xe3(\x80\x80|\x85\xa4)|\xef(\xbb\xbf|\xb8[\x80-\x8f])|\xf3\xa0'

# shellcheck source=host-scripts/lib/rules.sh
source "$scripts/lib/rules.sh"

# Ends the verb because of the input: FIELD WHY.
refuse() {
  local key=${1%%[*}
  fail 2 bad-input "The input is refused." "$2" "Pass ${texts[${key:-none}]-what docs/host-scripts.md says}." "$1"
}

read_raw() {
  local status=0
  # Up to a NUL byte, which has no place in JSON and which bash would silently drop.
  IFS= read -r -t 10 -d '' -n $((input_limit + 1)) raw || status=$?
  ((${#raw} <= input_limit)) || fail 2 bad-input "The input is too large." "A verb reads at most 64 KiB." \
    "Pass less."
  ((status == 1)) || fail 2 bad-input "The input is not complete." \
    "It has a NUL byte, or its end did not come within ten seconds." "Write one JSON object and close the stream."
}

# Whether the text, a value as JSON, keeps to the rule KIND LIMITS…; sets `value` to what it stands for.
keeps_to() {
  local kind limits least most pattern
  read -r kind limits <<<"$1"
  value=$2
  case $kind in
    integer)
      read -r least most <<<"$limits"
      [[ $value =~ ^(0|[1-9][0-9]{0,15})$ ]] && ((value >= least && value <= most))
      return
      ;;
    boolean)
      [[ $value == true || $value == false ]]
      return
      ;;
  esac
  [[ $value == \"*\" ]] || return 1
  value=${value:1:-1}
  read -r most pattern <<<"$limits"
  case $kind in
    choice) [[ " $limits " == *" $value "* && $value != *' '* ]] ;;
    text) ((${#value} <= most)) && [[ $value =~ ^($pattern)$ ]] ;;
    domain) ((${#value} <= most)) && [[ $value =~ ^($pattern)$ ]] && is_public_name "$value" ;;
    shown) ((${#value} <= most)) && [[ $value =~ ^($pattern)$ && ! $value =~ $unseen ]] ;;
    secret)
      # Of JSON's escapes only these two stand for printable characters that need one.
      value=${value//\\\\/$'\1'}
      value=${value//\\\"/\"}
      [[ $value != *\\* ]] || return 1
      value=${value//$'\1'/\\}
      ((${#value} <= most)) && [[ $value =~ ^($pattern)$ ]]
      ;;
    pem)
      # Of JSON's escapes only the line's end has a place there. What it says openssl finds out.
      value=${value//\\n/$'\n'}
      ((${#value} <= most)) && [[ $value != *[!A-Za-z0-9+/=\ $'\n'-]* && -n $value ]]
      ;;
  esac
}

is_public_name() {
  local label
  local -a labels
  IFS=. read -ra labels <<<"$1"
  for label in "${labels[@]}"; do
    ((${#label} <= 63)) || return 1
  done
  [[ $label != localhost && $label != invalid && " ${input[host_panelNames]} " != *" $1 "* ]]
}

# Takes one value: PATH VALUE, both as JSON.
take() {
  local first rest='' key rule
  [[ $1 =~ ^\[\"([A-Za-z]+)\"(,.*)?\]$ ]] || refuse "" "It is not one JSON object, or has a key that there is not."
  first=${BASH_REMATCH[1]} rest=${BASH_REMATCH[2]}
  key=$first
  if [[ $first == call ]]; then
    [[ $rest =~ ^,\"([A-Za-z]+)\" ]] || refuse call "It is not an object."
    key=call.${BASH_REMATCH[1]} rest=${rest#"${BASH_REMATCH[0]}"}
  fi
  rule=${rules[$key]-}
  [[ -n $rule ]] || refuse "$key" "There is no such key."
  if [[ $rule == 'list '* ]]; then
    take_item "$key" "$rest" "$2" "${rule#list }"
    return
  fi
  if [[ -n $rest ]] || ! keeps_to "$rule" "$2"; then
    refuse "$key" "It is not ${texts[$key]}, or it is reserved."
  fi
  input[${key/./_}]=$value
}

# Takes one item of a list: KEY INDEX-AND-REST VALUE RULE. Lists hold names, which have no blanks.
take_item() {
  local key=$1 item=''
  if [[ $2 =~ ^,([0-9]+) ]]; then
    item=${BASH_REMATCH[1]}
  elif [[ -n $2 || $3 != '[]' ]]; then
    refuse "$key" "It is not a list."
  fi
  # An empty list has no end of its own that would be seen twice.
  [[ ${item:-0} != 0 || ! -v input[$key] ]] || refuse "$key" "It stands there twice."
  input[$key]=${input[$key]-}
  [[ -n $item ]] || return 0
  ((item < ${4%% *})) || refuse "$key" "It has more than ${4%% *} items."
  if [[ $2 != ",$item" ]] || ! keeps_to "${4#* }" "$3"; then
    refuse "${key}[$item]" "It is not an item of ${texts[$key]}, or it is reserved."
  fi
  [[ " ${input[$key]-} " != *" $value "* ]] || refuse "$key" "An item stands there twice."
  input[$key]+="${input[$key]:+ }$value"
}

# Refuses a value or an object that comes twice. Of two keys alike a parser takes one, and not always the same.
note() {
  [[ ! -v seen[$1] ]] || refuse "" "A key stands there twice, or there is more than one value."
  seen[$1]=1
}

# Whether a number stands there that is not JSON (01, NaN) or not written as a whole one (1.0, 1e0): jq reads them all,
# and may print what we would take for another.
has_odd_number() {
  local odd='[[:space:]:,[][-+]?(0[0-9]|[0-9]*[.eE]|[nN][aA])'
  [[ " $raw" =~ $odd ]] || return 1
  [[ " $(sed --regexp-extended 's/"([^"\\]|\\.)*"//g' <<<"$raw")" =~ $odd ]]
}

read_input() {
  local line key complete=false
  local -a lines=()
  local -A seen=()
  read_raw
  # A longer path than any of ours ends jq: it would be written for each end of a nest, and take us seconds to look at.
  mapfile -t lines < <(printf '%s' "$raw" | jq --null-input --raw-output --stream \
    --slurpfile host /etc/berth/host.json '
      ($host[0] | "host_uidBase=\(.uidBase)", "host_maxSites=\(.maxSites)", "host_nginxUser=\(.nginxUser)",
        "host_panelNames=\(.panelNames | join(" "))"),
      (inputs | if .[0] | tojson | length > 200 then error else . end | if length == 2 then "\(.[0] | tojson)\t\(.[1] | tojson)" else "end\(.[0][:-1] | tojson)" end),
      "complete"' 2>/dev/null)
  for line in "${lines[@]}"; do
    case $line in
      host_*) input[${line%%=*}]=${line#*=} ;;
      complete) complete=true ;;
    esac
  done
  [[ -v input[host_panelNames] ]] || fail 6 no-facts "The input could not be checked." \
    "/etc/berth/host.json is missing or broken, or jq is." "Run the installer again."
  [[ $complete == true ]] || refuse "" "It is not JSON, or has longer keys or deeper nests than there are."
  ((${#lines[@]} <= 1000)) || refuse "" "It has more values than there are keys."
  # The caller first, so that the audit line of a refused call names it.
  for line in "${lines[@]}"; do
    [[ $line != '["call"'* ]] || take "${line%%$'\t'*}" "${line#*$'\t'}"
  done
  for line in "${lines[@]}"; do
    case $line in
      host_* | complete) ;;
      end*) note "$line" ;;
      '[]'$'\t''{}') note 'end[]' ;;
      *)
        note "${line%%$'\t'*}"
        [[ $line == '["call"'* ]] || take "${line%%$'\t'*}" "${line#*$'\t'}"
        site=${input[site]-}
        ;;
    esac
  done
  [[ -v seen['end[]'] ]] || refuse "" "It is not one JSON object."
  ! has_odd_number || refuse "" "It has a number that is not written as a whole one."
  if [[ $wants_call == true || -v input[call_job] ]]; then
    [[ -v input[call_job] || -v input[call_step] || -v input[call_actor] ]] || refuse call "It is missing."
    for key in job step epoch token actor; do
      [[ -v input[call_$key] ]] || refuse "call.$key" "It is missing."
    done
  fi
  for key in "${own_keys[@]}"; do
    [[ -v input[$key] ]] || refuse "$key" "It is missing."
  done
  dry_run=${input[dryRun]-false}
}
