# shellcheck shell=bash
# Help is text in help/, one file a command: printed as it is, read by the completion, gathered into docs/cli.md.

help_file() {
  local topic=${1:-berth}
  printf '%s/help/%s.txt' "$CLI_HOME" "${topic// /-}"
}

help_exists() {
  [[ ${1:-berth} =~ ^[a-z-]+(\ [a-z-]+)?$ && -f $(help_file "$1") ]]
}

# Names the commands of a group, or the top-level ones.
help_commands() {
  local line names=''
  while IFS= read -r line; do
    if [[ $line =~ ^\ \ ([a-z-]+)\ \ + ]]; then
      names+="${names:+, }${BASH_REMATCH[1]}"
    fi
  done < <(help_section commands "$1")
  printf '%s' "$names"
}

# Prints the lines below a heading of a help text.
help_section() {
  local line inside=no
  while IFS= read -r line; do
    case $line in
      "$1") inside=yes ;;
      '') inside=no ;;
      *) [[ $inside == no ]] || printf '%s\n' "$line" ;;
    esac
  done <"$(help_file "$2")"
}

show_help() {
  local topic=$1 text
  case $topic in
    --markdown) help_markdown; return ;;
  esac
  help_exists "$topic" || refuse "There is no command 'berth $topic' to explain." \
    "Commands are: $(help_commands '')." 'berth --help'
  text=$(<"$(help_file "$topic")")
  printf '%s\n' "$text"
}

# All help texts as the reference section of docs/cli.md, in the order in which they are listed.
help_markdown() {
  local group command
  markdown_of ''
  for group in $(help_words ''); do
    markdown_of "$group"
    for command in $(help_words "$group"); do
      markdown_of "$group $command"
    done
  done
}

help_words() {
  local names
  names=$(help_commands "$1")
  printf '%s' "${names//,/}"
}

markdown_of() {
  # shellcheck disable=SC2016 # backquotes are Markdown
  printf '## `berth%s`\n\n```text\n%s\n```\n\n' "${1:+ $1}" "$(<"$(help_file "$1")")"
}
