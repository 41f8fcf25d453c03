# shellcheck shell=bash
# The system users of the panel and of its front. Sites get theirs when they are created.
needs=(packages)
serves_sites=no

readonly UID_FIRST=70000 UID_LAST=99999

validate() {
  local stranger
  stranger=$(getent passwd | awk -F: -v first="$UID_FIRST" -v last="$UID_LAST" \
    '$3 >= first && $3 <= last && $1 !~ /^s_[0-9]+$/ { print $1; exit }')
  [[ -z $stranger ]] || refuse "User $stranger has an id from $UID_FIRST to $UID_LAST." \
    'Berth gives these ids to sites and never uses one twice.' 'Give that user another id, or use another host.'
  stranger=$(awk -F: -v first="$UID_FIRST" -v last="$UID_LAST" \
    '$2 <= last && $2 + $3 > first { print $1; exit }' /etc/subuid 2>/dev/null || true)
  [[ -z $stranger ]] || refuse "The subordinate ids of $stranger overlap $UID_FIRST to $UID_LAST." \
    'Berth gives these ids to sites.' "Move them in /etc/subuid, or use another host."
  local name home
  for name in berth:/var/lib/berth/panel berth-front:/nonexistent; do
    home=$(getent passwd "${name%%:*}" | cut -d: -f6 || true)
    [[ -z $home || $home == "${name#*:}" ]] || refuse "There is a user ${name%%:*} already." \
      'Berth runs under that name.' 'Rename or remove that user, then run the installer again.'
  done
}

configure() {
  put_system_user berth /var/lib/berth/panel
  put_system_user berth-front /nonexistent
}

verify() {
  id berth
  id berth-front
}
