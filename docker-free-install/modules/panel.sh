# shellcheck shell=bash
# The panel itself: Payara Micro with the one application, as user berth.
needs=(release server settings panel-database front sudo firewall sites)
serves_sites=no

readonly ARCHIVE=/var/lib/berth/panel/classes.jsa

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
  # Not worth failing for: the panel starts without it, only slower.
  runuser -u berth -- /usr/lib/berth/current/install/panel/start --archive "$ARCHIVE" \
    || printf 'the archive of classes could not be made\n'
}

verify() {
  wait_until 60 systemctl is-active --quiet berth.service
  curl --silent --show-error --fail-with-body --max-time 20 --unix-socket /run/berth/front/cli.sock \
    http://localhost/health
}
