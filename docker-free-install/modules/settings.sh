# shellcheck shell=bash
# Secrets, made on this host and for it alone, and the panel's settings.
needs=(layout)
serves_sites=yes

readonly PROPERTIES=/etc/berth/panel.properties

# 32 random bytes; URL-safe, so that it can stand in a header and in nginx's configuration.
new_secret() {
  openssl rand -base64 32 | tr '+/' '-_' | tr -d '='
}

front_secret() {
  local known=
  if [[ -r $PROPERTIES ]]; then
    known=$(sed -n 's/^berth\.front\.secret=//p' "$PROPERTIES")
  fi
  printf '%s\n' "${known:-$(new_secret)}"
}

configure() {
  if [[ ! -s /etc/berth/secret.key ]]; then
    run 'make the key for secrets at rest' put_secret_key
  fi
  if dry_run && [[ ! -r $PROPERTIES ]]; then
    plan "write $PROPERTIES"
  else
    properties | put_file "$PROPERTIES" 0640 root:berth
  fi
}

put_secret_key() {
  openssl rand -base64 32 | put_file /etc/berth/secret.key 0640 root:berth
}

# Lines that an administrator added stay; ours are written anew.
properties() {
  local secret
  secret=$(front_secret)
  printf '%s\n' \
    '# Settings of the Berth panel. The installer rewrites the lines it knows and keeps all others.' \
    "berth.front.secret=$secret" \
    'berth.db.url=jdbc:mariadb://localhost/berth?localSocket=/run/berth/db/berth.sock' \
    'berth.db.user=berth' \
    'berth.db.password=' \
    'berth.secret.key.file=/etc/berth/secret.key' \
    "berth.panel.host=$BERTH_PANEL_HOST" \
    "berth.panel.port=$BERTH_PANEL_PORT" \
    'berth.host.scripts=/usr/lib/berth/host-scripts' \
    'berth.host.sudo=true'
  if [[ -r $PROPERTIES ]]; then
    grep -vE '^(# Settings of the Berth panel|berth\.(front\.secret|db\.|secret\.key\.file|panel\.|host\.))' \
      "$PROPERTIES" || true
  fi
}

verify() {
  [[ $(stat -c '%a %U:%G' /etc/berth/secret.key) == '640 root:berth' ]]
  runuser -u berth -- test -r "$PROPERTIES"
  ! runuser -u www-data -- test -r "$PROPERTIES"
}
