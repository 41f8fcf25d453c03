load host
# Somebody has taken over the panel: its user calls every verb that sudo gives it, in every way that is not meant.
setup_file() {
  load host
  wipe_site 221
  make_site 221 php site221.example
  export HOLE=$BATS_FILE_TMPDIR
  chmod 755 "$HOLE" "${HOLE%/*}" "${HOLE%/*/*}"
}
teardown_file() { load host; wipe_site 221; }
CALL='"call":{"job":7,"step":"attack","epoch":1,"token":1,"actor":"a"}'

# From sudo's own file, so that a verb which is new is attacked as well.
given_verbs() {
  sed -n 's/^berth .* NOPASSWD: \(.*\) ""$/\1/p' /etc/sudoers.d/berth
}

# as_panel PROGRAM…: with the rights that the panel has.
as_panel() {
  runuser -u berth -- "$@"
}

# each_verb FUNCTION…: called with each verb's path; nothing on the host changes, and each call left one audit line.
# The function counts its calls in $calls.
each_verb() {
  local verb before begun calls=0
  before=$(picture) begun=$(audit_lines)
  for verb in $(given_verbs); do
    "$@" "$verb" || { printf 'at %s\n' "$verb"; return 1; }
  done
  ((calls > 10)) || { echo "only $calls calls"; return 1; }
  [[ $(audit_lines) == $((begun + calls)) ]] || { echo "$calls calls left $(($(audit_lines) - begun)) lines"; return 1; }
  tail -n "$calls" /var/log/berth/verbs.log | jq -e . >/dev/null
  [[ $(picture) == "$before" ]] || { echo 'the host has changed'; return 1; }
}

# answered_bad: $status and $output are those of a refused call.
answered_bad() {
  calls=$((calls + 1))
  refused 2 bad-input && [[ $(wc -l <<<"$output") == 1 ]]
}

@test "every verb that sudo gives is a verb, and every verb is given" {
  diff <(given_verbs | sort) <(grep -l '^#: {' "$VERBS"/* 2>/dev/null | sort)
}

odd_documents() {
  local file
  for file in "$HOLE"/documents/*; do
    run --separate-stderr as_panel sudo -n "$1" <"$file"
    answered_bad || { echo "${file##*/}"; return 1; }
    [[ $(last_audit .ms) -lt 10000 ]] || { echo "${file##*/} took $(last_audit .ms) ms"; return 1; }
  done
}
@test "documents: unknown keys, doubles, deep nests, bytes that are no text, too much, nothing" {
  local -x documents=$HOLE/documents
  mkdir "$documents"
  printf '{%s,"site":221,"path":"/etc/passwd"}' "$CALL" >"$documents/unknown"
  printf '{%s,%s,"site":221,"site":222}' "$CALL" "$CALL" >"$documents/double"
  printf '{%s,"site":%s1%s}' "$CALL" "$(printf '[%.0s' {1..9000})" "$(printf ']%.0s' {1..9000})" >"$documents/deep"
  printf '{%s,"%s":1}' "$CALL" "$(printf 'a%.0s' {1..65000})" >"$documents/long"
  printf '{"call":{"job":7%s},"site":221}' "$(printf ',"job":7%.0s' {1..8000})" >"$documents/many"
  printf '{%s,"site":2\0002}' "$CALL" >"$documents/nul"
  printf '{%s,"site":221,"\xc0\xaf":"\xff\xfe"}' "$CALL" >"$documents/bytes"
  { printf '{%s,"site":"' "$CALL"; head -c 10000000 /dev/zero | tr '\0' a; printf '"}'; } >"$documents/much"
  : >"$documents/nothing"
  each_verb odd_documents
}

