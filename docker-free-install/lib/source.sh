# shellcheck shell=bash
# Finds what is to be installed: the release this script is part of, a given archive, or that of the checkout.

find_source() {
  if [[ -z $BERTH_RELEASE && -f $INSTALL_HOME/../berth.war ]]; then
    BERTH_SOURCE=$(cd -P "$INSTALL_HOME/.." && pwd)
    BERTH_VERSION=${BERTH_SOURCE##*/}
    BERTH_VERSION=${BERTH_VERSION#berth-}
  else
    [[ -n $BERTH_RELEASE ]] || find_release_of_checkout
    unpack_release
  fi
  [[ $BERTH_VERSION =~ ^[0-9][0-9A-Za-z.-]{0,31}$ ]] || stop "$EXIT_USAGE" "'$BERTH_VERSION' is no version of Berth"
  export BERTH_SOURCE BERTH_VERSION
}

find_release_of_checkout() {
  local checkout=$INSTALL_HOME/.. found
  found=$(newest_release)
  if [[ -z $found ]]; then
    command -v mvn >/dev/null || stop "$EXIT_UNFIT" \
      'There is no release here and no Maven to build one: install maven and a JDK, or give --release FILE.'
    printf 'building the release\n' >&3
    (cd "$checkout" && mvn -B -q package -DskipTests) >&2 || stop "$EXIT_UNFIT" 'The release could not be built.'
    found=$(newest_release)
  fi
  BERTH_RELEASE=$found
}

newest_release() {
  find "$INSTALL_HOME/target" -maxdepth 1 -name 'berth-[0-9]*.tar.gz' -printf '%T@ %p\n' 2>/dev/null \
    | sort -rn | head -n 1 | cut -d' ' -f2-
}

# From here on everything comes out of the release, the installer's own modules too.
unpack_release() {
  local top
  mkdir "$BERTH_RUN_DIR/release"
  tar -xzf "$BERTH_RELEASE" -C "$BERTH_RUN_DIR/release" --no-same-owner \
    || stop "$EXIT_USAGE" "$BERTH_RELEASE cannot be unpacked."
  top=$(find "$BERTH_RUN_DIR/release" -mindepth 1 -maxdepth 1 -name 'berth-*' -print -quit)
  [[ -f $top/berth.war ]] || stop "$EXIT_USAGE" "$BERTH_RELEASE is no release of Berth."
  BERTH_SOURCE=$top
  BERTH_VERSION=${top##*/berth-}
  INSTALL_HOME=$top/install
}
