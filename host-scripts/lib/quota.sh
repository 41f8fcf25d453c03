# shellcheck shell=bash
# Limits of disk space and files, kept by the kernel for the site's Linux user where the sites' file system can.

# Sets `quota_mount` and `quota_type` to the sites' file system, `quota_why` to why its kernel holds no user to a limit:
# `file-system` and `kernel` (they cannot), `tools` (package quota is missing), `off`; empty when it does.
know_quota() {
  local options=''
  quota_mount='' quota_type='' quota_why=file-system
  read -r quota_mount quota_type options < <(findmnt --noheadings --raw --output TARGET,FSTYPE,OPTIONS \
    --target /srv/sites) || :
  printf -v quota_mount '%b' "$quota_mount"
  [[ $quota_type == ext4 || $quota_type == xfs ]] || return 0
  quota_why=tools
  [[ -x /usr/sbin/setquota ]] || return 0
  quota_why=kernel
  [[ -e /proc/sys/fs/quota ]] || return 0
  quota_why=off
  # XFS, and ext4 with quotas of its own, may also count and hold nobody to a limit.
  [[ ,$options, =~ ,(usrquota|uquota|quota|usrjquota=[^,]*), ]] || return 0
  # Its exit code says the opposite of what one would think.
  [[ $(quotaon --print-state --user -- "$quota_mount" 2>/dev/null || :) != *' is on'* ]] || quota_why=
}

# Sets `room` to the limits of the site's user as they are: KIB FILES, 0 is none.
read_room() {
  local said=''
  local -a field=()
  # Its exit code says whether a limit is reached.
  said=$(quota --verbose --no-wrap --raw-grace --filesystem="$quota_mount" --user "$uid") || :
  read -ra field <<<"${said##*$'\n'}"
  [[ ${field[3]-} =~ ^[0-9]+$ && ${field[7]-} =~ ^[0-9]+$ ]] || return 1
  room="${field[3]} ${field[7]}"
}

# Limits what the site's user may have: MIB FILES, 0 is without a limit.
limit_room() {
  local room='' text="limit $user to $1 MiB and $2 files"
  (($1)) || text="lift the limits of $user"
  if read_room && [[ $room == "$(($1 * 1024)) $2" ]]; then
    return
  fi
  change "$text" setquota --user "$uid" 0 "$(($1 * 1024))" 0 "$2" "$quota_mount"
}

# Prints a line for each user that has files or limits: ID USED-KIB USED-FILES LIMIT-KIB LIMIT-FILES.
list_rooms() {
  repquota --user --no-names --verbose --output=csv "$quota_mount" 2>/dev/null |
    sed -nE 's/^#([0-9]+),[^,]*,[^,]*,([0-9]+),[0-9]+,([0-9]+),[^,]*,([0-9]+),[0-9]+,([0-9]+),.*/\1 \2 \4 \3 \5/p'
}
