# shellcheck shell=bash
# What serves the sites: nginx with Berth's configuration, and the units that the verbs make instances of. The verbs
# bring their own set-up script; it is called here and by their tests alike.
needs=(release settings php sudo site-databases)
serves_sites=yes

readonly DROP_IN=/etc/systemd/system/nginx.service.d/berth.conf
# All that the set-up script may write.
readonly LAID_OUT=('/etc/systemd/system/berth-*.*' '/etc/systemd/system/nginx.service.d/*'
  '/etc/systemd/system/berth-site-.slice.d/*' '/etc/systemd/system/sockets.target.wants/berth-db@*.socket'
  '/etc/tmpfiles.d/berth-host.conf' '/etc/sudoers.d/berth' '/etc/apt/apt.conf.d/90berth' '/etc/berth/nginx/*.conf'
  '/etc/berth/nginx/sites/*.conf' '/var/lib/berth/host/nginx/*/*' '/etc/berth/*.json' '/etc/berth/logrotate.conf')

validate() {
  local site
  need_port 80 nginx.service
  need_port 443 nginx.service
  for site in /etc/nginx/sites-enabled/*; do
    [[ -e $site && ${site##*/} != default ]] || continue
    refuse "nginx serves a site of its own: ${site##*/}." 'From now on nginx would serve the sites of Berth only.' \
      'Move that site elsewhere, or install Berth on a fresh host.'
  done
}

configure() {
  enable_unit nginx.service
  if dry_run; then
    [[ -e $DROP_IN ]] || plan 'lay out the web server and the units of the sites'
    return 0
  fi
  local log=$BERTH_RUN_DIR/set-up-sites.log line entry=''
  # The first time alone is undone by removing everything, whatever somebody removed since.
  if [[ -e $DROP_IN || -e /etc/berth/nginx/nginx.conf ]]; then
    entry=$(keep_files "${LAID_OUT[@]}")
  else
    journal_note set_up_sites >/dev/null
  fi
  /usr/lib/berth/current/host-scripts/setup install --panel-name "$BERTH_PANEL_HOST" >"$log" 2>&1 || {
    cat "$log"
    return 1
  }
  while IFS= read -r line; do
    printf '%s\n' "$line"
    [[ $line != *' wrote '* ]] || mark_changed "${line##* }"
  done <"$log"
  [[ -z $entry ]] || changed sites || journal_drop "$entry"
  start_unit nginx.service
}

verify() {
  systemctl is-active nginx.service
  nginx -t -q -c /etc/berth/nginx/nginx.conf
  # A host name that no site has is not answered with somebody's site.
  [[ $(curl --silent --output /dev/null --write-out '%{http_code}' --max-time 5 \
    --header 'Host: nobody.invalid' http://127.0.0.1/) != 200 ]]
}
