# shellcheck shell=bash
# The panel's own nginx, apart from the one that serves sites: a broken site never takes the panel away.
needs=(settings packages)
serves_sites=no

readonly CERTIFICATE=/etc/berth/front/panel.crt KEY=/etc/berth/front/panel.key

validate() {
  need_port "$BERTH_PANEL_PORT" berth-front.service
}

configure() {
  put_dir /etc/berth/front 0755 root:root
  put_dir /var/lib/berth/front 0750 berth-front:berth-front
  if [[ ! -f $CERTIFICATE ]] || ! certificate_names_host; then
    run "make a self-signed certificate for $BERTH_PANEL_HOST" put_certificate
  fi
  # Whatever is shown by now stays.
  if [[ ! -s /etc/berth/front/certificate.conf ]]; then
    put_file /etc/berth/front/certificate.conf 0644 root:root <"$FILES/front/certificate.conf"
  fi
  put_file /etc/berth/front/messages.conf 0644 root:root <"$FILES/front/messages.conf"
  put_file /etc/berth/front/message.html 0644 root:root <"$FILES/front/message.html"
  put_file /etc/berth/front/unavailable.js 0644 root:root <"$FILES/front/unavailable.js"
  put_file /etc/berth/front/headers.conf 0600 root:root < <(render headers.conf)
  put_file /etc/berth/front/panel.conf 0644 root:root < <(render panel.conf)
  put_file /etc/berth/front/nginx.conf 0644 root:root < <(render nginx.conf)
  put_file /etc/systemd/system/berth-front.service 0644 root:root <"$FILES/front/berth-front.service"
  reload_units
  enable_unit berth-front.service
  if changed front; then
    restart_unit berth-front.service
  else
    start_unit berth-front.service
  fi
}

certificate_names_host() {
  openssl x509 -in "$CERTIFICATE" -noout -checkhost "$BERTH_PANEL_HOST" | grep -q 'does match' \
    || openssl x509 -in "$CERTIFICATE" -noout -checkip "$BERTH_PANEL_HOST" 2>/dev/null | grep -q 'does match'
}

put_certificate() {
  "$INSTALL_HOME/front/self-signed" "$BERTH_PANEL_HOST" "$BERTH_RUN_DIR/panel.key" "$BERTH_RUN_DIR/panel.crt"
  put_file "$KEY" 0600 root:root <"$BERTH_RUN_DIR/panel.key"
  put_file "$CERTIFICATE" 0644 root:root <"$BERTH_RUN_DIR/panel.crt"
}

# The few values that differ from host to host. All of them were checked or made by us.
render() {
  local secret=not-made-yet http2=' http2' http2_line='' ipv6=''
  if [[ -r /etc/berth/panel.properties ]]; then
    secret=$(sed -n 's/^berth\.front\.secret=//p' /etc/berth/panel.properties)
  fi
  # From nginx 1.25.1 on HTTP/2 is a directive of its own.
  if command -v nginx >/dev/null && nginx_is_at_least 1.25.1; then
    http2=''
    http2_line='http2 on;'
  fi
  if [[ -e /proc/net/if_inet6 ]]; then
    ipv6="listen [::]:$BERTH_PANEL_PORT ssl$http2;"
  fi
  sed -e "s|@SECRET@|$secret|g" -e "s|@PORT@|$BERTH_PANEL_PORT|g" -e "s|@HTTP2@|$http2|g" \
    -e "s|@HTTP2_LINE@|$http2_line|g" -e "s|@LISTEN_IPV6@|$ipv6|g" "$FILES/front/$1"
}

nginx_is_at_least() {
  local version
  version=$(nginx -v 2>&1 | sed 's|.*/\([0-9.]*\).*|\1|')
  [[ $(printf '%s\n' "$1" "$version" | sort -V | head -n 1) == "$1" ]]
}

verify() {
  nginx -t -c /etc/berth/front/nginx.conf
  wait_until 10 test -S /run/berth/front/cli.sock
  ! runuser -u www-data -- test -r /etc/berth/front/headers.conf
}
