load host
setup_file() { load host; local n; for n in 151 152 153; do wipe_site $n; make_site $n static "site$n.example"; done; }
teardown_file() { load host; local n; for n in 151 152 153; do wipe_site $n; done; }
teardown() {
  ! mountpoint -q /proc/meminfo || umount /proc/meminfo
  [[ -z ${reader-} ]] || kill "$reader"
  rm -f /etc/berth/nginx/sites/99*.conf /etc/berth/nginx/quarantine/99*
  call vhost-apply "$(names 151 static site151.example)" 9
}
# names ID TYPE CANONICAL [SERVE REDIRECT]
names() {
  printf '"site":%s,"type":"%s","canonical":"%s","serve":[%s],"redirect":[%s]' "$1" "$2" "$3" "${4-}" "${5-}"
}
generation() { cat /var/lib/berth/host/nginx/generation; }

@test "apply: serves the site under its names at once and leads the others to the first" {
  verb vhost-apply "$(names 151 static site151.example '"www.site151.example"' '"old151.example"')" 9
  done_well true
  http www.site151.example /
  [[ $code == 200 && $output == *site151.example* ]]
  output=$(curl -si -H 'Host: old151.example' 'http://127.0.0.1/a%20b?c=d')
  [[ $output == *301* && $output == *'Location: http://site151.example/a%20b?c=d'* ]]
}

@test "apply: changes nothing and reloads nothing the second time" {
  local before
  call vhost-apply "$(names 151 static site151.example '"www.site151.example"')" 9
  before=$(generation)
  verb vhost-apply "$(names 151 static site151.example '"www.site151.example"')" 9
  done_well false
  [[ $(generation) == "$before" ]]
}

@test "apply: a name that is no longer given answers as unknown and is free for others" {
  call vhost-apply "$(names 151 static site151.example '"more151.example"')" 9
  verb vhost-apply "$(names 152 static site152.example '"more151.example"')" 9
  refused 4 name-taken
  call vhost-apply "$(names 151 static site151.example)" 9
  http more151.example /
  [[ $code == 404 ]]
  verb vhost-apply "$(names 152 static site152.example '"more151.example"')" 9
  done_well true
}

@test "apply: mends what is wrong beside the file: lost logs, a lost hold on a name, a hold on a name of nobody" {
  echo 151 >/var/lib/berth/host/names/stray.example
  rm /var/log/nginx/sites/151.access.log /var/lib/berth/host/names/site151.example
  verb vhost-apply "$(names 151 static site151.example)" 9
  done_well true
  [[ -e /var/log/nginx/sites/151.access.log && $(</var/lib/berth/host/names/site151.example) == 151 ]]
  [[ ! -e /var/lib/berth/host/names/stray.example ]]
}

@test "apply: a name that a killed call has left with another site is taken, and none that is answered to or wanted" {
  local held kept=/var/lib/berth/host/names
  verb vhost-apply "$(names 151 static site151.example '"a.left.example"')" 9
  done_well true
  for name in left.example b.left.example; do echo 151 >"$kept/$name"; done
  echo 'site151.example a.left.example left.example b.left.example' >/var/lib/berth/host/lists/151
  exec {held}>/var/lib/berth/host/locks/site-151
  flock "$held"
  verb vhost-apply "$(names 152 static site152.example '"left.example"')" 9 {held}>&-
  refused 4 name-taken
  exec {held}>&-
  verb vhost-apply "$(names 152 static site152.example '"left.example","b.left.example"')" 9
  done_well true
  verb vhost-apply "$(names 152 static site152.example '"left.example","a.left.example"')" 9
  refused 4 name-taken
  # And the other one goes on without it.
  verb vhost-apply "$(names 151 static site151.example '"a.left.example"')" 9
  done_well false
  [[ $(cat "$kept"/{left,a.left,site151}.example | xargs) == '152 151 151' ]]
}

@test "apply: names that look like files of ours are names like others" {
  verb vhost-apply "$(names 151 static site151.example '"of-152.new","of-7.review-b.example"')" 9
  done_well true
  verb vhost-apply "$(names 152 static site152.example '"look.example"')" 9
  done_well true
  [[ $(cat /var/lib/berth/host/names/of-{152.new,7.review-b.example} | xargs) == '151 151' ]]
  raw host-inventory '{}'
  [[ $(said '.result.claimed["151"] | split(" ") | sort | join(" ")') == 'of-152.new of-7.review-b.example site151.example' ]] || { show; false; }
  [[ $(said '[.result.sites[] | select(.has | index("names")) | .numbers[] | select(. == 7)] | length') == 0 ]]
  verb vhost-apply "$(names 152 static site152.example '"of-152.new"')" 9
  refused 4 name-taken
}

# The file of the certificate that site 151 serves with.
certificate() {
  sed -n 's#.*"site 151 certificate \(.*\)".*#/var/lib/berth/tls/151/\1.pem#p' /etc/berth/nginx/sites/151.conf
}

