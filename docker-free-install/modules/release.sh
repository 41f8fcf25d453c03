# shellcheck shell=bash
# The release itself: unpacked beside older ones, then switched to by one link.
needs=(layout)
serves_sites=yes

readonly RELEASES=/usr/lib/berth/releases

configure() {
  put_dir /usr/lib/berth 0755 root:root
  put_dir "$RELEASES" 0755 root:root
  local hash
  hash=$(release_hash "$BERTH_SOURCE")
  # Run out of the installed release there is nothing to unpack.
  if [[ $BERTH_SOURCE != "$RELEASES/$BERTH_VERSION" ]] && ! is_unpacked "$hash"; then
    run "unpack $RELEASES/$BERTH_VERSION" unpack "$hash"
  fi
  put_link "releases/$BERTH_VERSION" /usr/lib/berth/current
  put_link current/host-scripts /usr/lib/berth/host-scripts
  put_link /usr/lib/berth/current/bin/berth /usr/bin/berth
  put_dir /usr/share/bash-completion 0755 root:root
  put_dir /usr/share/bash-completion/completions 0755 root:root
  put_link /usr/lib/berth/current/bin/cli/completion.bash /usr/share/bash-completion/completions/berth
}

# Uninstalling leaves what serves the sites, and the rest of the release goes: its hash alone says too little.
is_unpacked() {
  local place=$RELEASES/$BERTH_VERSION
  [[ -f $place/berth.war && -f $place/.hash && $(<"$place/.hash") == "$1" ]]
}

unpack() {
  local new=$RELEASES/.new
  rm -rf "$new"
  cp -rT --no-preserve=ownership,mode "$BERTH_SOURCE" "$new"
  chmod -R u=rwX,go=rX "$new"
  make_scripts_executable "$new/host-scripts" "$new/bin" "$new/install"
  printf '%s\n' "$1" >"$new/.hash"
  put_tree "$new" "$RELEASES/$BERTH_VERSION"
  mark_changed "release $BERTH_VERSION"
}

# An archive may have lost the mode; the first line tells what is a script.
make_scripts_executable() {
  local file
  while IFS= read -r -d '' file; do
    if [[ $(head -c 2 "$file" | tr -d '\0') == '#!' ]]; then
      chmod 0755 "$file"
    fi
  done < <(find "$@" -type f -print0)
}

verify() {
  [[ -f /usr/lib/berth/current/berth.war && -f /usr/lib/berth/current/lib/payara-micro.jar ]]
}
