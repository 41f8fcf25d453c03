# shellcheck shell=bash
# Hosts with Berth in them. The real installer runs once for a release; what it left is kept as one more tree, so that
# the next host with that release only has to boot.

# Prints the release to install: the given one, or that of this checkout, built when it is missing or older than its
# sources.
lab_release_file() {
  local given=$1 checkout=$LAB_HOME/.. release
  if [[ -n $given ]]; then
    [[ -f $given ]] || lab_die "there is no release $given" 2
    readlink -f "$given"
    return 0
  fi
  release=$(newest_release)
  if [[ -z $release ]] || [[ -n $(newer_sources "$checkout" "$release") ]]; then
    printf 'lab: building the release\n' >&2
    (cd "$checkout" && mvn -B -q package -DskipTests) >&2
    release=$(newest_release)
  fi
  readlink -f "$release"
}

newest_release() {
  [[ -d $LAB_HOME/target ]] || return 0
  find "$LAB_HOME/target" -maxdepth 1 -name 'berth-[0-9]*.tar.gz' -printf '%T@ %p\n' \
    | sort -rn | head -n 1 | cut -d' ' -f2-
}

newer_sources() {
  find "$1"/{pom.xml,db,themes,panel-ejb,panel-web,host-scripts,docker-free-install} \
    \( -name target -o -name tests -o -name test -o -name lab \) -prune -o -type f -newer "$2" -print -quit
}

# build_prepared UPPER SUITE RELEASE LAYERS : installs in a host of its own and keeps what changed.
build_prepared() {
  local upper=$1 suite=$2 release=$3 layers=$4 name
  printf -v name 'prep-%x' "$BASHPID"
  (
    trap 'command_down "$name"' EXIT
    host_create "$name" "$layers" "$suite" prepared
    host_boot "$name"
    host_install "$name" "$release"
    host_stop "$name"
    rmdir "$upper"
    mv -T "$(host_dir "$name")/upper" "$upper"
  )
}

# Runs the real installer in the host.
host_install() {
  local name=$1 release=$2 begun=$SECONDS
  host_exec "$name" /usr/bin/tee "/root/${release##*/}" <"$release" >/dev/null
  host_exec "$name" /bin/tar -xzf "/root/${release##*/}" -C /root
  # The lab's hosts reach nothing outside; all packages are in apt's cache.
  host_exec "$name" /usr/bin/env BERTH_INSTALL_SKIP="${BERTH_INSTALL_SKIP:-}" \
    "/root/$(basename "$release" .tar.gz)/install/install.sh" --offline \
    --panel-host "$(network_address "$name" 2)" >&2
  host_exec "$name" /bin/rm -rf "/root/${release##*/}" "/root/$(basename "$release" .tar.gz)"
  printf 'lab: installed in %s s\n' $((SECONDS - begun)) >&2
}

# A host made from a prepared tree has another address than the one it was installed with. Before it boots.
host_readdress() {
  local name=$1 root address
  root=$(host_dir "$name")/root
  address=$(network_address "$name" 2)
  sed -i "s/^berth\.panel\.host=.*/berth.panel.host=$address/" "$root/etc/berth/panel.properties"
  sed -i "s/\"panelNames\" *: *\[[^]]*\]/\"panelNames\":[\"$address\"]/" "$root/etc/berth/host.json"
  chroot "$root" /usr/lib/berth/current/install/front/self-signed "$address" \
    /etc/berth/front/panel.key /etc/berth/front/panel.crt 2>/dev/null
  chmod 0644 "$root/etc/berth/front/panel.crt"
  : >"$root/etc/machine-id"
}
