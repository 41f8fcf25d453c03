# shellcheck shell=bash
# Every tenant can reach loopback: only the front and root may open the panel's port there. And nobody may take all
# connections that web server and front can have.
needs=(accounts layout)
serves_sites=no

configure() {
  put_file /etc/berth/firewall.nft 0644 root:root < <(sed "s|@PORT@|$BERTH_PANEL_PORT|g" "$FILES/host/firewall.nft")
  put_file /etc/systemd/system/berth-firewall.service 0644 root:root <"$FILES/host/berth-firewall.service"
  reload_units
  enable_unit berth-firewall.service
  if changed firewall; then
    restart_unit berth-firewall.service
  else
    start_unit berth-firewall.service
  fi
}

verify() {
  nft list table inet berth
}
