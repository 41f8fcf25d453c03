load host
setup() { wipe_site 121; call site-user-create "\"site\":121,$ROOM"; }
teardown() { pkill -KILL -u 70121; rm -rf /srv/sites/s_121; wipe_site 121; }

@test "removes user and group and leaves a tombstone" {
  verb site-user-remove '"site":121'
  done_well true
  refute id s_121
  refute getent group s_121
  read -r _ _ mark _ </var/lib/berth/host/fence/121
  [[ $mark == removed ]]
}

@test "changes nothing the second time" {
  call site-user-remove '"site":121'
  verb site-user-remove '"site":121'
  done_well false
}

@test "ends everything that still runs as the user, also what forks" {
  setsid setpriv --reuid=70121 --regid=70121 --clear-groups bash -c 'while :; do sleep 0.01 & done' 3>&- &
  soon pgrep --uid 70121
  verb site-user-remove '"site":121'
  done_well true
  refute pgrep --uid 70121
}

@test "ends what runs with the number of a user that is gone" {
  call site-user-remove '"site":121'
  setsid setpriv --reuid=70121 --regid=70121 --clear-groups sleep 600 3>&- &
  soon pgrep --uid 70121
  verb site-user-remove '"site":121'
  done_well true
  refute pgrep --uid 70121
}

@test "refuses while the site's files are there" {
  mkdir /srv/sites/s_121
  verb site-user-remove '"site":121'
  refused 4 files-left
  id s_121
}

@test "a dry run removes nothing" {
  verb site-user-remove '"site":121,"dryRun":true'
  done_well false
  id s_121
  read -r _ _ mark _ </var/lib/berth/host/fence/121
  [[ $mark == used ]]
}