declared_keys() {
  { printf 'dryRun\ncall.token\n'
    sed -n 's/^#: //p' "$1" | jq -r '.input | keys[]'; }
}
wrong_types() {
  local key value document
  for key in $(declared_keys "$1"); do
    for value in '[[1]]' '{"a":"$(id)\n;id"}'; do
      [[ $value == '['* || $key != call.* ]] || continue
      document=$(jq -nc --argjson value "$value" "{$CALL} | .$key = \$value")
      run --separate-stderr as_panel sudo -n "$1" <<<"$document"
      answered_bad || { echo "$document"; return 1; }
      [[ $(said .error.field) == "$key"* ]] || { show; return 1; }
    done
  done
}
@test "values of a wrong type for each key" {
  each_verb wrong_types
}

# Of what a caller's environment may have programs run or load, each leaves a mark in $HOLE.
lay_traps() {
  local name
  [[ -e $BATS_TEST_DIRNAME/payload.so ]] || {
    echo 'tests/payload.so is not there: gcc -shared -fPIC -o payload.so payload.c makes it, on a machine that has gcc'
    return 1
  }
  mkdir "$HOLE"/{bin,ini}
  chmod 777 "$HOLE"
  cp "$BATS_TEST_DIRNAME/payload.so" "$HOLE"
  printf 'touch %s/mark\n' "$HOLE" >"$HOLE/rc"
  printf '#!/bin/sh\n/usr/bin/touch %s/mark\n' "$HOLE" >"$HOLE/bin/jq"
  chmod 755 "$HOLE/bin/jq" "$HOLE/rc" "$HOLE/payload.so"
  for name in env timeout bash sed logger flock getent sleep systemctl; do cp "$HOLE/bin/jq" "$HOLE/bin/$name"; done
  printf 'system("touch %s/mark"); 1;\n' "$HOLE" >"$HOLE/payload.pm"
  printf 'extension=%s/payload.so\n' "$HOLE" >"$HOLE/ini/payload.ini"
  printf 'module PAYLOAD// INTERNAL payload 1\n' >"$HOLE/gconv-modules"
  printf '[client]\nplugin-dir=%s\ndefault-auth=payload\n' "$HOLE" >"$HOLE/.my.cnf"
  printf '%s\n' 'openssl_conf = all' '[all]' 'providers = some' '[some]' 'payload = own' '[own]' 'activate = 1' \
    "module = $HOLE/payload.so" >"$HOLE/openssl.cnf"
  hostile=(PATH="$HOLE/bin:/usr/bin" BASH_ENV="$HOLE/rc" ENV="$HOLE/rc" IFS=/ LD_PRELOAD="payload.so $HOLE/payload.so"
    LD_LIBRARY_PATH="$HOLE" LD_AUDIT="$HOLE/payload.so" SHELLOPTS=xtrace BASHOPTS=extdebug PS4='$(touch '"$HOLE"'/mark)'
    PROMPT_COMMAND="touch $HOLE/mark" TMPDIR="$HOLE/none" LC_ALL=tr_TR.UTF-8 LANG=zh_CN.GBK PERL5OPT=-Mpayload PERL5LIB="$HOLE"
    PYTHONPATH="$HOLE" PYTHONSTARTUP="$HOLE/rc" PHP_INI_SCAN_DIR="$HOLE/ini" PHPRC="$HOLE/ini" JQ_LIBRARY_PATH="$HOLE" HOME="$HOLE"
    XDG_CONFIG_HOME="$HOLE" MYSQL_HOME="$HOLE" MARIADB_HOME="$HOLE" OPENSSL_CONF="$HOLE/openssl.cnf" OPENSSL_MODULES="$HOLE"
    GCONV_PATH="$HOLE" TZ="$HOLE/rc" SUDO_COMMAND=/bin/sh SUDO_EDITOR="$HOLE/bin/jq" SUDO_ASKPASS="$HOLE/bin/jq"
    SYSTEMD_PAGER="$HOLE/bin/jq" 'BASH_FUNC_jq%%=() { touch '"$HOLE"'/mark; }' 'BASH_FUNC_printf%%=() { touch '"$HOLE"'/mark; }')
}

