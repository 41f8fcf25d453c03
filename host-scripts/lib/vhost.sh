# shellcheck shell=bash
# A site's file of the web server: written from what the site is, and read back when Berth has learned to write it better.

# Sets `text` to the file: SITE CERTIFICATE TYPE, names that are served and names that lead to the first of those, each in
# one word.
render_vhost() {
  local name aliases='' some='' before=''
  # nginx takes at most 4096 characters at once. The first line begins anew: nginx runs these whenever it turns to another
  # address of the site.
  for name in $5 ''; do
    if [[ -n $some ]] && { [[ -z $name ]] || ((${#some} > 3000)); }; then
      aliases+="    set \$berth_aliases \"$before$some\";"$'\n'
      some='' before="\${berth_aliases}"
    fi
    some+=$name${name:+;}
  done
  render site/vhost.conf site "$1" certificate "$2" type "$3" canonical "${4%% *}" names "$4${5:+ $5}" aliases "$aliases"
}

# Sets `vhost_certificate`, `vhost_type`, `vhost_served` and `vhost_redirected` to what the file was written from, in
# whichever release; fails if it was written by somebody else. Until 0.1 was finished, there was no certificate, and names
# that lead elsewhere had a server of their own.
read_vhost() {
  local line name names=''
  vhost_certificate='' vhost_type='' vhost_served='' vhost_redirected=''
  while IFS= read -r line; do
    if [[ $line =~ ^' '*server_name' '('"site '[0-9]+' certificate '([a-z0-9-]+)'" ')?(.*)';'$ ]]; then
      vhost_certificate=${BASH_REMATCH[2]}
      if [[ -z $names ]]; then names=${BASH_REMATCH[3]}; else vhost_redirected=${BASH_REMATCH[3]}; fi
    elif [[ $line =~ ^' '*set' '.berth_aliases' "'(.*'}')?(.+)';";'$ ]]; then
      vhost_redirected+="${vhost_redirected:+ }${BASH_REMATCH[2]//;/ }"
    elif [[ $line =~ include' /etc/berth/nginx/'(static|php)'.conf;'$ ]]; then
      vhost_type=${BASH_REMATCH[1]}
    fi
  done <"$1"
  for name in $names; do
    [[ " $vhost_redirected " == *" $name "* ]] || vhost_served+="${vhost_served:+ }$name"
  done
  [[ -n $vhost_type && -n $vhost_served ]]
}
