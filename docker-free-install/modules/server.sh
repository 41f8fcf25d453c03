# shellcheck shell=bash
# Payara Micro, unpacked: so it starts faster than as one big jar, and its classes can be archived.
needs=(release)
serves_sites=no

readonly SERVER=/var/lib/berth/server/$BERTH_VERSION

configure() {
  put_dir /var/lib/berth/server 0755 root:root
  local hash
  hash=$(sha256sum "$BERTH_SOURCE/lib/payara-micro.jar" | cut -c1-64)
  if [[ ! -f $SERVER/.hash || $(<"$SERVER/.hash") != "$hash" ]]; then
    run "unpack Payara Micro to $SERVER" unpack "$hash"
  fi
}

# Payara writes next to its launcher. The folder lets user berth add files, and its sticky bit keeps that user from
# replacing the programs in it, which are root's.
unpack() {
  local new=/var/lib/berth/server/.new store
  rm -rf "$new"
  java -jar "$BERTH_SOURCE/lib/payara-micro.jar" --rootdir "$new" --outputlauncher
  mv "$new/config" "$new/pristine-config"
  # Payara opens these two at each start. Their own format wants tens of thousands of rounds of hashing for it, a
  # twentieth of the start, to guard certificates that are public and a key that is in every Payara and that nothing here uses.
  for store in keystore cacerts; do
    keytool -importkeystore -noprompt -srckeystore "$new/pristine-config/$store.p12" -srcstorepass changeit \
      -destkeystore "$new/pristine-config/$store.jks" -deststoretype JKS -deststorepass changeit
    mv "$new/pristine-config/$store.jks" "$new/pristine-config/$store.p12"
  done
  chmod -R u=rwX,go=rX "$new"
  printf '%s\n' "$1" >"$new/.hash"
  chown root:berth "$new"
  chmod 1775 "$new"
  [[ ! -d $SERVER ]] || stop_for_a_while berth.service
  put_tree "$new" "$SERVER"
  mark_changed "Payara Micro for $BERTH_VERSION"
}

verify() {
  [[ -f $SERVER/launch-micro.jar ]]
  ! runuser -u berth -- mv "$SERVER/runtime" "$SERVER/elsewhere"
}
