# Limits of the disk as a real kernel keeps them. Runs in the kernel that `run` starts.
load ../host
VERBS=$(cd -P -- "$BATS_TEST_DIRNAME/../.." && pwd)
ROOM='"diskMiB":16,"files":100'

teardown() {
  umount /srv/sites
}

# as SITE COMMAND…: as the site's user.
as() {
  setpriv --reuid=$((70000 + $1)) --regid=$((70000 + $1)) --clear-groups -- "${@:2}"
}

# limits USER: of space in KiB and of files, as the kernel has them.
limits() {
  quota --verbose --no-wrap --raw-grace --filesystem=/srv/sites --user "$1" | awk 'END { print $4, $8 }'
}

# Two sites with a folder each, on the file system that is mounted: the first fills it until she is stopped.
two_sites() {
  local n
  for n in 1 2; do
    verb site-user-create "\"site\":$n,$ROOM"
    done_well true
    [[ $(said .result.enforced) == true ]]
    install -d -o "s_$n" -g "s_$n" "/srv/sites/s_$n"
  done

  run as 1 dd if=/dev/zero of=/srv/sites/s_1/big bs=1M count=40
  [[ $status -ne 0 && $output == *'Disk quota exceeded'* ]]
  (($(stat -c %s /srv/sites/s_1/big) <= 16 * 1048576 && $(stat -c %s /srv/sites/s_1/big) > 14 * 1048576))
  as 1 rm /srv/sites/s_1/big
  run as 1 bash -c 'for n in {1..200}; do : >/srv/sites/s_1/f$n || exit 7; done'
  [[ $status -eq 7 && $output == *'Disk quota exceeded'* ]]
  [[ $(find /srv/sites/s_1 -user s_1 | wc -l) == 100 ]]

  as 2 dd if=/dev/zero of=/srv/sites/s_2/page bs=1M count=8 status=none
  sync --file-system /srv/sites
  raw disk-use '{}'
  [[ $(said '.result.enforced and ([.result.sites[] | select(.[0] == 1)][0][2] == 100)
    and ([.result.sites[] | select(.[0] == 2)][0] | .[1] >= 8388608 and .[1] < 9000000 and .[2] == 2)') == true ]] || { show; false; }
}

# Asked for again nothing changes, and more room reaches who is at her limit.
more_room() {
  verb site-user-create "\"site\":1,$ROOM"
  done_well false
  verb site-user-create '"site":1,"diskMiB":32,"files":1000'
  done_well true
  as 1 touch /srv/sites/s_1/{more,and-more}
  verb site-user-create '"site":2,"diskMiB":17,"files":100,"dryRun":true'
  [[ $(said .plan) == '["would limit s_2 to 17 MiB and 100 files"]' ]]
}

# Afterwards nothing of the user is left, also when the user itself was removed by a call that was killed.
gone() {
  rm -rf /srv/sites/s_1 /srv/sites/s_2
  verb site-user-remove '"site":1'
  done_well true
  userdel s_2
  verb site-user-remove '"site":2'
  done_well true
  verb site-user-remove '"site":2'
  done_well false
  [[ $(limits 70001) == '0 0' && $(limits 70002) == '0 0' ]]
  rm -f /var/lib/berth/host/fence/*
}

@test "ext4: turned on without a restart, kept, counted, lifted, and turned off" {
  mount -t ext4 /dev/ubda /srv/sites
  install -d -m 0777 /srv/sites/before
  as 9 dd if=/dev/zero of=/srv/sites/before/file bs=1M count=2 status=none
  verb site-user-create "\"site\":3,$ROOM"
  [[ $(said .result.enforced) == false ]]
  run "$VERBS/libexec/quota-on"
  [[ $status == 3 && $output == *'Run the installer again.' ]]
  "$VERBS/libexec/quota-on" --count
  "$VERBS/libexec/quota-on"
  raw disk-use '{}'
  [[ $(said '[.result.sites[] | select(.[0] == 9)][0][1] >= 2097152') == true ]] || { show; false; }
  two_sites
  more_room
  # As after a restart of the host.
  umount /srv/sites
  mount -t ext4 /dev/ubda /srv/sites
  raw disk-use '{}'
  [[ $(said .result.enforced) == false ]]
  "$VERBS/libexec/quota-on"
  run as 2 dd if=/dev/zero of=/srv/sites/s_2/big bs=1M count=40
  [[ $status -ne 0 && $output == *'Disk quota exceeded'* ]]
  gone
  "$VERBS/libexec/quota-on" --state
  "$VERBS/libexec/quota-on" --off
  refute "$VERBS/libexec/quota-on" --state
  [[ ! -e /srv/sites/aquota.user ]]
  refute grep -q 'ext4.*usrjquota' /proc/mounts
}

@test "XFS: kept where it was mounted so, told otherwise" {
  mount -t xfs /dev/ubdb /srv/sites
  run "$VERBS/libexec/quota-on" --count
  [[ $status == 3 && $output == *'Add uquota to the options of /srv/sites in /etc/fstab'* ]] || { show; false; }
  umount /srv/sites
  mount -t xfs -o uqnoenforce /dev/ubdb /srv/sites
  raw disk-use '{}'
  [[ $(said .result.enforced) == false ]]
  umount /srv/sites
  mount -t xfs -o uquota /dev/ubdb /srv/sites
  "$VERBS/libexec/quota-on" --count
  two_sites
  rm -rf /srv/sites/s_1
  verb site-user-remove '"site":1'
  done_well true
  [[ $(limits 70001) == '0 0' && $(limits 70002) == '16384 100' ]]
}

@test "ext4 with quotas of its own: counting alone is not taken for keeping, and is made so" {
  mkfs.ext4 -q -F -O quota /dev/ubda
  mount -t ext4 /dev/ubda /srv/sites
  verb site-user-create "\"site\":5,$ROOM"
  [[ $(said .result.enforced) == false ]]
  "$VERBS/libexec/quota-on"
  verb site-user-create "\"site\":5,$ROOM"
  done_well true
  install -d -o s_5 -g s_5 /srv/sites/s_5
  run as 5 dd if=/dev/zero of=/srv/sites/s_5/big bs=1M count=40
  [[ $status -ne 0 && $output == *'Disk quota exceeded'* ]] || { show; false; }
}
