# shellcheck shell=bash
# Certificates of sites. One file each, tls/<site>/<certificate>.pem: key, certificate, and those between it and a known
# authority; root's, readable for nginx, whose workers read it in the handshake. A site's server names the certificate, and
# another one is another file: nginx opens it twice, for certificate and key, and must not find halves of two.
# own-<n> is one that the site signed itself; n grows with each change of its names. Others have a number: <n>.key is the key of
# one that is ordered, for root alone, and goes into <n>.pem with what the authority answers. It is the newest order's: another
# one, or another certificate, ends those before it.

# Number 0 is the panel's own front: see front.sh.

readonly tls_state=/var/lib/berth/tls
tls_port=443

# Whether the file is there and whole: FILE.
is_certificate() {
  read_text "$1"
  [[ $text == *'-----END PRIVATE KEY-----'*'-----END CERTIFICATE-----'* ]]
}

# The same: SITE CERTIFICATE.
has_certificate() {
  is_certificate "$tls_state/$1/$2.pem"
}

# Makes a certificate that is signed by itself: FILE NAME…
sign_own() {
  local file=$1 new=$1.$$ names
  shift
  printf -v names ',DNS:%s' "$@"
  # Ten years: nobody trusts it anyway, and nobody should have to renew it.
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$new" -out "$new" -days 3650 \
    -subj '/CN=Berth (signed by itself)' -addext "subjectAltName=${names#,}" -addext basicConstraints=critical,CA:FALSE \
    2>/dev/null
  # Its folder gives it the web server's group.
  chmod 0640 -- "$new"
  # A power cut must not leave an empty one under a name that is served.
  sync -- "$new"
  mv -fT -- "$new" "$file"
}

# That of the panel is none of the web server's business.
make_tls_folder() {
  local access=2750
  [[ $1 != 0 ]] || access=0700
  [[ -d $tls_state/$1 ]] || mkdir -m "$access" -- "$tls_state/$1"
}

# Sets `certificate` to another one that the site is to sign itself: SITE
name_own() {
  local n=1
  while [[ -e $tls_state/$1/own-$n.pem ]]; do n=$((n + 1)); done
  certificate=own-$n
}

# Makes a certificate of the site's own for these names: SITE CERTIFICATE NAME…
make_own_certificate() {
  make_tls_folder "$1"
  sign_own "$tls_state/$1/$2.pem" "${@:3}"
}

# Removes those of the site's own that are neither of these, and what killed calls left of them: SITE CERTIFICATE…
remove_other_own() {
  local file name
  for file in "$tls_state/$1"/own-*; do
    name=${file##*/}
    [[ " ${*:2} " == *" ${name%.pem} "* ]] || rm -f -- "$file"
  done
}

# Sets `keys` to those of certificates that were ordered, and what killed calls left of them: SITE
list_keys() {
  local file
  keys=()
  for file in "$tls_state/$1"/*.key "$tls_state/$1"/*.key.new; do
    [[ ! ${file##*/} =~ ^[1-9][0-9]*\.key ]] || keys+=("$file")
  done
}

# Removes keys of orders before this one, with which nobody goes on any more: SITE CERTIFICATE
forget_keys_before() {
  local file name
  list_keys "$1"
  for file in "${keys[@]}"; do
    name=${file##*/}
    ((${name%%.*} >= $2)) || rm -f -- "$file"
  done
}

# Whether a visitor of a name gets a certificate, by a handshake: NAME, SHA-256 as openssl prints it.
is_shown() {
  local shown=''
  shown=$(timeout 10 openssl s_client -connect "127.0.0.1:$tls_port" -servername "$1" </dev/null 2>/dev/null |
    openssl x509 -noout -fingerprint -sha256 2>/dev/null) || :
  [[ $shown == "$2" ]]
}
