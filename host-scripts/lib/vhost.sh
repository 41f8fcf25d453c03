# shellcheck shell=bash
# A site's file of the web server: written from what the site is, and read back when Berth has learned to write it better;
# put live by a verb, and back.

# Sets `file` and `log_files`, `waiting` to whether a change of it waits for a reload, and `before` to what it is.
know_vhost() {
  file=$nginx_sites/$site.conf
  log_files=/var/log/nginx/sites/$site
  waiting=no
  # First: what waits for a reload may become the site's file at any moment.
  [[ ! -e $nginx_state/pending/$site ]] || waiting=yes
  read_text "$file"
  before=$text
}

# Has the web server answer by this file, or fails: TEXT
vhost_is_new=no
serve_vhost() {
  local error=''
  text=$1
  want_file
  go_live
  vhost_is_new=yes
  [[ ! -e $nginx_quarantine/$site.error ]] || {
    IFS= read -r error <"$nginx_quarantine/$site.error" || :
    fail 5 config-refused "The web server does not accept this site beside the others." "$error" "Change the site."
  }
}

# The file of before comes back, and if the web server has taken the new one over already, it takes that over, too.
restore_vhost() {
  text=${before:-$nginx_unserved}
  if [[ $vhost_is_new == yes ]]; then
    # By itself: what fails in there ends there.
    (taken=() && want_file && go_live) && return 0
    : >"$nginx_state/pending/$site"
    return 1
  fi
  # Without the lock somebody else may be about to take the change along.
  if [[ -v locks_held[nginx] ]]; then
    put_site_file || return
    rm -f -- "$nginx_state/pending/$site" "$file.new"
    # It may have read what is no longer wanted, and serve it: with an empty mark the next change reloads this file too.
    [[ $reloading == no ]] || : >"$nginx_state/pending/$site"
  else
    want_file
  fi
}

# Sets `text` to the file: SITE CERTIFICATE TYPE, names that are served, names that lead to the first of those, and what it
# wants of TLS (forced, hsts-…, http3…), each in one word.
render_vhost() {
  local name aliases='' some='' before='' tls='' quic=''
  # nginx takes at most 4096 characters at once. The first line begins anew: nginx runs these whenever it turns to another
  # address of the site.
  for name in $5 ''; do
    if [[ -n $some ]] && { [[ -z $name ]] || ((${#some} > 3000)); }; then
      aliases+="    set \$berth_aliases \"$before$some\";"$'\n'
      some='' before="\${berth_aliases}"
    fi
    some+=$name${name:+;}
  done
  [[ -z $6 ]] || tls="    set \$berth_tls \"$6\";"$'\n'
  [[ " $6 " != *' http3 '* ]] || quic="    include /etc/berth/nginx/quic.conf;"$'\n'
  render site/vhost.conf site "$1" certificate "$2" type "$3" canonical "${4%% *}" names "$4${5:+ $5}" aliases "$aliases" \
    tls "$tls" quic "$quic"
}

# Sets `vhost_certificate`, `vhost_type`, `vhost_served`, `vhost_redirected` and `vhost_tls` to what the file was written from, in
# whichever release; fails if it was written by somebody else. Until 0.1 was finished, there was no certificate, and names
# that lead elsewhere had a server of their own.
read_vhost() {
  local line name names=''
  vhost_certificate='' vhost_type='' vhost_served='' vhost_redirected='' vhost_tls=''
  while IFS= read -r line; do
    if [[ $line =~ ^' '*server_name' '('"site '[0-9]+' certificate '([a-z0-9-]+)'" ')?(.*)';'$ ]]; then
      vhost_certificate=${BASH_REMATCH[2]}
      if [[ -z $names ]]; then names=${BASH_REMATCH[3]}; else vhost_redirected=${BASH_REMATCH[3]}; fi
    elif [[ $line =~ ^' '*set' '.berth_aliases' "'(.*'}')?(.+)';";'$ ]]; then
      vhost_redirected+="${vhost_redirected:+ }${BASH_REMATCH[2]//;/ }"
    elif [[ $line =~ ^' '*set' '.berth_tls' "'([a-z0-9 -]+)'";'$ ]]; then
      vhost_tls=${BASH_REMATCH[1]}
    elif [[ $line =~ include' /etc/berth/nginx/'(static|php)'.conf;'$ ]]; then
      vhost_type=${BASH_REMATCH[1]}
    fi
  done <"$1"
  for name in $names; do
    [[ " $vhost_redirected " == *" $name "* ]] || vhost_served+="${vhost_served:+ }$name"
  done
  [[ -n $vhost_type && -n $vhost_served ]]
}