# https NAME PATH [OPTION…]: as `http`, over TLS, trusting what site 151 signed.
https() {
  local name=$1 path=$2
  shift 2
  output=$(curl --silent --show-error --write-out '\n%{http_code}' --cacert "$(certificate)" \
    --connect-to ::127.0.0.1:443 "$@" "https://$name$path" 2>&1) || :
  code=${output##*$'\n'} output=${output%$'\n'*}
}

@test "apply: a site answers over TLS from its first second, under each of its names, with a certificate of its own" {
  local file name
  call vhost-apply "$(names 151 static site151.example '"www.site151.example"' '"led151.example"')" 9
  for name in site151.example www.site151.example; do
    https "$name" /
    [[ $code == 200 && $output == *site151.example* ]] || { echo "$code $output"; false; }
  done
  https led151.example /x --write-out '%{redirect_url}\n%{http_code}'
  [[ $code == 301 && $output == *https://site151.example/x* ]]
  # Nobody else's certificate for a name, and nobody's for none.
  https site152.example /; [[ $code == 000 ]]
  for name in nobody.example 127.0.0.1; do https $name / --insecure; [[ $code == 404 ]]; done
  file=$(certificate)
  [[ $(stat -c %U:%G:%a "$file" "${file%/*}" | xargs) == 'root:www-data:640 root:www-data:2750' ]]
  refute setpriv --reuid=70151 --regid=70151 --clear-groups cat "$file"
}

@test "apply: other names get another certificate, beside the one that is in use until then; nothing else does" {
  local before
  call vhost-apply "$(names 151 static site151.example)" 9
  before=$(certificate)
  cp -p "$before" "$BATS_TEST_TMPDIR/before"
  rm /var/log/nginx/sites/151.access.log
  verb vhost-apply "$(names 151 static site151.example)" 9
  done_well true
  [[ $(certificate) == "$before" ]]
  with_template 'no_such_word on;' verb vhost-apply "$(names 151 static site151.example '"refused151.example"')" 9
  refused 5 config-refused
  cmp "$before" "$BATS_TEST_TMPDIR/before"
  https site151.example /; [[ $code == 200 ]]
  call vhost-apply "$(names 151 static site151.example '"another151.example"')" 9
  [[ $(certificate) != "$before" ]]
  cmp "$before" "$BATS_TEST_TMPDIR/before"
  https another151.example /; [[ $code == 200 ]]
  verb vhost-apply "$(names 151 static site151.example '"another151.example"')" 9
  done_well false
  [[ $(ls /var/lib/berth/tls/151/*) == "$(certificate)" ]]
}

@test "apply: a certificate that was lost or cut off is made again, a number without its file is not served" {
  call vhost-apply "$(names 151 static site151.example)" 9
  rm -r /var/lib/berth/tls/151
  https site151.example / --insecure; [[ $code == 000 ]]
  http site151.example /; [[ $code == 200 ]]
  call vhost-apply "$(names 151 static site151.example)" 9
  https site151.example /; [[ $code == 200 ]]
  truncate -s 300 "$(certificate)"
  call vhost-apply "$(names 151 static site151.example)" 9
  https site151.example /; [[ $code == 200 ]]
  sed -i 's/certificate own-[0-9]*/certificate 7/' /etc/berth/nginx/sites/151.conf
  verb vhost-apply "$(names 151 static site151.example)" 9
  done_well true
  [[ $(said .result.certificate) == 0 ]]
  https site151.example /; [[ $code == 200 ]]
}

@test "apply: a numbered certificate that the panel knows of comes back with the file that named it, and it is told which one is served" {
  local own
  call vhost-apply "$(names 151 static site151.example)" 9
  own=$(certificate)
  cp -p "$own" /var/lib/berth/tls/151/8.pem
  cp -p "$own" /var/lib/berth/tls/151/9.pem
  # What the file names stays, whatever is asked for.
  sed -i 's/certificate own-[0-9]*/certificate 8/' /etc/berth/nginx/sites/151.conf
  verb vhost-apply "$(names 151 static site151.example),\"certificate\":9" 9
  [[ $(said .result.certificate) == 8 && $(certificate) == */8.pem ]] || { show; false; }
  rm /etc/berth/nginx/sites/151.conf
  verb vhost-apply "$(names 151 static site151.example),\"certificate\":9" 9
  [[ $(said .result.certificate) == 9 && $(certificate) == */9.pem ]] || { show; false; }
  https site151.example /; [[ $code == 200 ]]
  # Cut off, it is of no use; nor is one that is not there.
  truncate -s 300 /var/lib/berth/tls/151/9.pem
  verb vhost-apply "$(names 151 static site151.example),\"certificate\":9" 9
  [[ $(said .result.certificate) == 0 && $(certificate) == */own-*.pem ]] || { show; false; }
  https site151.example /; [[ $code == 200 ]]
  rm /var/lib/berth/tls/151/[89].pem
}

@test "no request can ask for a site by the name that tells its certificate, and none without a host is taken for it" {
  local answer own name
  own="site 151 certificate $(basename "$(certificate)" .pem)"
  output=$(curl -s -o /dev/null -w '%{http_code}' -H "Host: $own" http://127.0.0.1/)
  [[ $output == 400 ]]
  # Nor with a request of HTTP/1.0, which may leave the host out.
  for name in "$own" site151.example; do
    answer=$(printf 'GET / HTTP/1.0\r\n\r\n' |
      openssl s_client -quiet -ign_eof -connect 127.0.0.1:443 -servername "$name" 2>/dev/null)
    [[ $answer == *' 404 '* && $answer != *site151* ]] || { echo "$name: $answer"; false; }
  done
}

@test "apply: a hundred long names that lead elsewhere, all do, and they are read back as they were" {
  local n label=a123456789b123456789c123456789d123456789e123456789f123456789 list=''
  for n in {101..200}; do list+=",\"$n.$label.$label.example\""; done
  verb vhost-apply "$(names 151 static site151.example '' "${list#,}")" 9
  done_well true
  for n in 101 150 200; do
    output=$(curl -si -H "Host: $n.$label.$label.example" http://127.0.0.1/)
    [[ $output == *'Location: http://site151.example/'* ]]
  done
  http site151.example /; [[ $code == 200 ]]
  bash -euc 'scripts=$1; source "$1/lib/files.sh"; source "$1/lib/vhost.sh"; read_vhost "$2"; (($(wc -w <<<"$vhost_redirected") == 100)) && [[ $vhost_served == site151.example ]]' - "$VERBS" /etc/berth/nginx/sites/151.conf
}

@test "apply: the longest possible name works" {
  local label=a123456789b123456789c123456789d123456789e123456789f123456789g12 name
  name=$label.$label.$label.${label:0:53}.example
  [[ ${#name} == 253 ]]
  verb vhost-apply "$(names 151 static "$name")" 9
  done_well true
  http "$name" /
  [[ $code == 200 ]]
}

@test "apply: many sites at once, and all are served" {
  local n pids=()
  for n in 151 152 153; do
    call vhost-apply "$(names $n static "site$n.example" "\"many$n.example\"")" 9 >"$BATS_TEST_TMPDIR/$n" 2>&1 3>&- &
    pids+=($!)
  done
  # While the first reload goes on the others queue.
  for n in 161 162 163; do make_site $n static "site$n.example" 3>&- & pids+=($!); done
  wait "${pids[@]}"
  for n in 151 152 153; do http "many$n.example" /; [[ $code == 200 ]]; done
  for n in 161 162 163; do http "site$n.example" /; [[ $code == 200 ]]; wipe_site $n; done
}

@test "apply: a change that a reload took along is not reloaded again" {
  local held pid before
  exec {held}>/var/lib/berth/host/locks/nginx
  flock "$held"
  before=$(generation)
  for n in 151 152 153; do
    call vhost-apply "$(names $n static "site$n.example" "\"once$n.example\"")" 9 >/dev/null 2>&1 {held}>&- 3>&- &
    soon test -e "/var/lib/berth/host/nginx/pending/$n"
  done
  exec {held}>&-
  wait
  for n in 151 152 153; do http "once$n.example" /; [[ $code == 200 ]]; done
  [[ $(generation) == $((before + 1)) ]]
}

# The web server's workers that take requests.
workers() { pgrep --parent "$(</run/nginx.pid)" --full 'worker process$'; }
@test "apply: a load of requests to other sites sees no failure during 100 changes" {
  local n workers load other
  workers=$(workers | wc -l)
  # One after the other over kept connections, without and with TLS, one each over a new one.
  (while [[ ! -e $BATS_TEST_TMPDIR/stop ]]; do
    curl -s -o /dev/null -m 50 -w '%{http_code}\n' -H 'Host: site152.example' 'http://127.0.0.1/?[1-50]' || echo failed
    curl -sk -o /dev/null -m 50 -w '%{http_code}\n' --connect-to ::127.0.0.1 'https://site152.example/?[1-20]' || echo failed
    curl -s -o /dev/null -m 50 -w '%{http_code}\n' -H 'Host: site152.example' -H 'Connection: close' 'http://127.0.0.1/?[1-50]' || echo failed
  done) >"$BATS_TEST_TMPDIR/codes" 3>&- &
  load=$!
  for n in {1..50}; do
    call vhost-apply "$(names 153 static site153.example "\"b$n.example\"")" 9 || echo failed
  done >"$BATS_TEST_TMPDIR/153" 2>/dev/null 3>&- &
  other=$!
  for n in {1..50}; do
    call vhost-apply "$(names 151 static site151.example "\"a$n.example\"")" 9 || echo failed
  done >"$BATS_TEST_TMPDIR/151" 2>/dev/null
  wait "$other"
  touch "$BATS_TEST_TMPDIR/stop"; wait "$load"
  [[ $(cat "$BATS_TEST_TMPDIR"/15[13] | grep -c '"ok":true,"changed":true') == 100 ]]
  sort "$BATS_TEST_TMPDIR/codes" | uniq --count
  [[ $(sort -u "$BATS_TEST_TMPDIR/codes") == 200 && $(wc -l <"$BATS_TEST_TMPDIR/codes") -gt 1000 ]]
  for n in a50 b50; do http $n.example /; [[ $code == 200 ]]; done
  [[ $(workers | wc -l) == "$workers" ]]
}

# Tells what is none of its workers, and its workers.
dismiss_stranger() {
  bash -euc 'shopt -s nullglob; source "$1/lib/files.sh"; source "$1/lib/nginx.sh"; shift; find_nginx_master; dismiss "$@"' - "$VERBS" "$@"
}

@test "reload: only workers of the web server are told to leave, whatever the numbers stand for by now" {
  local master stranger workers
  master=$(</run/nginx.pid)
  sleep 600 3>&- &
  stranger=$!
  workers=$(workers | xargs)
  dismiss_stranger "$stranger" "$master" $workers
  # The master begins others for those that left.
  soon eval '[[ $(workers | wc -l) == $(wc -w <<<"$workers") && " $workers " != *" $(workers | head -n 1) "* ]]'
  [[ $(</run/nginx.pid) == "$master" && $(</proc/$stranger/comm) == sleep ]]
  kill "$stranger"
}

# The web server's workers that a reload has dismissed.
leaving() { pgrep --parent "$(</run/nginx.pid)" --full 'worker process is shutting down$'; }
none_leaves() { [[ -z $(leaving) ]]; }
# Begins to read a large file of site 152 so slowly that it takes hours.
begin_slow_reader() {
  head -c 64M /dev/zero | put_page 152 large
  curl -s -o "$BATS_TEST_TMPDIR/large" --limit-rate 1k -H 'Host: site152.example' http://127.0.0.1/large 3>&- &
  reader=$!
  soon test -s "$BATS_TEST_TMPDIR/large"
}

@test "reload: whoever reads slowly keeps no worker of before for ever" {
  local config=/etc/berth/nginx/nginx.conf
  grep -q '^worker_shutdown_timeout 10m;$' "$config"
  cp -p "$config" "$BATS_TEST_TMPDIR/nginx.conf"
  # Ten minutes, made short; those workers heed it that are begun by now.
  sed -i 's/^worker_shutdown_timeout .*/worker_shutdown_timeout 2s;/' "$config"
  call vhost-apply "$(names 151 static site151.example '"slow.example"')" 9
  begin_slow_reader
  call vhost-apply "$(names 151 static site151.example)" 9
  soon none_leaves
  cp -p "$BATS_TEST_TMPDIR/nginx.conf" "$config"
  call vhost-apply "$(names 151 static site151.example '"slow.example"')" 9
}

@test "reload: where memory runs short, whoever reads slowly keeps no worker of before for longer than half a minute" {
  local kib noted=/var/lib/berth/host/nginx/dismissed
  begin_slow_reader
  call vhost-apply "$(names 151 static site151.example '"slow.example"')" 9
  [[ -n $(leaving) ]]
  kib=$(awk '/^MemTotal:/ { print $2 }' /proc/meminfo)
  sed "s/^MemAvailable:.*/MemAvailable: $((kib / 9)) kB/" /proc/meminfo >"$BATS_TEST_TMPDIR/meminfo"
  mount --bind "$BATS_TEST_TMPDIR/meminfo" /proc/meminfo
  verb vhost-apply "$(names 151 static site151.example)" 9
  done_well true
  # Dismissed a moment ago.
  [[ -n $(leaving) ]]
  sed -i -E "s/^[0-9]+ /$((EPOCHSECONDS - 60)) /" "$noted"
  verb vhost-apply "$(names 151 static site151.example '"slow.example"')" 9
  umount /proc/meminfo
  done_well true
  soon none_leaves
}

# Lists what a change that is over leaves nowhere.
left_over() {
  find /etc/berth/nginx/sites/ /etc/berth/nginx/quarantine/ /var/lib/berth/host/nginx/pending/ -type f ! -path '*/sites/*.conf'
}

# with_template LINE COMMAND…: while what the verb writes for a site has this line.
with_template() {
  local file=$VERBS/templates/site/vhost.conf result=0
  cp -p "$file" "$BATS_TEST_TMPDIR/template"
  printf '%s\n' "$1" >>"$file"
  "${@:2}" || result=$?
  cp -p "$BATS_TEST_TMPDIR/template" "$file"
  return "$result"
}

@test "apply: what does not pass the test never lies where nginx reads it" {
  local before held
  before=$(cat /etc/berth/nginx/sites/*.conf)
  with_template 'no_such_word on;' verb vhost-apply "$(names 151 static site151.example '"bad.example"')" 9
  refused 5 config-refused
  [[ $(said .error.what) == 'The web server does not accept this site.' && $(said .error.why) == *no_such_word* ]]
  [[ $(cat /etc/berth/nginx/sites/*.conf) == "$before" && -z $(left_over) ]]
  # What a killed call left, and somebody else's change takes along.
  printf 'no_such_word on;\n' >/var/lib/berth/host/nginx/pending/152
  verb vhost-apply "$(names 151 static site151.example '"good.example"')" 9
  done_well true
  http good.example /; [[ $code == 200 ]]
  http site152.example /; [[ $code == 200 ]]
  grep -q no_such_word /etc/berth/nginx/quarantine/152.error
  refute grep -r no_such_word /etc/berth/nginx/sites
  verb vhost-apply "$(names 152 static site152.example)" 9
  done_well true
  [[ -z $(ls /etc/berth/nginx/quarantine) ]]
}

@test "apply: killed at any moment, what nginx would read passes its test, and the next call finishes it" {
  local moment
  for moment in 02 04 06 08 10 12 14 16 18; do
    call vhost-apply "$(names 151 static site151.example "\"cut$moment.example\"")" 9 >/dev/null 2>&1 3>&- &
    sleep "0.$moment"
    pkill -KILL --full '^/bin/bash .*host-scripts/vhost-apply$' || :
    wait
    nginx -t -q -c /etc/berth/nginx/nginx.conf
    verb vhost-apply "$(names 151 static site151.example "\"cut$moment.example\"")" 9
    done_well "$(said .changed)"
    http "cut$moment.example" /; [[ $code == 200 ]] || { echo "$moment $code"; return 1; }
    [[ -z $(left_over) ]]
  done
}

@test "apply: a log that cannot be opened takes its own site out, with the reason, and no other" {
  local log=/var/log/nginx/sites/153.access.log way
  for way in 'mkdir' 'ln -s /nowhere/log'; do
    call vhost-apply "$(names 153 static site153.example)" 9
    rm "$log"
    $way "$log"
    verb vhost-apply "$(names 151 static site151.example "\"log-${way%% *}.example\"")" 9
    done_well true
    http "log-${way%% *}.example" /; [[ $code == 200 ]]
    http site152.example /; [[ $code == 200 ]]
    verb site-inspect '"site":153'
    [[ $(said .result.vhost.quarantined) == true && $(said .result.vhost.error) == *"$log"* ]] || { show; return 1; }
    verb vhost-apply "$(names 153 static site153.example)" 9
    # What is in a folder is not the verb's to remove.
    if [[ $way == mkdir ]]; then
      refused 5 config-refused
      [[ $(said .error.why) == *"$log"* ]]
      rm -d "$log"
      verb vhost-apply "$(names 153 static site153.example)" 9
    fi
    done_well true
    http site153.example /; [[ $code == 200 ]]
  done
}

@test "apply: with 1,000 sites the web server takes a change over and has every log open" {
  local n master text
  text=$(</etc/berth/nginx/sites/151.conf)
  for n in {21001..22000}; do
    printf '%s\n' "${text//151/$n}" >/etc/berth/nginx/sites/$n.conf
  done
  verb vhost-apply "$(names 152 static site152.example '"beside-many.example"')" 9
  done_well true
  http beside-many.example /; [[ $code == 200 ]]
  http site21500.example /; [[ $code == 404 ]]
  master=$(</run/nginx.pid)
  [[ $(find "/proc/$master/fd" "/proc/$(workers | head -n 1)/fd" -printf '%l\n' | grep -cE '/sites/2[12][0-9]{3}\.(access|error)\.log$') == 4000 ]]
  rm /etc/berth/nginx/sites/2[12][0-9][0-9][0-9].conf
  call vhost-apply "$(names 152 static site152.example)" 9
  rm /var/log/nginx/sites/2[12][0-9][0-9][0-9].*
}

@test "apply: a broken file of another site is quarantined, and this site goes live" {
  printf 'server { listen 80; server_name broken.example; no_such_word on; }\n' >/etc/berth/nginx/sites/9901.conf
  verb vhost-apply "$(names 151 static site151.example '"beside.example"')" 9
  done_well true
  http beside.example /
  [[ $code == 200 && ! -e /etc/berth/nginx/sites/9901.conf ]]
  grep -q no_such_word /etc/berth/nginx/quarantine/9901.error
}

@test "apply: a file that is broken only beside the others is found and set back" {
  printf 'upstream same { server 127.0.0.1:9; }\n' >/etc/berth/nginx/sites/9902.conf
  call vhost-apply "$(names 151 static site151.example '"u1.example"')" 9
  # By hand, since no value that a verb lets through can do this.
  printf 'upstream same { server 127.0.0.1:9; }\n' >>/etc/berth/nginx/sites/152.conf
  touch /var/lib/berth/host/nginx/pending/152
  verb vhost-apply "$(names 151 static site151.example '"u2.example"')" 9
  done_well true
  http u2.example /; [[ $code == 200 ]]
  http site152.example /; [[ $code == 200 ]]
  [[ -e /etc/berth/nginx/sites/9902.conf ]]
  verb site-inspect '"site":152'
  [[ $(said .result.vhost.quarantined) == true && $(said .result.vhost.present) == true ]]
  [[ $(said .result.vhost.error) == *'duplicate upstream'* ]]
  rm /etc/berth/nginx/sites/9902.conf
  call vhost-apply "$(names 152 static site152.example '"mended.example"')" 9
  verb site-inspect '"site":152'
  [[ $(said .result.vhost.quarantined) == false ]]
}

# with_shared_fault FILE LINE COMMAND…: while what all sites share has this line.
with_shared_fault() {
  local file=/etc/berth/nginx/$1 result=0
  cp -p "$file" "$BATS_TEST_TMPDIR/shared"
  printf '%s\n' "$2" >>"$file"
  "${@:3}" || result=$?
  cp -p "$BATS_TEST_TMPDIR/shared" "$file"
  return "$result"
}

@test "apply: a fault in what all sites share is nobody's: the change is refused with nginx's words, no site is touched" {
  local fault before
  call vhost-apply "$(names 153 static site153.example)" 9
  before=$(cat /etc/berth/nginx/sites/*.conf)
  for fault in 'http.conf no_such_word on;' 'static.conf no_such_word on;' 'listen.conf listen [::1]:80 no_such_word;' \
    'nginx.conf load_module /no/such/module.so;'; do
    with_shared_fault "${fault%% *}" "${fault#* }" verb vhost-apply "$(names 151 static site151.example '"shared.example"')" 9
    refused 5 shared-config
    [[ $(said .error.why) =~ no_such_word|load_module ]] || { show; return 1; }
    with_shared_fault "${fault%% *}" "${fault#* }" verb vhost-remove '"site":153' 9
    refused 5 shared-config
    [[ $(cat /etc/berth/nginx/sites/*.conf) == "$before" ]]
    call vhost-apply "$(names 153 static site153.example)" 9
    [[ $(cat /etc/berth/nginx/sites/*.conf) == "$before" && -z $(ls /etc/berth/nginx/quarantine) ]] || { echo "$fault"; return 1; }
  done
  verb vhost-apply "$(names 151 static site151.example '"shared.example"')" 9
  done_well true
  http site152.example /; [[ $code == 200 ]]
}

@test "apply: a file that cannot be replaced fails its own site alone" {
  local file=/etc/berth/nginx/sites/153.conf held
  exec {held}>/var/lib/berth/host/locks/nginx
  flock "$held"
  mount --bind "$file" "$file"
  call vhost-apply "$(names 153 static site153.example '"mounted.example"')" 9 >"$BATS_TEST_TMPDIR/153" 2>&1 {held}>&- 3>&- &
  soon test -e /var/lib/berth/host/nginx/pending/153
  call vhost-apply "$(names 152 static site152.example '"mounted152.example"')" 9 >"$BATS_TEST_TMPDIR/152" 2>&1 {held}>&- 3>&- &
  soon test -e /var/lib/berth/host/nginx/pending/152
  exec {held}>&-
  wait
  umount "$file"
  tail -n 1 "$BATS_TEST_TMPDIR/152" | grep -q '"ok":true' || { cat "$BATS_TEST_TMPDIR/152"; return 1; }
  output=$(tail -n 1 "$BATS_TEST_TMPDIR/153") status=5
  refused 5 failed
  [[ -z $(ls /var/lib/berth/host/nginx/pending) && -z $(ls /etc/berth/nginx/sites/*.new) ]]
  http mounted152.example /; [[ $code == 200 ]]
}

log_folder_is_whole() {
  [[ $(stat -c %U:%G:%a /var/log/nginx/sites) == root:www-data:710 && -e /var/log/nginx/sites/152.access.log && -z $(ls /etc/berth/nginx/quarantine) ]]
}

@test "remove: with the folder of the logs gone, it is made again, and no site is taken out" {
  make_site 164 static site164.example
  mv /var/log/nginx/sites "$BATS_TEST_TMPDIR/"
  verb vhost-remove '"site":164' 9
  done_well true
  log_folder_is_whole
  http site152.example /; [[ $code == 200 ]]
  wipe_site 164
}

@test "a start with the folder of the logs gone makes it again, and takes no site out" {
  mv /var/log/nginx/sites "$BATS_TEST_TMPDIR/"
  systemctl restart nginx
  log_folder_is_whole
  http site152.example /; [[ $code == 200 ]]
}

# while_unwritable COMMAND…: while no log can be opened.
while_unwritable() {
  local result=0
  mount -t tmpfs -o ro none /var/log/nginx/sites
  "$@" || result=$?
  umount /var/log/nginx/sites
  return "$result"
}

@test "logs that cannot be written are no site's fault: nothing is taken out, and nginx comes back once they can" {
  local before
  before=$(cat /etc/berth/nginx/sites/*.conf)
  while_unwritable verb vhost-apply "$(names 151 static site151.example '"unwritable.example"')" 9
  refused 5 shared-config
  [[ $(said .error.why) == *'/var/log/nginx/sites/'* ]] || { show; false; }
  while_unwritable restart_fails
  soon nginx_runs
  [[ $(cat /etc/berth/nginx/sites/*.conf) == "$before" && -z $(ls /etc/berth/nginx/quarantine) ]]
  http site152.example /; [[ $code == 200 ]]
}

@test "whatever has most sites refused as they were served before is no site's fault, and none is taken out" {
  local before n
  for n in 152 153; do
    touch /var/lib/berth/host/nginx/pending/$n
    call vhost-apply "$(names $n static site$n.example)" 9
  done
  before=$(cat /etc/berth/nginx/sites/*.conf)
  for n in 152 153; do
    rm /var/log/nginx/sites/$n.access.log
    mkdir /var/log/nginx/sites/$n.access.log
  done
  verb vhost-apply "$(names 151 static site151.example '"most.example"')" 9
  restart_fails
  rmdir /var/log/nginx/sites/15[23].access.log
  refused 5 shared-config
  [[ $(said .error.why) == *'.access.log'* ]] || { show; false; }
  soon nginx_runs
  [[ $(cat /etc/berth/nginx/sites/*.conf) == "$before" && -z $(ls /etc/berth/nginx/quarantine) ]]
  http site152.example /; [[ $code == 200 ]]
}

nginx_runs() { systemctl is-active nginx; }
restart_fails() { refute systemctl restart nginx; }
@test "a start with a fault in what all sites share touches no site, and nginx comes back once it is mended" {
  local before
  before=$(cat /etc/berth/nginx/sites/*.conf)
  with_shared_fault http.conf 'no_such_word on;' restart_fails
  soon nginx_runs
  [[ $(cat /etc/berth/nginx/sites/*.conf) == "$before" && -z $(ls /etc/berth/nginx/quarantine) ]]
  http site152.example /; [[ $code == 200 ]]
}

@test "apply and remove: many that come and go at once, none fails, and other sites are served" {
  local n pids=() before
  before=$(seconds)
  for n in {301..340}; do mkdir -p "/srv/sites/s_$n"; done
  for n in {301..320}; do call vhost-apply "$(names $n static "site$n.example")" 9 >/dev/null 2>&1 3>&- & pids+=($!); done
  wait "${pids[@]}"
  (while [[ ! -e $BATS_TEST_TMPDIR/stop ]]; do
    curl -s -o /dev/null -m 50 -w '%{http_code}\n' -H 'Host: site152.example' http://127.0.0.1/ || echo failed
  done) >"$BATS_TEST_TMPDIR/codes" 3>&- &
  pids=()
  for n in {301..320}; do
    call vhost-remove "\"site\":$n" 9 >"$BATS_TEST_TMPDIR/reply$n" 2>&1 3>&- & pids+=($!)
    call vhost-apply "$(names $((n + 20)) static "site$((n + 20)).example")" 9 >"$BATS_TEST_TMPDIR/reply$((n + 20))" 2>&1 3>&- & pids+=($!)
  done
  wait "${pids[@]}"
  touch "$BATS_TEST_TMPDIR/stop"; wait
  echo "took $(($(seconds) - before)) s"
  for n in {301..320}; do
    tail -n 1 "$BATS_TEST_TMPDIR/reply$n" | grep -q '"ok":true' && tail -n 1 "$BATS_TEST_TMPDIR/reply$((n + 20))" | grep -q '"ok":true' ||
      { cat "$BATS_TEST_TMPDIR/reply$n" "$BATS_TEST_TMPDIR/reply$((n + 20))"; return 1; }
    [[ ! -e /etc/berth/nginx/sites/$n.conf && -e /etc/berth/nginx/sites/$((n + 20)).conf ]]
  done
  [[ $(sort -u "$BATS_TEST_TMPDIR/codes") == 200 && -z $(ls /var/lib/berth/host/nginx/pending) ]]
  for n in {321..340}; do call vhost-remove "\"site\":$n" 9 >/dev/null 2>&1 3>&- & done
  wait
  for n in {301..340}; do rm -r "/srv/sites/s_$n" "/var/lib/berth/host/fence/$n"; done
}

@test "apply: nginx starts at boot without the broken file" {
  printf 'nonsense\n' >/etc/berth/nginx/sites/9903.conf
  systemctl restart nginx
  http site152.example /; [[ $code == 200 ]]
  [[ -e /etc/berth/nginx/quarantine/9903.conf ]]
}

@test "a start that is broken off among many broken files has taken out those that it found" {
  local start
  [[ $(systemctl show -P TimeoutStartUSec nginx) == 10min ]]
  printf 'nonsense\n' >/etc/berth/nginx/sites/9904.conf
  # Nobody writes into it, so the search ends there.
  mkfifo /etc/berth/nginx/sites/9905.conf
  setsid "$VERBS/libexec/quarantine-at-start" 3>&- &
  start=$!
  soon test -e /etc/berth/nginx/quarantine/9904.conf
  kill -KILL -- "-$start"
  rm /etc/berth/nginx/sites/9905.conf
  [[ ! -e /etc/berth/nginx/sites/9904.conf ]]
  grep -q 9904.conf:2 /etc/berth/nginx/quarantine/9904.error
}

@test "apply: failed and undone while the web server is down, done when it is back" {
  local before
  before=$(</etc/berth/nginx/sites/151.conf)
  systemctl stop nginx
  verb vhost-apply "$(names 151 static site151.example '"down.example"')" 9
  systemctl start nginx
  refused 5 web-server-down
  [[ $(</etc/berth/nginx/sites/151.conf) == "$before" ]]
  verb vhost-apply "$(names 152 static site152.example '"down.example"')" 9
  done_well true
}

@test "apply: failed and undone when the web server does not take the new configuration over" {
  local before master generation
  before=$(</etc/berth/nginx/sites/151.conf)
  read -r master </run/nginx.pid
  # It takes the signal, and nothing happens: what a reload that nginx gives up looks like from outside.
  kill -STOP "$master"
  verb vhost-apply "$(names 151 static site151.example '"stuck.example"')" 9
  kill -CONT "$master"
  refused 5 reload-failed
  [[ $(</etc/berth/nginx/sites/151.conf) == "$before" ]]
  # It may have taken it over after all: whatever is called next finds out.
  [[ -e /var/lib/berth/host/nginx/pending/151 ]]
  generation=$(generation)
  verb vhost-apply "$(names 151 static site151.example)" 9
  done_well true
  [[ $(generation) == $((generation + 1)) && -z $(left_over) ]]
  verb vhost-apply "$(names 151 static site151.example '"loose.example"')" 9
  done_well true
  http loose.example /; [[ $code == 200 ]]
}

@test "apply: busy, nothing is left of what it wanted" {
  local lib=$VERBS/lib/nginx.sh held
  exec {held}>/var/lib/berth/host/locks/nginx
  flock "$held"
  cp -p "$lib" "$BATS_TEST_TMPDIR/nginx.sh"
  sed -i 's/lock nginx 120/lock nginx 1/' "$lib"
  verb vhost-apply "$(names 151 static site151.example '"busy.example"')" 9 {held}>&-
  cp -p "$BATS_TEST_TMPDIR/nginx.sh" "$lib"
  exec {held}>&-
  refused 4 busy
  [[ ! -e /var/lib/berth/host/names/busy.example ]]
  # Whoever comes next finds what was there before.
  verb vhost-apply "$(names 152 static site152.example '"busy.example"')" 9
  done_well true
  refute grep -q busy.example /etc/berth/nginx/sites/151.conf
  [[ -z $(left_over) ]]
  call vhost-apply "$(names 152 static site152.example)" 9
}

@test "apply: what is wanted while a reload goes on is not forgotten with what the reload took along" {
  local web pending
  exec {web}>/var/lib/berth/host/locks/nginx {pending}>/var/lib/berth/host/locks/pending
  flock "$web"
  call vhost-apply "$(names 151 static site151.example '"first.example"')" 9 >"$BATS_TEST_TMPDIR/151" 2>&1 {web}>&- {pending}>&- 3>&- &
  soon test -s /var/lib/berth/host/nginx/pending/151
  flock "$pending"
  exec {web}>&-
  soon pgrep --full '^flock --wait 10 '
  http first.example /; [[ $code == 200 ]]
  sed 's/first.example/second.example/' /var/lib/berth/host/nginx/pending/151 >"$BATS_TEST_TMPDIR/second"
  cp "$BATS_TEST_TMPDIR/second" /var/lib/berth/host/nginx/pending/151
  exec {pending}>&-
  wait
  tail -n 1 "$BATS_TEST_TMPDIR/151" | grep -q '"ok":true'
  cmp "$BATS_TEST_TMPDIR/second" /var/lib/berth/host/nginx/pending/151
  call vhost-apply "$(names 152 static site152.example '"behind.example"')" 9
  http second.example /; [[ $code == 200 ]]
  call vhost-apply "$(names 152 static site152.example)" 9
}

# An apply of killed.example for site 151 that is killed while it waits for the web server.
kill_in_the_middle() {
  local held
  exec {held}>/var/lib/berth/host/locks/nginx
  flock "$held"
  call vhost-apply "$(names 151 static site151.example '"killed.example"')" 9 >/dev/null 2>&1 {held}>&- 3>&- &
  soon test -e /var/lib/berth/host/nginx/pending/151
  pkill -KILL --full '^/bin/bash .*host-scripts/vhost-apply$'
  exec {held}>&-
  wait
}

@test "apply: killed in the middle it is finished by the next call" {
  kill_in_the_middle
  http killed.example /; [[ $code == 404 ]]
  verb vhost-apply "$(names 151 static site151.example '"killed.example"')" 9
  done_well true
  http killed.example /; [[ $code == 200 ]]
}

@test "apply: killed in the middle, what it wanted is forgotten once the site is to be as it was" {
  kill_in_the_middle
  verb vhost-apply "$(names 151 static site151.example)" 9
  done_well true
  call vhost-apply "$(names 152 static site152.example '"after-killed.example"')" 9
  http killed.example /; [[ $code == 404 ]]
  [[ -z $(left_over) ]]
}

@test "apply: killed in the middle it is removed whole, and others may have its names" {
  kill_in_the_middle
  verb vhost-remove '"site":151' 9
  done_well true
  refute grep -lx 151 -r /var/lib/berth/host/names
  [[ ! -e /var/lib/berth/host/lists/151 ]]
  verb vhost-apply "$(names 152 static site152.example '"killed.example"')" 9
  done_well true
}

@test "apply: a dry run serves nothing; a site without files is refused" {
  verb vhost-apply "$(names 151 static site151.example '"dry.example"'),\"dryRun\":true" 9
  done_well false
  http dry.example /; [[ $code == 404 ]]
  verb vhost-apply "$(names 159 static site159.example)" 9
  refused 3 not-found
  rm -f /var/lib/berth/host/fence/159
}

@test "apply: serves no hidden file, no source, no link to another owner's file" {
  local path
  cd /srv/sites/s_151/current/public
  for path in .env a.phtml b.PHP c.php d.phar e.php5; do put_page 151 "$path" <<<secret; done
  setpriv --reuid=70151 --regid=70151 --clear-groups bash -c 'mkdir -p .git .well-known sub/.berth .BERTH && echo secret | tee .git/config sub/.berth/x >.BERTH/x && echo ok >.well-known/security.txt && ln -s /etc/passwd link && ln -s /srv/sites/s_152/current/public other && ln -s /var/lib/berth/tls/152/own-1.pem key && ln -s /var/lib/berth/tls keys && echo fine >own && ln -s own mine'
  for path in .env .git/config sub/.berth/x .BERTH/x a.phtml b.PHP c.php d.phar e.php5; do
    http site151.example "/$path"; [[ $code == 404 ]] || { echo "$path $code"; return 1; }
  done
  for path in link other/index.html key keys/152/own-1.pem; do
    http site151.example "/$path"; [[ $code == 403 || $code == 404 ]] || { echo "$path $code"; return 1; }
  done
  for path in mine .well-known/security.txt; do http site151.example "/$path"; [[ $code == 200 ]]; done
  for path in /.berth/gone.en.html /%2eberth/gone.en.html /..%2f..%2fetc/passwd /%2e%2e/%2e%2e/etc/passwd; do
    output=$(curl -s -o /dev/null -w '%{http_code}' --path-as-is -H 'Host: site151.example' "http://127.0.0.1$path")
    [[ $output == 404 || $output == 400 ]] || { echo "$path $output"; return 1; }
  done
}

@test "a certificate authority's challenge is answered under every name, whatever becomes of the site's own requests" {
  local folder=/var/lib/berth/visitors/.well-known/acme-challenge host
  call vhost-apply "$(names 151 static site151.example '' '"away151.example"')" 9
  touch /var/lib/berth/flags/152.suspended /var/lib/berth/flags/153.deleted
  printf answer >$folder/token
  setpriv --reuid=70151 --regid=70151 --clear-groups mkdir -p /srv/sites/s_151/current/public/.well-known/acme-challenge
  put_page 151 .well-known/acme-challenge/token <<<theirs
  for host in site151.example away151.example site152.example site153.example nobody.example 127.0.0.1; do
    http "$host" /.well-known/acme-challenge/token
    [[ $code == 200 && $output == answer ]] || { echo "$host $code $output"; return 1; }
  done
  http site151.example /.well-known/acme-challenge/other; [[ $code == 404 ]]
  http nobody.example /.well-known/acme-challenge/; [[ $code == 404 ]]
  rm $folder/token /var/lib/berth/flags/152.suspended /var/lib/berth/flags/153.deleted
}

# tls ID KEYS: the site again, with what it wants of TLS.
tls() {
  verb vhost-apply "$(names "$1" static "site$1.example" '"www.site151.example"' '"led151.example"'),$2" 9
}

# Where a name leads over http: HOST PATH
leads_to() {
  curl -s -o /dev/null -w '%{http_code} %{redirect_url}' -H "Host: $1" "http://127.0.0.1$2"
}

@test "https forced: http leads there at once, path and query kept, but not the way of an authority's challenge" {
  local folder=/var/lib/berth/visitors/.well-known/acme-challenge host
  tls 151 '"forceHttps":true'
  done_well true
  for host in site151.example www.site151.example SITE151.example:80; do
    output=$(leads_to "$host" '/a%20b/?c=d&e=%2F')
    host=${host%:*}
    [[ $output == "301 https://${host,,}/a%20b/?c=d&e=%2F" ]] || { echo "$host $output"; return 1; }
  done
  # At once, so that nobody is asked for the certificate of a name that only leads elsewhere.
  [[ $(leads_to led151.example '/x?y') == '301 https://site151.example/x?y' ]]
  https www.site151.example /; [[ $code == 200 ]]
  https led151.example /x --write-out '%{redirect_url}\n%{http_code}'; [[ $output == *https://site151.example/x* ]]
  printf answer >$folder/token
  for host in site151.example led151.example; do http $host /.well-known/acme-challenge/token; [[ $code == 200 && $output == answer ]]; done
  rm $folder/token
  [[ $(leads_to site152.example /) == '200 ' ]]
  tls 151 '"forceHttps":true'
  done_well false
  tls 151 '"forceHttps":false'
  done_well true
  [[ $(leads_to www.site151.example /) == '200 ' && $(leads_to led151.example /x) == '301 http://site151.example/x' ]]
}

@test "https forced: a site that is offline says so over http, too" {
  tls 151 '"forceHttps":true'
  touch /var/lib/berth/flags/151.suspended
  for name in site151.example www.site151.example led151.example; do [[ $(leads_to $name /) == '503 ' ]]; done
  mv /var/lib/berth/flags/151.{suspended,deleted}
  [[ $(leads_to site151.example /) == '410 ' ]]
  rm /var/lib/berth/flags/151.deleted
  [[ $(leads_to site151.example /) == '301 https://site151.example/' ]]
}

# What a browser is told to remember of site 151, at this path.
remembered() {
  curl -si --cacert "$(certificate)" --connect-to ::127.0.0.1:443 "https://site151.example$1" | tr -d '\r' |
    sed -n 's/^Strict-Transport-Security: //pI'
}

@test "hsts: told over https at each answer, in the step that is wanted, and taken back on demand" {
  local step
  for step in 5-minutes=max-age=300 1-day=max-age=86400 1-year=max-age=31536000 \
    'preload=max-age=31536000; includeSubDomains; preload' forget=max-age=0; do
    tls 151 "\"forceHttps\":true,\"hsts\":\"${step%%=*}\""
    done_well true
    for path in / /nothing /.env; do [[ $(remembered $path) == "${step#*=}" ]] || { remembered $path; return 1; }; done
    [[ $(curl -si -H 'Host: site151.example' http://127.0.0.1/) != *Strict-Transport* ]]
    [[ $(curl -sik --connect-to ::127.0.0.1:443 https://site152.example/) != *Strict-Transport* ]]
  done
  touch /var/lib/berth/flags/151.suspended
  [[ $(remembered /) == max-age=0 ]]
  rm /var/lib/berth/flags/151.suspended
  tls 151 '"forceHttps":false,"hsts":"forget"'
  [[ $(remembered /) == max-age=0 && $(leads_to site151.example /) == '200 ' ]]
  tls 151 '"hsts":"off"'
  [[ -z $(remembered /) ]]
  tls 151 '"hsts":"5-minutes"'
  refused 2 bad-input hsts
}

@test "hsts: whoever wants to be on the browsers' own list is led to https under the same name first" {
  tls 151 '"forceHttps":true,"hsts":"preload"'
  [[ $(leads_to led151.example '/x?y') == '301 https://led151.example/x?y' ]]
  [[ $(leads_to site151.example /) == '301 https://site151.example/' ]]
}

@test "hsts: what a program of the site says itself stands, alone" {
  call php-apply "\"site\":151,\"version\":\"$(php_version)\",$LIMITS,\"maxChildren\":2" 9
  put_page 151 own.php <<<'<?php header("Strict-Transport-Security: max-age=7");'
  put_page 151 none.php <<<'<?php echo 1;'
  call vhost-apply "$(names 151 php site151.example),\"forceHttps\":true,\"hsts\":\"1-day\"" 9
  [[ $(remembered /own.php) == max-age=7 && $(remembered /none.php) == max-age=86400 ]]
  call php-remove '"site":151' 9
}

@test "every site answers over HTTP/2, to whoever asks for it" {
  call vhost-apply "$(names 151 static site151.example)" 9
  https site151.example / --http2 --write-out '%{http_version}\n%{http_code}'; [[ $code == 200 && $output == *2 ]] || { echo "$output"; return 1; }
  https site151.example / --http1.1 --write-out '%{http_version}\n%{http_code}'; [[ $code == 200 && $output == *1.1 ]]
}

has_http3() { [[ $(nginx -V 2>&1) == *--with-http_v3_module* ]]; }
told_of_http3() {
  curl -sik --connect-to ::127.0.0.1:443 "https://$1/" | tr -d '\r' | sed -n 's/^Alt-Svc: //pI'
}

# Until they have ended, nginx' workers of before the reload take in datagrams, and answer no new visitor's.
no_worker_of_before() { ! pgrep --full 'nginx: worker process is shutting down' >/dev/null; }

@test "http3: answered where it is wanted, with the site's own certificate, and browsers are told; elsewhere not" {
  has_http3 || skip 'this nginx was built without it'
  tls 151 '"quic":"on"'
  done_well true
  soon no_worker_of_before
  for name in site151.example www.site151.example; do
    output=$(curl -s --http3-only --cacert "$(certificate)" --connect-to ::127.0.0.1:443 -w ' %{http_version}' https://$name/)
    [[ $output == *site151.example*' 3' ]] || { echo "$output"; return 1; }
  done
  [[ $(curl -s --http3-only -k --connect-to ::127.0.0.1:443 -w '%{redirect_url}' -o /dev/null https://led151.example/x) == https://site151.example/x ]]
  [[ $(told_of_http3 site151.example) == 'h3=":443"; ma=86400' && -z $(told_of_http3 site152.example) ]]
  [[ $(curl -si -H 'Host: site151.example' http://127.0.0.1/) != *Alt-Svc* ]]
  refute curl -sk --http3-only --max-time 5 --connect-to ::127.0.0.1:443 https://site152.example/ -o /dev/null --fail
  # Another reload, and it still answers.
  call vhost-apply "$(names 152 static site152.example '"again.example"')" 9
  soon no_worker_of_before
  curl -s --http3-only --fail --cacert "$(certificate)" --connect-to ::127.0.0.1:443 https://site151.example/ >/dev/null
}

@test "http3: turned off browsers are told so, and get an answer over TCP" {
  tls 151 '"quic":"clear"'
  [[ $(told_of_http3 site151.example) == clear ]]
  https site151.example /; [[ $code == 200 ]]
  refute curl -sk --http3-only --max-time 5 --connect-to ::127.0.0.1:443 https://site151.example/ -o /dev/null --fail
  tls 151 '"quic":"off"'
  [[ -z $(told_of_http3 site151.example) ]]
}

@test "http3: where nginx has none, a site that wants it answers all the same, and browsers are not sent there" {
  ! has_http3 || skip 'this nginx has it'
  tls 151 '"quic":"on"'
  done_well true
  https site151.example /; [[ $code == 200 ]]
  [[ $(told_of_http3 site151.example) == clear ]]
}

# A handshake with site 151: VERSION OPTION…
handshake() {
  printf 'GET / HTTP/1.1\r\nHost: site151.example\r\nConnection: close\r\n\r\n' |
    openssl s_client -connect 127.0.0.1:443 -servername site151.example "-$1" -ign_eof "${@:2}" 2>/dev/null
}

@test "a TLS session is resumed from the workers' memory, also after a reload, and by no key that would have to be changed" {
  local version
  for version in tls1_2 tls1_3; do
    handshake $version -sess_out "$BATS_TEST_TMPDIR/$version" | grep -q '^New, '
    # A ticket that holds the session under a key of the server's has far more than the 32 bytes of a mere name of it.
    (($(openssl sess_id -noout -text -in "$BATS_TEST_TMPDIR/$version" | grep -c '^ *00[0-9a-f]0 - ') <= 2))
  done
  call vhost-apply "$(names 152 static site152.example '"reloaded.example"')" 9
  for version in tls1_2 tls1_3; do
    handshake $version -sess_in "$BATS_TEST_TMPDIR/$version" | grep -q '^Reused, ' || { echo $version; return 1; }
  done
}

@test "what a site wants of TLS outlives an upgrade, and the host's inventory tells it" {
  local file=/etc/berth/nginx/sites/151.conf
  tls 151 '"forceHttps":true,"hsts":"1-day"'
  sed -i 's/^# Written by Berth.*/# Written by an earlier release./' $file
  cp $file /var/lib/berth/host/nginx/good/151.conf
  "$VERBS/setup" install >/dev/null 2>&1
  [[ $(head -1 $file) == '# Written by Berth'* && $(remembered /) == max-age=86400 ]]
  verb host-inventory
  [[ $(said '.result.sites[] | select(.numbers | index(151)) | .has | map(select(startswith("Tls="))) | sort | join(" ")') == 'Tls=forced Tls=hsts-1-day' ]] || { show; return 1; }
}

@test "unknown names and addresses get a page of Berth and nothing of any site" {
  local host
  for host in nobody.example 127.0.0.1 _ '' panel.example.com; do
    http "$host" /; [[ $code == 404 || $code == 400 ]]; [[ $output != *site15* ]]
  done
  http nobody.example / -H 'Accept-Language: de-AT,de;q=0.9'
  [[ $output == *'Keine Website'* ]]
  http nobody.example /index.html; [[ $code == 404 ]]
}

@test "remove: the name answers as unknown, logs are gone, a second call changes nothing" {
  make_site 164 static site164.example
  http site164.example /; [[ $code == 200 ]]
  touch /etc/berth/nginx/sites/164.conf.new /var/lib/berth/host/nginx/candidate-164.conf
  verb vhost-remove '"site":164' 9
  done_well true
  http site164.example /; [[ $code == 404 ]]
  [[ ! -e /var/lib/berth/tls/164 && ! -e /var/log/nginx/sites/164.access.log && ! -e /var/lib/berth/host/names/site164.example ]]
  [[ -z $(find /etc/berth/nginx /var/lib/berth/host/nginx -name '*164*') ]]
  verb vhost-remove '"site":164' 9
  done_well false
  wipe_site 164
}

@test "logs: rotation opens nginx's logs again and follows no link" {
  http site152.example /before
  logrotate --force --state "$BATS_TEST_TMPDIR/state" /etc/berth/logrotate.conf
  [[ -s /var/log/nginx/sites/152.access.log.1 ]]
  http site152.example /after-rotation
  soon grep -q after-rotation /var/log/nginx/sites/152.access.log
  [[ $(stat -c %U:%a /var/log/nginx/sites) == root:710 ]]
}

@test "one address has so many requests at work and no more, however few connections they come over; all of loopback are one" {
  local from to
  local -a visitors=()
  truncate --size 8M /srv/sites/s_151/current/public/slow
  for from in 127.0.0.1 127.0.0.2 ::1; do
    to=127.0.0.1
    [[ $from != *:* ]] || to="[$from]"
    timeout 60 curl --silent --insecure --http2 --parallel --parallel-max 300 --limit-rate 1k --output /dev/null \
      --write-out '%{stderr}%{http_code}\n' --interface "$from" --connect-to "::$to:443" 'https://site151.example/slow?[1-200]' \
      2>"$BATS_TEST_TMPDIR/codes$from" 3>&- &
    visitors+=("$!")
  done
  soon have_been_refused 100
  [[ $(curl -sk -o /dev/null -w '%{http_code}' --connect-to "::$(hostname -I | cut -d' ' -f1):443" https://site152.example/) == 200 ]]
  kill "${visitors[@]}"
  run ! have_been_refused 101
}
have_been_refused() {
  (($(cat "$BATS_TEST_TMPDIR"/codes* | grep -c '^429$') >= $1))
}
