# shellcheck shell=bash
# Templates and small files of root. No tenant can write any of the folders that these are used in.

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
  (umask "$2" && printf '%s' "$text" >"$1.new")
  mv -fT -- "$1.new" "$1"
}
