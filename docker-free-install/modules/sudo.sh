# shellcheck shell=bash
# The panel's only way to root: one line for each verb, without arguments.
needs=(release accounts)
serves_sites=no

configure() {
  run 'check the sudo rules' visudo -cf "$BERTH_SOURCE/host-scripts/sudoers"
  put_file /etc/sudoers.d/berth 0440 root:root <"$BERTH_SOURCE/host-scripts/sudoers"
}

verify() {
  visudo -c
  # A verb with an argument, or anything else, must stay forbidden.
  ! runuser -u berth -- sudo -n /usr/bin/id
}
