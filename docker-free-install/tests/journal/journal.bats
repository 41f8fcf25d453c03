#!/usr/bin/env bats
# That what the installer does to a host goes back whole, wherever it is killed: in an action, in its copy, on its way back.
# Without a host: what it writes of itself lies in a folder of this test, laid over the machine's own for it alone.
bats_require_minimum_version 1.5.0

setup() {
  export PLACE=$BATS_TEST_TMPDIR INSTALL_HOME BASH_ENV=$BATS_TEST_DIRNAME/killed.bash
  INSTALL_HOME=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
  export HOST=$PLACE/host BERTH_RUN_DIR=$PLACE/run-dir MODULE=tested
}

# The host as it was: nothing of an earlier attempt.
begin() {
  rm -rf "${PLACE:?}"/{host,lib,log,run,units,run-dir,packages}
  mkdir "$PLACE"/{host,lib,log,run,units,run-dir}
  mkdir -p "$PLACE/lib/berth/install/journal" "$PLACE/log/berth" "$PLACE/units/multi-user.target.wants"
  was
}

# apart COMMAND… : in a group of its own, which is killed as a whole.
apart() (
  exec 2>>"$PLACE/said" 3>&-
  : >"$PLACE/commands"
  setsid --wait unshare --mount --propagation private bash -pc '
    mount --bind "$PLACE/lib" /var/lib && mount --bind "$PLACE/log" /var/log && mount --bind "$PLACE/run" /run &&
      mount --bind "$PLACE/units" /etc/systemd/system && exec "$@"' _ "$@"
)

# with_actions COMMAND… : as a module does it.
with_actions() {
  apart bash -euc 'shopt -s inherit_errexit
    for part in journal actions apt wayback; do source "$INSTALL_HOME/lib/$part.sh"; done
    "$@"' _ "$@"
}

goes_back() {
  with_actions journal_undo 0
}

# What a test says of its action: how the host was, what is done to it, and how both look.
export_functions() {
  export -f act was
}

nothing_is_left() {
  [[ -z $(find "$HOST" -name '.*.berth' -o -name '*.new') && -z $(find "$PLACE/lib" -name '*.entry') ]]
}

# Wherever the action ends: the host is as it was or as it is to be, and goes back to what it was, once and once more.
# The same wherever the way back ends.
is_whole_wherever_it_is_killed() {
  local at code points=0
  export_functions
  for ((at = 1, code = 1; code != 0; at++)); do
    begin
    code=0
    KILLED_AT=$at with_actions act || code=$?
    ((code == 0 || code == 137))
    is_old || is_new
    goes_back
    is_old
    nothing_is_left
  done
  goes_back
  is_old
  points=$((at - 2))
  for ((at = 1, code = 1; code != 0; at++)); do
    begin
    with_actions act
    is_new
    code=0
    KILLED_AT=$at goes_back || code=$?
    ((code == 0 || code == 137))
    is_old || is_new
    goes_back
    is_old
    nothing_is_left
  done
  printf '%d commands to go, %d to go back\n' "$points" "$((at - 2))"
  # It was killed, many times.
  ((points > 5 && at > 5))
}

# Killed in the middle of a copy, on the way and on the way back.
is_whole_when_copying_is_killed() {
  export_functions
  begin
  KILLED_COPYING=yes run ! with_actions act
  is_old
  goes_back
  is_old
  with_actions act
  is_new
  KILLED_COPYING=yes run goes_back
  is_old || is_new
  goes_back
  is_old
}

content() { [[ ! -L $1 && $(stat -c %a "$1") == "$2" && $(<"$1") == "$3" ]]; }

@test "a file that is replaced is the old or the new one" {
  was() { (umask 077 && echo 'all of what was there' >"$HOST/file"); }
  act() { put_file "$HOST/file" 0644 root:root <<<'all that is new'; }
  is_old() { content "$HOST/file" 600 'all of what was there'; }
  is_new() { content "$HOST/file" 644 'all that is new'; }
  is_whole_wherever_it_is_killed
  is_whole_when_copying_is_killed
}

@test "a link that a file replaces is the old or the new one, wherever it leads" {
  was() { ln -s nowhere "$HOST/file"; }
  act() { put_file "$HOST/file" 0644 root:root <<<'all that is new'; }
  is_old() { [[ $(readlink "$HOST/file") == nowhere ]]; }
  is_new() { content "$HOST/file" 644 'all that is new'; }
  is_whole_wherever_it_is_killed
}

@test "a file that was not there is there as a whole or not at all" {
  was() { :; }
  act() { put_file "$HOST/file" 0644 root:root <<<'all that is new'; }
  is_old() { [[ ! -e $HOST/file ]]; }
  is_new() { content "$HOST/file" 644 'all that is new'; }
  is_whole_wherever_it_is_killed
}

@test "a file without the copy that the journal of an earlier release promises was not changed, and stays" {
  was() { echo 'all of what was there' >"$HOST/file"; }
  begin
  with_actions journal_note put_file "$HOST/file" saved
  run -0 goes_back
  content "$HOST/file" 644 'all of what was there'
}

@test "a link is the old or the new one, and always there" {
  was() { ln -s old "$HOST/link"; }
  act() { put_link new "$HOST/link"; }
  is_old() { [[ $(readlink "$HOST/link") == old ]]; }
  is_new() { [[ $(readlink "$HOST/link") == new ]]; }
  is_whole_wherever_it_is_killed
}

