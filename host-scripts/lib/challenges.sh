# shellcheck shell=bash
# Answers to the challenges of certificate authorities (RFC 8555, 8.3), which nginx gives under every name of every site.
# In challenges/ one file a token says whose it is, so that no site takes away, or speaks for, what is another's.

readonly challenges_state=/var/lib/berth/host/challenges
readonly answers=/var/lib/berth/visitors/.well-known/acme-challenge

# Sets `owner` to the site that has the token, or to nothing.
read_challenger() {
  owner=
  [[ ! -e $challenges_state/$1 ]] || read -r owner <"$challenges_state/$1" || :
}

# Answers the token: TOKEN THUMBPRINT. Whose it is comes first: whatever is killed in between can be taken away again.
answer_challenge() {
  text=$site$'\n'
  put_text "$challenges_state/$1" 077
  text=$1.$2
  # Not beside its place, where half a file could be asked for.
  write_text "$challenges_state/$1.new" 022 && mv -fT -- "$challenges_state/$1.new" "$answers/$1"
}

# Answers these tokens no more.
drop_challenges() {
  local token
  for token; do
    rm -f -- "$answers/$token" "$challenges_state/$token" "$challenges_state/$token.new"
  done
}

# Sets `tokens` to all that the site has.
list_challenges() {
  mapfile -t tokens < <(grep -rlx -- "$site" "$challenges_state")
  tokens=("${tokens[@]##*/}")
  tokens=("${tokens[@]%.new}")
}
