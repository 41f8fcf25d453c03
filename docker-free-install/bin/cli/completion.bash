# Completion of `berth` for bash, read from the command's own help.

_berth_section() {
  "${COMP_WORDS[0]}" help ${2:+"$2"} ${3:+"$3"} 2>/dev/null | sed -n "/^$1\$/,/^\$/p"
}

_berth_names() {
  case $1 in
    site) "${COMP_WORDS[0]}" site list --limit 1000 --json 2>/dev/null | jq -r '.items[].name' 2>/dev/null ;;
    user) "${COMP_WORDS[0]}" user list --limit 1000 --json 2>/dev/null | jq -r '.items[].login' 2>/dev/null ;;
    job) "${COMP_WORDS[0]}" job list --limit 50 --json 2>/dev/null | jq -r '.items[].id' 2>/dev/null ;;
  esac | grep -E '^[A-Za-z0-9._-]+$'
}

_berth() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} words=''
  local -a topic=()
  ((COMP_CWORD < 2)) || topic+=("${COMP_WORDS[1]}")
  ((COMP_CWORD < 3)) || topic+=("${COMP_WORDS[2]}")
  if [[ $before == --* ]]; then
    words=$(_berth_section options "${topic[@]}" | sed -n "s/^  $before \\([a-z|-]*|[a-z|-]*\\) .*/\\1/p" | tr '|' '\n')
    if [[ $before == --*-file ]]; then
      mapfile -t COMPREPLY < <(compgen -f -- "$word")
      return
    fi
  fi
  if [[ -z $words && $word == -* ]]; then
    words=$(_berth_section options "${topic[@]}" | sed -n 's/^  \(--[a-z-]*\).*/\1/p'; printf -- '--json\n--help\n')
  elif [[ -z $words ]]; then
    words=$(_berth_section commands "${topic[@]}" | sed -n 's/^  \([a-z-]*\)  .*/\1/p')
    if [[ -z $words ]] && ((COMP_CWORD == 3)); then
      words=$(_berth_names "${topic[0]}")
    fi
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}

complete -F _berth berth