@test "a release that is replaced by another build of it is never lost" {
  was() {
    mkdir "$HOST"/{release,unpacked}
    echo old >"$HOST/release/program"
    echo new >"$HOST/unpacked/program"
  }
  act() { put_tree "$HOST/unpacked" "$HOST/release"; }
  # For the moment between two renames it waits beside.
  is_old() { [[ $(cat "$HOST/release/program" "$HOST/.release.berth/program" 2>/dev/null) == old ]]; }
  is_new() { [[ $(<"$HOST/release/program") == new ]]; }
  is_whole_wherever_it_is_killed
}

@test "files that another script changes, adds and removes are each the old or the new one" {
  was() {
    mkdir "$HOST"/{sites,written}
    echo 'all of one' >"$HOST/sites/1.conf"
    echo 'all of two' >"$HOST/sites/2.conf"
    ln -s nowhere "$HOST/sites/3.conf"
    echo 'all that is new' >"$HOST/written/1.conf"
    echo added >"$HOST/written/4.conf"
  }
  act() {
    keep_files "$HOST/sites/*.conf"
    mv "$HOST/written/1.conf" "$HOST/sites/"
    rm "$HOST/sites/3.conf"
    mv "$HOST/written/4.conf" "$HOST/sites/"
  }
  looks_like() {
    local site=0 expected
    for expected; do
      site=$((site + 1))
      [[ ,$expected, == *,"$(cat "$HOST/sites/$site.conf" 2>/dev/null || readlink "$HOST/sites/$site.conf" || echo none)",* ]] || return 1
    done
  }
  is_old() { looks_like 'all of one' 'all of two' nowhere none; }
  # Of each its own.
  is_new() { looks_like 'all of one,all that is new' 'all of two' nowhere,none added,none; }
  is_whole_wherever_it_is_killed
  is_whole_when_copying_is_killed
}

@test "the way back of packages takes those that the step brought, wherever that was killed, and none that somebody has installed" {
  local at code
  was() { printf 'base\nnewer\nof-somebody\n' >"$PLACE/packages"; }
  act() { install_packages base wanted; }
  export_functions
  for ((at = 1, code = 1; code != 0; at++)); do
    begin
    code=0
    KILLED_AT=$at with_actions act || code=$?
    ((code == 0 || code == 137))
    echo of-somebody-else >>"$PLACE/packages"
    goes_back
    [[ $(sort "$PLACE/packages") == $'base\nnewer\nof-somebody\nof-somebody-else' ]]
  done
  ((at > 5))
  begin
  KILLED_COPYING=yes run with_actions act
  goes_back
  [[ $(sort "$PLACE/packages") == $'base\nnewer\nof-somebody' ]]
}

@test "a journal's entry that is empty or cut undoes nothing, is told, and keeps nobody from undoing the others" {
  was() { printf 'base\nwanted\nof-wanted\n' >"$PLACE/packages"; }
  begin
  with_actions put_file "$HOST/file" 0644 root:root <<<new
  with_actions journal_note install_packages of-wanted
  with_actions journal_note install_packages wanted
  : >"$PLACE/lib/berth/install/journal/000002.entry"
  truncate --size -4 "$PLACE/lib/berth/install/journal/000003.entry"
  run -1 goes_back
  [[ $output == *'000002.entry is not whole'* && $output == *'000003.entry is not whole'* ]]
  [[ ! -e $HOST/file && $(wc -l <"$PLACE/packages") == 3 ]]
}

@test "packages of which an earlier release's journal has only what was there before stay" {
  was() { printf 'base\nwanted\n' >"$PLACE/packages"; }
  begin
  with_actions journal_note install_packages
  echo base >"$PLACE/lib/berth/install/journal/000001.saved"
  run -0 goes_back
  [[ $(<"$PLACE/packages") == $'base\nwanted' ]]
}

@test "a broken-off upgrade goes back by the copy alone, also where that takes the host's scripts, and once more" {
  was() { :; }
  begin
  local release=$PLACE/release
  mkdir -p "$release/host-scripts/libexec"
  (cd "$INSTALL_HOME" && cp -r --parents lib modules upgrade.sh "$release/") && mkdir "$release/install"
  mv "$release"/{lib,modules,upgrade.sh} "$release/install/"
  printf '#!/bin/bash\necho "quotas $1" >>"%s"\n' "$PLACE/said-off" >"$release/host-scripts/libexec/quota-on"
  printf '#!/bin/bash\necho "sites $1" >>"%s"\n' "$PLACE/said-off" >"$release/host-scripts/setup"
  INSTALL_HOME=$release/install with_actions keep_way_back
  with_actions journal_note set_up_sites
  with_actions journal_note turn_off_quota
  echo 0 >"$PLACE/lib/berth/install/unfinished"
  rm -r "$release"
  run -0 apart bash -c "$(sed -n 's/^ExecStart=\(.*\) --boot$/\1/p' "$PLACE/units/berth-recover.service")"
  [[ $(<"$PLACE/said-off") == $'quotas --off\nsites remove' ]]
  [[ ! -e $PLACE/lib/berth/install && ! -e $PLACE/units/berth-recover.service && ! -e $PLACE/units/berth.service.d ]]
}
