# shellcheck shell=bash
# Reads the command line into OPTION (name to value), LIST_<name> (options given several times) and ARGUMENTS.

declare -A OPTION=()
declare -a ARGUMENTS=()

# Understood by every command.
readonly COMMON_OPTIONS='json no-wait url= token-file= ca-file= help'

# read_options "SPEC…" ARGUMENT… : SPEC is `name` for a switch, `name=` for a value, `name=+` for several values.
read_options() {
  local -a specs
  local word name value kind only_arguments=no
  read -ra specs <<<"$1 $COMMON_OPTIONS"
  shift
  ARGUMENTS=()
  while (($#)); do
    word=$1
    shift
    if [[ $only_arguments == yes || $word != -* || $word == - ]]; then
      ARGUMENTS+=("$word")
      continue
    fi
    case $word in
      --) only_arguments=yes; continue ;;
      -h) word=--help ;;
    esac
    name=${word#--}
    name=${name%%=*}
    kind=$(option_kind "$name" "${specs[@]}") || refuse "There is no option '$word' here." \
      "'berth $CLI_TOPIC' does not know it." "berth $CLI_TOPIC --help"
    if [[ $kind == switch ]]; then
      [[ $word != *=* ]] || refuse "The option --$name takes no value." "It was given as '$word'." \
        "berth $CLI_TOPIC --help"
      OPTION[$name]=yes
      continue
    fi
    if [[ $word == *=* ]]; then
      value=${word#*=}
    else
      (($#)) || refuse "The option --$name needs a value." 'Nothing follows it.' "berth $CLI_TOPIC --help"
      value=$1
      shift
    fi
    keep_option "$kind" "$name" "$value"
  done
  if [[ -v OPTION[help] ]]; then
    show_help "$CLI_TOPIC"
    exit 0
  fi
}

option_kind() {
  local name=$1 spec
  shift
  for spec in "$@"; do
    case $spec in
      "$name") printf 'switch'; return ;;
      "$name=") printf 'value'; return ;;
      "$name=+") printf 'list'; return ;;
    esac
  done
  return 1
}

keep_option() {
  if [[ $1 == list ]]; then
    local -n list="LIST_${2//-/_}"
    list+=("$3")
    # Only used to know that it was given.
    OPTION[$2]=list
  else
    # The last would win, and nobody could say that it was the one that was meant.
    [[ ! -v OPTION[$2] ]] || refuse "--$2 stands there twice." "It takes one value, and was given as '${OPTION[$2]}' and as '$3'." \
      "Give it once."
    OPTION[$2]=$3
  fi
}

# Takes the common options that stand before the command; the rest is left in ARGUMENTS.
take_leading_options() {
  local -a leading=()
  while (($#)); do
    case $1 in
      --json | --no-wait) leading+=("$1"); shift ;;
      --url=* | --token-file=* | --ca-file=*) leading+=("$1"); shift ;;
      --url | --token-file | --ca-file) leading+=("$1" "${2-}"); shift $(($# > 1 ? 2 : 1)) ;;
      *) break ;;
    esac
  done
  CLI_TOPIC=''
  read_options '' "${leading[@]}"
  ARGUMENTS=("$@")
}

# want_arguments NAME… : the command takes exactly these.
want_arguments() {
  ((${#ARGUMENTS[@]} <= $#)) || refuse "'${ARGUMENTS[$#]}' is one argument too many." \
    "'berth $CLI_TOPIC' takes $(($# ? $# : 0)): ${*:-none}." "berth $CLI_TOPIC --help"
  local -a missing=("${@:${#ARGUMENTS[@]}+1}")
  ((${#missing[@]} == 0)) || refuse "${missing[0]} is missing." "'berth $CLI_TOPIC' needs it." "berth $CLI_TOPIC --help"
}

# An enumeration of the API as people type it: redirect-to-www for REDIRECT_TO_WWW.
as_constant() {
  local value=${1//-/_}
  printf '%s' "${value^^}"
}

# Filters are typed as they are shown, in small letters.
upper_option() {
  [[ ! -v OPTION[$1] ]] || OPTION[$1]=$(as_constant "${OPTION[$1]}")
}

# json_fields FIELD… : a JSON object. FIELD is KEY=VALUE for a text of the caller's, or OPTION:KEY[:KIND] for an option,
# left out when it was not given; KIND is constant, switch, onoff, number or list. Values reach JSON through jq's arguments only.
json_fields() {
  local -a named=()
  local field key rest value
  for field in "$@"; do
    if [[ $field == *=* ]]; then
      named+=(--arg "${field%%=*}" "${field#*=}")
      continue
    fi
    key=${field#*:}
    rest=${key#*:}
    key=${key%%:*}
    field=${field%%:*}
    [[ -v OPTION[$field] ]] || continue
    value=${OPTION[$field]}
    case $rest in
      switch) named+=(--argjson "$key" true) ;;
      onoff)
        [[ $value == on || $value == off ]] || refuse "--$field is on or off." "It was given as '$value'." "berth $CLI_TOPIC --help"
        named+=(--argjson "$key" "$([[ $value == on ]] && echo true || echo false)") ;;
      constant) named+=(--arg "$key" "$(as_constant "$value")") ;;
      number)
        [[ $value =~ ^[0-9]{1,9}$ ]] || refuse "--$field is a number." "It was given as '$value'." "berth $CLI_TOPIC --help"
        named+=(--argjson "$key" "$((10#$value))") ;;
      list)
        local -n values="LIST_${field//-/_}"
        named+=(--argjson "$key" "$(json_list "${values[@]}")") ;;
      *) named+=(--arg "$key" "$value") ;;
    esac
  done
  jq -cn "${named[@]}" '$ARGS.named'
}

# with_file BODY KEY OPTION : the body with what a file holds.
with_file() {
  local file=${OPTION[$3]}
  [[ -f $file && -r $file ]] || refuse "The file $file cannot be read." "It was given as --$3." 'Name a file that you may read.'
  jq -c --rawfile text "$file" --arg key "$2" '.[$key] = ($text | rtrimstr("\n"))' <<<"$1"
}

# Values as a JSON array, each an argument of its own: nothing that divides them could be part of one.
json_list() {
  local -a named=()
  local value number=1000
  for value in "$@"; do
    named+=(--arg "$((number++))" "$value")
  done
  jq -cn "${named[@]}" '$ARGS.named | to_entries | sort_by(.key) | map(.value)'
}

# Percent-encodes a part of a path or of a query.
encode() {
  local text=$1 out='' char code i
  for ((i = 0; i < ${#text}; i++)); do
    char=${text:i:1}
    case $char in
      [a-zA-Z0-9._~-]) out+=$char ;;
      *)
        # A byte above 127 may come out negative.
        printf -v code '%d' "'$char"
        printf -v char '%%%02X' $((code & 255))
        out+=$char
        ;;
    esac
  done
  printf '%s' "$out"
}

# path_part WHAT VALUE : a value as one part of a path, which it must not leave.
path_part() {
  case $2 in
    '' | . | ..) refuse "'$2' is no $1." 'It cannot stand in an address.' "berth ${CLI_TOPIC%% *} list shows what there is." ;;
  esac
  encode "$2"
}

# query OPTION[:KEY]… : the query string of the options that were given.
query() {
  local out='' field key
  for field in "$@"; do
    key=${field#*:}
    field=${field%%:*}
    [[ -v OPTION[$field] ]] || continue
    out+="${out:+&}$key=$(encode "${OPTION[$field]}")"
  done
  printf '%s' "${out:+?$out}"
}

# with_file BODY KEY OPTION : the body with what a file holds.
with_file() {
  local file=${OPTION[$3]}
  [[ -f $file && -r $file ]] || refuse "The file $file cannot be read." "It was given as --$3." 'Name a file that you may read.'
  jq -c --rawfile text "$file" --arg key "$2" '.[$key] = ($text | rtrimstr("\n"))' <<<"$1"
}
