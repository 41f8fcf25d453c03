# shellcheck shell=bash
# The releases that lie side by side on a host, and what belongs to each.

readonly RELEASES_KEPT=5

installed_version() {
  basename "$(readlink -f /usr/lib/berth/current)"
}

# As Debian compares, in which a hyphen begins a pre-release here: 0.2.0-rc1 comes before 0.2.0.
is_newer() {
  dpkg --compare-versions "${1//-/\~}" gt "${2//-/\~}"
}

# One sum for all that is in a release.
release_hash() {
  (cd "$1" && find . -type f ! -name .hash -print0 | sort -z | xargs -0 sha256sum) | sha256sum | cut -c1-64
}

# The newest stay, and so do their servers and as many dumps.
prune_releases() {
  local release
  while read -r release; do
    [[ $release != "$(installed_version)" ]] || continue
    rm -rf --one-file-system "/usr/lib/berth/releases/$release" "/var/lib/berth/server/$release"
  done < <(by_age /usr/lib/berth/releases -type d -name '[0-9]*' | tail -n "+$((RELEASES_KEPT + 1))")
  while read -r release; do
    rm -f "$DUMPS/$release"
  done < <(by_age "$DUMPS" -type f -name '*.sql.gz' | tail -n "+$((RELEASES_KEPT + 1))")
}

# Prints the names of what a folder holds, newest first.
by_age() {
  find "$1" -mindepth 1 -maxdepth 1 "${@:2}" -printf '%T@ %f\n' 2>/dev/null | sort -rn | cut -d' ' -f2-
}
