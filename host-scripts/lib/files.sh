# shellcheck shell=bash
# Templates and small files of root. No tenant can write any of the folders that these are used in.

# What the mode of new files is otherwise.
readonly usual_umask=${usual_umask-077}

# Sets `text` to the file's content.
read_text() {
  text=
  [[ ! -e $1 ]] || IFS= read -r -d '' text <"$1" || :
}

# Sets `text` to the template with every {{key}} replaced by its value: NAME KEY VALUE…
render() {
  read_text "$scripts/templates/$1"
  shift
  while (($#)); do
    text=${text//"{{$1}}"/"$2"}
    shift 2
  done
}

# Whether the file has exactly `text`.
has_text() {
  local wanted=$text same=1
  read_text "$1"
  [[ $text == "$wanted" ]] || same=0
  text=$wanted
  ((same))
}

# Writes `text` to the file in one move, readable by MODE (022: everyone, 077: root).
put_text() {
  write_text "$1.new" "$2" && mv -fT -- "$1.new" "$1"
}

# The same without the move. A subshell for the mode would be one more process.
write_text() {
  local result=0
  umask "$2"
  printf '%s' "$text" >"$1" || result=$?
  umask "$usual_umask"
  return "$result"
}
