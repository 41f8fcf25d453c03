# shellcheck shell=bash
# Certificates that certbot and acme.sh keep on this host, a folder each, which certbot calls a lineage. None of these files
# is ours: nothing in them is taken for more than text, and of a key nothing is told but its public half.

# certbot keeps its own in the first. acme.sh puts there what it is told to install; in the others are its own, with
# --cert-home or --config-home below /etc/letsencrypt.
readonly -a lineage_homes=(/etc/letsencrypt/live /etc/letsencrypt/renewal /etc/letsencrypt /root/.acme.sh)
# What the verbs take in, of a chain and of a key.
readonly longest_chain=49152 longest_key=8192
declare -A lineage_roots=()

# Sets `chain_file` and `key_file` to where a folder has them; the second may be missing. Fails if it is no lineage: FOLDER
find_lineage() {
  local name=${1##*/} key
  chain_file=$1/fullchain.pem key_file=$1/privkey.pem
  [[ -e $key_file ]] || key_file=$1/key.pem
  [[ ! -e $chain_file && ! -L $chain_file ]] || return 0
  chain_file=$1/fullchain.cer key=${name%_ecc}
  key_file=$1/$key.key
  [[ -e $chain_file || -L $chain_file ]]
}

# Sets `root` to the folder that links of a lineage may not lead out of: FOLDER
find_lineage_root() {
  local named=/etc/letsencrypt
  [[ $1 == "$named"/* ]] || named=/root/.acme.sh
  [[ -v lineage_roots[$named] ]] || lineage_roots[$named]=$(realpath -- "$named")
  root=${lineage_roots[$named]}
}

# Sets `text` to what is in a file of a lineage, or `fault` to why it is not taken: FILE MOST. What was opened is looked
# at, whatever stands under its name by then.
read_of_lineage() {
  local open place status=0
  text='' fault=foreign
  # Opening a pipe would wait for somebody to write.
  [[ -f $1 ]] || return 0
  { exec {open}<"$1"; } 2>/dev/null || return 0
  place=$(readlink -- "/proc/$$/fd/$open")
  if [[ $place == "$root"/* && -f /proc/$$/fd/$open && -O /proc/$$/fd/$open ]]; then
    fault=''
    IFS= read -r -d '' -n $(($2 + 1)) text <&"$open" || status=$?
    # It ends well at a NUL byte only, or where it is too long.
    ((status != 0)) || fault=unreadable
    ((${#text} <= $2)) || fault=large
  fi
  exec {open}<&-
}

# Sets `chain` to the certificates of a lineage in PEM, without what stands between them, or `fault`. Needs find_lineage.
read_lineage_chain() {
  local block='-----BEGIN CERTIFICATE-----['$'\r\n''A-Za-z0-9+/=]+-----END CERTIFICATE-----'
  chain=''
  read_of_lineage "$chain_file" "$longest_chain"
  [[ -z $fault ]] || return 0
  while [[ $text =~ $block ]]; do
    chain+=${BASH_REMATCH[0]//$'\r'}$'\n'
    text=${text#*"${BASH_REMATCH[0]}"}
  done
  [[ -n $chain ]] || fault=unreadable
}

# Sets `secret` to what openssl prints of the key of a lineage, or `fault`: OPTION… Needs find_lineage.
read_lineage_key() {
  secret='' fault=no-key
  [[ -e $key_file || -L $key_file ]] || return 0
  read_of_lineage "$key_file" "$longest_key"
  [[ -z $fault ]] || return 0
  secret=$(openssl pkey -passin pass: "$@" <<<"$text" 2>/dev/null) || fault=unreadable
  text=''
}
