# shellcheck shell=bash
# The panel's own front as the server of number 0, in the words that lib/vhost.sh and lib/tls.sh have for servers of sites. It
# is another nginx, which reads one file for the certificate that it shows; the one that it signed itself is the installer's.

readonly front_etc=/etc/berth/front
readonly own_file=$front_etc/panel.crt
front=''
front_is_new=no

# Sets `file`, `before`, `waiting` and `vhost_served` as for a site, and `front` to the front's configuration.
know_vhost() {
  file=$front_etc/certificate.conf
  waiting=no
  read_text "$front_etc/nginx.conf"
  front=$text
  read_text "$file"
  before=$text
  vhost_served=${input[host_panelNames]%% *}
  [[ -n $vhost_served && $front == *"include $file;"* && -n $before && $front =~ 'listen '([0-9]+)' ssl' ]] || fail 3 not-found \
    "The panel's front is not set up here." \
    "$front_etc/nginx.conf or $file is missing, or Berth did not write it, or /etc/berth/host.json says no name of the panel." \
    "Run the installer again."
  tls_port=${BASH_REMATCH[1]}
}

# Sets `vhost_certificate` as for a site. What is in the file may never have been taken over.
read_vhost() {
  vhost_certificate=own-0
  # shellcheck disable=SC2034  # read by the verbs
  vhost_redirected='' vhost_type='' vhost_tls=''
  [[ ! $before =~ $tls_state/0/([0-9]+)\.pem ]] || vhost_certificate=${BASH_REMATCH[1]}
  front_shows || waiting=yes
}

# Whether visitors get what the file names.
front_shows() {
  local wanted=''
  [[ $text =~ 'ssl_certificate '([^;]+)';' ]] || return 1
  wanted=$(openssl x509 -noout -fingerprint -sha256 -in "${BASH_REMATCH[1]}" 2>/dev/null) && is_shown "$vhost_served" "$wanted"
}

# Sets `text` to the file: SITE CERTIFICATE
render_vhost() {
  local certificate=$tls_state/0/$2.pem key=$tls_state/0/$2.pem
  [[ $2 != own-* ]] || certificate=$front_etc/panel.crt key=$front_etc/panel.key
  text="ssl_certificate $certificate;"$'\n'"ssl_certificate_key $key;"$'\n'
}

# Has the front show it, or fails: TEXT. It is tested before it is where a front that is started anew would read it. A
# reload ends no session and no request.
serve_vhost() {
  local pause deadline=$((SECONDS + 15)) wanted=$1 test=$nginx_state/test-front.conf
  local -a workers
  systemctl --quiet is-active berth-front.service || fail 5 front-down "The panel's front does not run." \
    "berth-front.service is not active." "Start it (systemctl start berth-front), then repeat."
  text=${front/"include $file;"/"$wanted"}
  text=${text/"pid /run/berth/front/nginx.pid;"/"pid /dev/null;"}
  put_text "$test" 077
  nginx_accepts "$test" || { rm -f -- "$test"; fail 5 config-refused "The panel's front does not accept the certificate." \
    "$nginx_error" "Bring or order another one."; }
  rm -f -- "$test"
  text=$wanted
  put_text "$file" 022
  front_is_new=yes
  read -r nginx_master </run/berth/front/nginx.pid
  list_workers
  systemctl reload berth-front.service || fail 5 reload-failed "The panel's front did not take over the certificate." \
    "systemctl reload berth-front failed." "Read its journal (journalctl -u berth-front), mend the cause, then repeat."
  # Nothing is ever written there, so reading is waiting.
  exec {pause}<> <(:)
  # For a moment workers of before and of now take connections.
  until { has_others_than "${workers[@]}" && have_left "${workers[@]}" && front_shows; } || ((SECONDS >= deadline)); do
    read -r -t 0.05 -u "$pause" || :
  done
  exec {pause}>&-
}

restore_vhost() {
  text=$before
  put_text "$file" 022 && { [[ $front_is_new == no ]] || systemctl reload berth-front.service; }
}

# There is one.
name_own() {
  certificate=own-0
}

has_certificate() {
  [[ -s $front_etc/panel.crt && -s $front_etc/panel.key ]]
}

make_own_certificate() {
  has_certificate || fail 3 not-found "There is no certificate that the panel signed itself." \
    "$front_etc/panel.crt or panel.key is missing." "Run the installer again: it makes another one."
}

remove_other_own() { :; }
