load host
setup() { wipe_site 101; }
teardown() { userdel s_101 2>/dev/null; groupdel s_101 2>/dev/null; userdel stranger 2>/dev/null; wipe_site 101; }

@test "creates a user and a group of its own number, without login, password and home" {
  verb site-user-create "\"site\":101,$ROOM"
  done_well true
  [[ $(said .result.user) == s_101 && $(said .result.uid) == 70101 ]]
  [[ $(getent passwd s_101) == 's_101:x:70101:70101:Berth site 101:/srv/sites/s_101:/usr/sbin/nologin' ]]
  [[ $(id -G s_101) == 70101 ]]
  [[ $(getent shadow s_101 | cut -d: -f2) == '!' ]]
  [[ ! -e /srv/sites/s_101 ]]
  refute grep -q s_101 /etc/subuid
}

@test "changes nothing when the user is there" {
  call site-user-create "\"site\":101,$ROOM"
  verb site-user-create "\"site\":101,$ROOM"
  done_well false
}

@test "goes on where an earlier call was killed between group and user" {
  groupadd --gid 70101 s_101
  verb site-user-create "\"site\":101,$ROOM"
  done_well true
  id s_101
}

@test "a dry run says what it would do and does nothing" {
  verb site-user-create "\"site\":101,$ROOM,\"dryRun\":true"
  done_well false
  [[ $(said '.plan | length') == 1 && $(said '.plan[0]') == 'would create user and group s_101 with number 70101' ]]
  refute id s_101
  [[ ! -e /var/lib/berth/host/fence/101 ]]
}

@test "refuses a user of that name that is not Berth's" {
  useradd --uid 4242 s_101
  verb site-user-create "\"site\":101,$ROOM"
  refused 4 foreign-user
  [[ $(id -u s_101) == 4242 ]]
}

@test "refuses a number that somebody else has" {
  useradd --uid 70101 stranger
  verb site-user-create "\"site\":101,$ROOM"
  refused 4 foreign-user
}

@test "leaves no group behind when the user cannot be made" {
  # useradd finds its lock taken and gives up.
  printf '%s' "$$" >/etc/passwd.lock
  verb site-user-create "\"site\":101,$ROOM"
  rm -f /etc/passwd.lock
  refused 5 failed
  refute getent group s_101
}

@test "never gives a removed site's number to another site" {
  call site-user-create "\"site\":101,$ROOM"
  call site-user-remove '"site":101'
  verb site-user-create "\"site\":101,$ROOM" 1 2
  refused 4 number-used site
  verb site-user-create "\"site\":101,$ROOM" 2 2
  refused 4 number-used site
  refute id s_101
}

@test "never gives a site's number to another site, though the panel's database forgot that site" {
  call site-user-create "\"site\":101,$ROOM"
  verb site-user-create "\"site\":101,$ROOM" 1 2
  refused 4 number-used site
  verb site-user-create "\"site\":101,$ROOM" 2 2
  refused 4 number-used site
  id s_101
}

@test "a site that the panel's restored database still knows gets its user and its limits again" {
  call site-user-create "\"site\":101,$ROOM,\"born\":1"
  verb site-user-create "\"site\":101,$ROOM,\"born\":1" 1 2
  done_well false
  userdel s_101
  verb site-user-create "\"site\":101,$ROOM,\"born\":1" 1 3
  done_well true
  [[ $(id -u s_101) == 70101 && $(</var/lib/berth/host/fence/101) == '3 1 used 1' ]]
  verb site-user-create "\"site\":101,$ROOM,\"born\":4" 1 4
  refused 4 number-used site
}

@test "a site that a new host sees only after a restore keeps the epoch in which it was born" {
  call site-user-create "\"site\":101,$ROOM,\"born\":1" 1 2
  [[ $(</var/lib/berth/host/fence/101) == '2 1 used 1' ]]
  verb site-user-create "\"site\":101,$ROOM,\"born\":1" 1 3
  done_well false
}

@test "an undone creation may be repeated by the same panel" {
  call site-user-create "\"site\":101,$ROOM" 1
  call site-user-remove '"site":101' 1
  verb site-user-create "\"site\":101,$ROOM" 2
  done_well true
}

@test "many sites at once all get their users" {
  local n
  for n in 111 112 113 114 115 116; do
    call site-user-create "\"site\":$n,$ROOM" >"$BATS_TEST_TMPDIR/$n" 2>&1 &
  done
  wait
  for n in 111 112 113 114 115 116; do
    [[ $(id -u "s_$n") == $((70000 + n)) ]] || { cat "$BATS_TEST_TMPDIR/$n"; return 1; }
    wipe_site "$n"
  done
}

@test "makes the group anew when only the user is there" {
  call site-user-create "\"site\":101,$ROOM"
  sed -i '/^s_101:/d' /etc/group /etc/gshadow
  verb site-user-create "\"site\":101,$ROOM"
  done_well true
  [[ $(getent group s_101) == 's_101:x:70101:' ]]
}
