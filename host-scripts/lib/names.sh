# shellcheck shell=bash
# Which site answers to which name: a second look at what the panel decides, since a name served twice would go to
# whichever file nginx reads first. One file a name says whose it is, one a site (of-<id>) lists its names.

readonly names_state=/var/lib/berth/host/names
declare -a claimed=()

# Takes the names for this site; refuses what another site has.
claim_names() {
  local name owner
  [[ $dry_run == true ]] || lock names 10
  for name; do
    owner=
    [[ ! -e $names_state/$name ]] || read -r owner <"$names_state/$name" || :
    [[ -z $owner || $owner == "$site" ]] || fail 4 name-taken "$name belongs to another site." \
      "Site $owner answers to it." "Choose another name, or take it from that site first."
    [[ $owner == "$site" ]] || claimed+=("$name")
  done
  [[ $dry_run == false ]] || return 0
  undo+=(release_claimed)
  for name in "${claimed[@]}"; do
    printf '%d\n' "$site" >"$names_state/$name"
  done
  unlock names
}

release_claimed() {
  local name
  for name in "${claimed[@]}"; do
    rm -f -- "$names_state/$name"
  done
}

# Keeps these names, gives the site's others back.
keep_names() {
  local held name
  local -a dropped=()
  [[ $dry_run == false ]] || return 0
  read_text "$names_state/of-$site"
  held=$text
  for name in $held; do
    [[ " $* " == *" $name "* ]] || dropped+=("$names_state/$name")
  done
  ((${#dropped[@]} == 0)) || rm -f -- "${dropped[@]}"
  text=$*$'\n'
  (($#)) || { rm -f -- "$names_state/of-$site"; return 0; }
  has_text "$names_state/of-$site" || put_text "$names_state/of-$site" 077
}