# heeded [-i] NAME… PROGRAM… : whether a program that may do as its environment says leaves the mark: the names of $hostile.
heeded() {
  local assignment
  local -a chosen=()
  while [[ $1 == *= ]]; do
    for assignment in "${hostile[@]}"; do [[ $assignment != "$1"* ]] || chosen+=("$assignment"); done
    shift
  done
  ((${#chosen[@]})) || return 1
  # The payload may well end it; what counts is the mark.
  run as_panel env -i "${chosen[@]}" "$@" </dev/null
  rm "$HOLE/mark" || { printf 'nobody heeds %s\n' "${chosen[*]}"; return 1; }
}

hostile_environment() {
  run --separate-stderr as_panel env -i "${hostile[@]}" sudo -n "$1" <<<"{$CALL,\"no\":1}"
  answered_bad
}
@test "an environment that would have others run something" {
  local verb
  local -a hostile called_by
  lay_traps
  heeded LD_PRELOAD= /bin/true
  heeded LD_LIBRARY_PATH= LD_PRELOAD= /bin/true
  heeded LD_AUDIT= /bin/true
  heeded BASH_ENV= /bin/bash -c :
  heeded ENV= /bin/sh -ic :
  heeded SHELLOPTS= PS4= /bin/bash -c :
  heeded 'BASH_FUNC_jq%%=' /bin/bash -c jq
  heeded PATH= /bin/sh -c jq
  heeded PERL5OPT= PERL5LIB= /usr/bin/perl -e 1
  heeded PHP_INI_SCAN_DIR= /usr/bin/php -v
  heeded OPENSSL_CONF= /usr/bin/openssl list -providers
  heeded GCONV_PATH= /usr/bin/iconv --from-code=PAYLOAD
  heeded HOME= /usr/bin/mariadb -e 'select 1'
  each_verb hostile_environment
  # And so does no program that a verb starts when it does its work: the whole life of a site.
  called_by=(as_panel env -i "${hostile[@]}" sudo -n)
  make_site 222 php site222.example
  call database-create "\"site\":222,\"password\":\"$PASSWORD\"" >/dev/null
  call certificate-request '"site":222,"certificate":1,"names":["site222.example"],"keyType":"ec-256"' >/dev/null
  call acme-challenge '"site":222,"challenges":["AAAAAAAAAAAAAAAAAAAAAA"],"present":false' >/dev/null
  call certificate-clean '"site":222' >/dev/null
  call tls-profile '"site":0,"profile":"intermediate"' >/dev/null
  call site-state '"site":222,"state":"suspended"' >/dev/null
  for verb in host-inspect host-inventory disk-use certificate-find; do
    "${called_by[@]}" "$VERBS/$verb" <<<'{}' | jq -e .ok
  done
  for verb in site-inspect site-use; do
    "${called_by[@]}" "$VERBS/$verb" <<<'{"site":222}' | jq -e .ok
  done
  wipe_site 222
  [[ ! -e $HOLE/mark ]]
}

odd_descriptors() {
  local how
  # Each runs with the rights of the panel, and has a bad document where it has one at all.
  for how in '<&- >"$out" 2>&-' '</ 2</' '</dev/zero 2>/dev/full' \
    '0<"$bad" 5<>"$bad" 9<>"$bad" 10<>"$bad" 63<>"$bad" 200<>"$bad"'; do
    run --separate-stderr as_panel env bad="$HOLE/bad" out="$HOLE/out" verb="$1" bash -c "exec sudo -n \"\$verb\" $how"
    [[ $how != *'>"$out"'* ]] || output=$(<"$HOLE/out")
    answered_bad || { echo "$how"; return 1; }
  done
  # Nobody hears the answer, or nobody any more.
  for how in '>&- 2>&-' '>/dev/full' '| true'; do
    as_panel env bad="$HOLE/bad" verb="$1" bash -c "sudo -n \"\$verb\" 0<\"\$bad\" $how; wait" >/dev/null 2>&1 || true
    calls=$((calls + 1))
    soon audited
  done
}
audited() { (($(audit_lines) >= begun + calls)); }
@test "descriptors that are closed, full or something else" {
  printf '{%s,"no":1}' "$CALL" >"$HOLE/bad"
  install -m 666 /dev/null "$HOLE/out"
  chown berth "$HOLE/bad"
  each_verb odd_descriptors
  [[ $(<"$HOLE/bad") == "{$CALL,\"no\":1}" ]]
}

odd_folders() {
  run --separate-stderr as_panel bash -c 'cd "$1/closed" && chmod 0 . && sudo -n "$2" <<<"{\"no\":1}"; code=$?; chmod 700 "$1/closed"; exit "$code"' - "$HOLE/mine" "$1"
  answered_bad
  run --separate-stderr as_panel bash -c 'mkdir "$1/gone" && cd "$1/gone" && rmdir "$1/gone" && exec sudo -n "$2" <<<"{\"no\":1}"' - "$HOLE/mine" "$1"
  answered_bad
}
@test "a working directory that is closed or gone" {
  install -d -o berth "$HOLE/mine" "$HOLE/mine/closed"
  each_verb odd_folders
}

@test "arguments, options of sudo, and anybody else: sudo itself says no" {
  local verb before begun who option argument
  before=$(picture) begun=$(audit_lines)
  for verb in $(given_verbs); do
    for argument in '' --unit -- 'a b'; do
      run as_panel sudo -n "$verb" "$argument" <<<'{}'
      [[ $status -eq 1 && $output == *'a password is required'* ]] || { show; return 1; }
    done
    for option in -unobody -g0 -E BASH_ENV=/tmp/x --chdir=/tmp; do
      run as_panel sudo -n "$option" "$verb" <<<'{}'
      [[ $status -eq 1 && $output != *'"ok"'* ]] || { echo "$option"; show; return 1; }
    done
    for who in www-data s_221; do
      run runuser -u "$who" -- sudo -n "$verb" <<<'{}'
      [[ $status -eq 1 && $output == *'a password is required'* ]] || { echo "$who"; show; return 1; }
    done
  done
  [[ $(audit_lines) == "$begun" && $(picture) == "$before" ]]
}

# Root of a lab host may not lift limits, so a verb does not begin there; it says so also where it may write no file.
tiny_limits() {
  local limit
  for limit in '-f 1' '-n 24' '-t 2 -s 256'; do
    run --separate-stderr as_panel bash -c "ulimit $limit && exec sudo -n \"\$1\" <<<'{$CALL,\"site\":221,\"state\":\"suspended\"}'" - "$1"
    refused 6 narrow-limits || { echo "$limit"; return 1; }
    [[ $limit == '-f '* ]] || calls=$((calls + 1))
  done
}
@test "limits that would end a verb half-way, or its audit line" {
  (($(stat -c %s /var/log/berth/verbs.log) > 1024))
  each_verb tiny_limits
  soon journal_has '"verb":"vhost-remove","site":null,"job":null,"step":"","epoch":null,"token":null,"actor":"","dryRun":false,"changed":false,"exit":6,"code":"narrow-limits"'
}
journal_has() { journalctl -t berth-verb --since -1min | grep -qF "$1"; }

@test "input that never ends is waited for ten seconds" {
  local verb before begun started writer pid
  local -a waiting=()
  before=$(picture) begun=$(audit_lines)
  mkfifo "$HOLE/endless"
  # Both ends are open here: the verbs read nothing, and no end.
  exec {writer}<>"$HOLE/endless"
  chmod 666 "$HOLE/endless"
  started=$(seconds)
  for verb in $(given_verbs); do
    as_panel sudo -n "$verb" <"$HOLE/endless" >"$HOLE/answer-${verb##*/}" 2>/dev/null {writer}>&- 3>&- &
    waiting+=($!)
  done
  for pid in "${waiting[@]}"; do
    status=0
    wait "$pid" || status=$?
    [[ $status -eq 2 ]]
  done
  (($(seconds) - started < 40))
  exec {writer}>&-
  for verb in "$HOLE"/answer-*; do
    output=$(<"$verb") status=2
    refused 2 bad-input
  done
  [[ $(audit_lines) == $((begun + ${#waiting[@]})) && $(picture) == "$before" ]]
}
