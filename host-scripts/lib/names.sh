# shellcheck shell=bash
# Which site answers to which name: a second look at what the panel decides, since a name served twice would go to
# whichever file nginx reads first. In names/ one file a name says whose it is, in lists/ one file a site lists its names.

readonly names_state=/var/lib/berth/host/names lists_state=/var/lib/berth/host/lists
declare -a claimed=() strays=()
names_before=''

# Takes the names for this site; refuses what another site has. The site's list is written first: whatever is killed in
# between, what it took can be given back.
claim_names() {
  local name owner
  [[ $dry_run == true ]] || lock names 10
  for name; do
    read_owner "$name"
    [[ -z $owner || $owner == "$site" ]] || is_left_behind "$name" || fail 4 name-taken "$name belongs to another site." \
      "Site $owner answers to it." "Choose another name, or take it from that site first."
    [[ $owner == "$site" ]] || claimed+=("$name")
  done
  [[ $dry_run == false ]] || return 0
  if ((${#claimed[@]})); then
    read_text "$lists_state/$site"
    names_before=$text
    undo+=(release_claimed)
    # As keep_names writes it, so that a new site's list is written once.
    text="${text%$'\n'} ${claimed[*]}"
    text=${text# }$'\n'
    put_text "$lists_state/$site" 077
    for name in "${claimed[@]}"; do
      printf '%d\n' "$site" >"$names_state/$name"
    done
  fi
  unlock names
}

# Whether the owner neither answers to a name nor is about to: a call was killed for the last time when it had taken it. NAME
is_left_behind() {
  local files=("$nginx_sites/$owner.conf" "$nginx_quarantine/$owner".* "$nginx_state/pending/$owner")
  flock --nonblock "$state/locks/site-$owner" true && ! grep --no-messages --quiet --extended-regexp \
    "(^|[^a-z0-9.-])${1//./\\.}([^a-z0-9.-]|$)" "${files[@]}"
}

# Sets `owner` to the site that has the name, or to nothing.
read_owner() {
  owner=
  [[ ! -e $names_state/$1 ]] || read -r owner <"$names_state/$1" || :
}

release_claimed() {
  local name
  for name in "${claimed[@]}"; do
    rm -f -- "$names_state/$name"
  done
  text=$names_before
  if [[ -n $text ]]; then put_text "$lists_state/$site" 077; else rm -f -- "$lists_state/$site"; fi
}

# Notes in `strays` what is kept for the site though its list may not say so, which only somebody's hand leaves behind:
# looks at the names of all sites, so nothing for every change.
find_strays() {
  mapfile -t strays < <(grep -rlx -- "$site" "$names_state")
  strays=("${strays[@]##*/}")
}

# Keeps these names, gives the site's others back. Of those in its list another site may have taken one since.
keep_names() {
  local name owner
  local -a dropped=()
  [[ $dry_run == false ]] || return 0
  read_text "$lists_state/$site"
  for name in $text "${strays[@]}"; do
    [[ " $* " != *" $name "* ]] || continue
    read_owner "$name"
    [[ $owner != "$site" ]] || dropped+=("$names_state/$name")
  done
  ((${#dropped[@]} == 0)) || rm -f -- "${dropped[@]}"
  text=$*$'\n'
  (($#)) || { rm -f -- "$lists_state/$site"; return 0; }
  has_text "$lists_state/$site" || put_text "$lists_state/$site" 077
}
