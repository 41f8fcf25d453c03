# shellcheck shell=bash
# The panel itself: Payara Micro with the one application, as user berth.
needs=(release server settings panel-database front sudo firewall sites)
serves_sites=no

readonly ARCHIVE=/var/lib/berth/server/$BERTH_VERSION/classes.jsa

validate() {
  need_port 8480 berth.service
}

configure() {
  put_file /etc/systemd/system/berth.service 0644 root:root <"$FILES/panel/berth.service"
  reload_units
  enable_unit berth.service
  if changed release server || [[ ! -f $ARCHIVE ]] || [[ $(readlink -f "$(command -v java)") -nt $ARCHIVE ]]; then
    run 'make an archive of the classes, so that the panel starts faster' make_archive
  fi
  if changed release server settings panel; then
    restart_unit berth.service
  else
    start_unit berth.service
  fi
}

# Starts the application once, stops it, and keeps what the virtual machine learned about its classes.
make_archive() {
  stop_for_a_while berth.service
  rm -f "$ARCHIVE"
  wait_until 30 systemctl is-active --quiet mariadb@berth.service
  # This is where a new release changes the database. That the archive cannot be made is not worth failing for: the panel
  # starts without it, only slower. That the application does not start is.
  runuser -u berth -- /usr/lib/berth/current/install/panel/start --archive "$ARCHIVE" || {
    (($? != 3)) || return 1
    printf 'the archive of classes could not be made\n'
  }
}

verify() {
  wait_until 60 systemctl is-active --quiet berth.service
  curl --silent --show-error --fail-with-body --max-time 20 --unix-socket /run/berth/front/cli.sock \
    http://localhost/health
  # Not what systemd or a link says: the application that answers is that of this release.
  [[ $(curl --silent --max-time 20 --unix-socket /run/berth/front/cli.sock http://localhost/api/v1/status \
    | jq -r .version) == "$BERTH_VERSION" ]]
}
