# shellcheck shell=bash
# What people and scripts see: results on standard output, progress and errors on standard error.
# shellcheck disable=SC2034 # the names are for the other files

# Exit codes, documented in docs/cli.md.
readonly EXIT_BUG=1 EXIT_INPUT=2 EXIT_NOT_FOUND=3 EXIT_CONFLICT=4 EXIT_UNDONE=5 EXIT_DENIED=6 EXIT_UNREACHABLE=7 \
  EXIT_NEEDS_A_LOOK=8 EXIT_LATER=9

# Standard output, also for code that runs inside $(…).
exec 3>&1

# Topic of the help that fits to what is being done, for error messages.
CLI_TOPIC=''

# colourful FD : whether colours may be used there.
colourful() {
  [[ -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb && -t $1 ]]
}

wants_json() {
  [[ -v OPTION[json] ]]
}

# Removes what could move the cursor, recolour or reorder the terminal: a name or a log line may come from anybody.
# views.jq does the same for text that is inside JSON.
clean_text() {
  local text=$1
  text=${text//[$'\001'-$'\010'$'\013'-$'\037'$'\177']/?}
  text=${text//$'\302'[$'\200'-$'\237']/?}
  printf '%s' "$text"
}

# tell_problem WHAT WHY TODO [REFERENCE]
tell_problem() {
  local red='' bold='' dim='' plain=''
  if colourful 2; then
    red=$'\e[31m' bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'
  fi
  {
    printf '%sberth:%s %s%s%s\n' "$red" "$plain" "$bold" "$(clean_text "$1")" "$plain"
    [[ -z $2 ]] || printf '  %sWhy:%s        %s\n' "$dim" "$plain" "$(clean_text "$2")"
    [[ -z $3 ]] || printf '  %sWhat to do:%s %s\n' "$dim" "$plain" "$(clean_text "$3")"
    [[ -z ${4:-} ]] || printf '  %sReference:%s  %s\n' "$dim" "$plain" "$(clean_text "$4")"
  } >&2
}

# fail EXIT WHAT WHY TODO
fail() {
  if wants_json; then
    jq -cn --arg what "$2" --arg why "$3" --arg todo "$4" '{$what, $why, $todo}' >&3
  else
    tell_problem "$2" "$3" "$4"
  fi
  exit "$1"
}

# The command line itself is wrong.
refuse() {
  fail "$EXIT_INPUT" "$@"
}

# note TEXT : for people only.
note() {
  wants_json || printf '%s\n' "$(clean_text "$1")" >&2
}

# view NAME [ARGUMENT OF JQ…] <JSON : renders it with a function of views.jq.
view() {
  local name=$1 colour=false
  shift
  ! colourful 1 || colour=true
  jq -r -L "$CLI_HOME" --argjson colour "$colour" "$@" "include \"views\"; cleaned | $name"
}

# show NAME JSON : the answer as JSON, or as people read it.
show() {
  if wants_json; then
    jq . <<<"$2"
  else
    view "$1" <<<"$2"
  fi
}

# confirm QUESTION ANSWER : goes on only with --yes, or when a person at the terminal types the answer.
confirm() {
  local typed
  [[ ! -v OPTION[yes] ]] || return 0
  [[ -t 0 && -t 2 ]] || refuse 'This was not confirmed.' 'It cannot be asked for, because this is no terminal.' \
    'Add --yes if you are sure.'
  printf '%s\nType %s to go on: ' "$(clean_text "$1")" "$(clean_text "$2")" >&2
  IFS= read -r typed || typed=''
  [[ $typed == "$2" ]] || refuse 'Nothing was changed.' "What was typed is not '$2'." 'Start again if you are sure.'
}
