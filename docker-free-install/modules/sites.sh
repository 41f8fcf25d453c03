# shellcheck shell=bash
# What serves the sites: nginx with Berth's configuration, and the units that the verbs make instances of.
needs=(release settings php site-databases)
serves_sites=yes

readonly SCRIPTS=$BERTH_SOURCE/host-scripts

validate() {
  local site
  need_port 80 nginx.service
  need_port 443 nginx.service
  for site in /etc/nginx/sites-enabled/*; do
    [[ -e $site && ${site##*/} != default ]] || continue
    refuse "nginx serves a site of its own: ${site##*/}." 'From now on nginx would serve the sites of Berth only.' \
      "Move that site elsewhere, or install Berth on a fresh host."
  done
}

configure() {
  put_dir /etc/berth/nginx 0755 root:root
  put_dir /etc/berth/nginx/sites 0755 root:root
  put_tree "$SCRIPTS/nginx" /etc/berth/nginx
  put_tree "$SCRIPTS/tmpfiles" /etc/tmpfiles.d
  put_tree "$SCRIPTS/units" /etc/systemd/system
  reload_units
  if [[ -x /usr/lib/berth/current/host-scripts/install ]]; then
    run 'lay down what the verbs need' /usr/lib/berth/current/host-scripts/install
  fi
  if changed sites; then
    run 'make their folders' systemd-tmpfiles --create
  fi
  enable_plain_units
  enable_unit nginx.service
  if changed sites; then
    restart_unit nginx.service
  else
    start_unit nginx.service
  fi
}

# put_tree FROM TO : every file below FROM, as it is.
put_tree() {
  local file path
  [[ -d $1 ]] || return 0
  while IFS= read -r -d '' file; do
    path=$2/${file#"$1"/}
    put_dir "$(dirname "$path")" 0755 root:root
    put_file "$path" 0644 root:root <"$file"
  done < <(find "$1" -type f -print0 | sort -z)
}

# Timers and the like start with the host; instances of templates are the verbs' business.
enable_plain_units() {
  local unit
  for unit in "$SCRIPTS"/units/*.timer "$SCRIPTS"/units/*.path "$SCRIPTS"/units/*.socket; do
    unit=${unit##*/}
    [[ $unit != *[@\*]* ]] || continue
    enable_unit "$unit"
    start_unit "$unit"
  done
}

verify() {
  systemctl is-active nginx.service
}
