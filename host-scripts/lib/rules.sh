# shellcheck shell=bash disable=SC2034
# Generated from the verbs' declarations by host-scripts/generate. What each verb lets through: KIND and its limits.
declare -A rules=() texts=()
rules[call.job]='integer 0 9007199254740991' texts[call.job]='a whole number from 0 to 9007199254740991'
rules[call.step]='text 40 [a-z][a-z0-9-]*' texts[call.step]='a step'\''s name (a-z, 0-9 and -)'
rules[call.epoch]='integer 0 9007199254740991' texts[call.epoch]='a whole number from 0 to 9007199254740991'
rules[call.token]='integer 0 9007199254740991' texts[call.token]='a whole number from 0 to 9007199254740991'
rules[call.actor]='text 100 [A-Za-z0-9][A-Za-z0-9._@+-]*' texts[call.actor]='a login'
rules[dryRun]='boolean' texts[dryRun]='true or false'
case $verb in
  acme-challenge)
    wants_call=true is_long=false own_keys=(site challenges present)
    rules[site]='integer 0 29999' texts[site]='a whole number from 0 to 29999'
    rules[challenges]='list 100 text 172 [A-Za-z0-9_-]{22,128}(\.[A-Za-z0-9_-]{43})?' texts[challenges]='a list of challenges, each once'
    rules[present]='boolean' texts[present]='true or false'
    ;;
  certificate-clean)
    wants_call=true is_long=false own_keys=(site)
    rules[site]='integer 0 29999' texts[site]='a whole number from 0 to 29999'
    rules[keep]='integer 1 999999999' texts[keep]='a whole number from 1 to 999999999'
    ;;
  certificate-find)
    wants_call=false is_long=false own_keys=()
    ;;
  certificate-install)
    wants_call=true is_long=false own_keys=(site certificate chain)
    rules[site]='integer 0 29999' texts[site]='a whole number from 0 to 29999'
    rules[certificate]='integer 1 999999999' texts[certificate]='a whole number from 1 to 999999999'
    rules[chain]='pem 49152' texts[chain]='certificates in PEM, the site'\''s own first, then each that signed the one before'
    rules[key]='pem 8192' texts[key]='a private key in PEM, without a password'
    rules[lineage]='text 300 /(etc/letsencrypt(/live|/renewal)?|root/\.acme\.sh)/[A-Za-z0-9*][A-Za-z0-9*._-]*' texts[lineage]='the folder of a certificate of certbot or acme.sh, such as /etc/letsencrypt/live/example.com'
    ;;
  certificate-request)
    wants_call=true is_long=false own_keys=(site certificate keyType)
    rules[site]='integer 0 29999' texts[site]='a whole number from 0 to 29999'
    rules[certificate]='integer 1 999999999' texts[certificate]='a whole number from 1 to 999999999'
    rules[names]='list 100 domain 253 (\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]' texts[names]='a list of host names, each once, also such as *.example.com'
    rules[keyType]='choice ec-256 ec-384 rsa-2048 rsa-3072 rsa-4096' texts[keyType]='one of: ec-256, ec-384, rsa-2048, rsa-3072, rsa-4096'
    ;;
  certificate-withdraw)
    wants_call=true is_long=false own_keys=(site certificate)
    rules[site]='integer 0 29999' texts[site]='a whole number from 0 to 29999'
    rules[certificate]='integer 1 999999999' texts[certificate]='a whole number from 1 to 999999999'
    rules[keep]='boolean' texts[keep]='true or false'
    ;;
  database-create)
    wants_call=true is_long=false own_keys=(site password)
    rules[site]='integer 1 29999' texts[site]='a whole number from 1 to 29999'
    rules[password]='secret 128 [ -~]{12,}' texts[password]='12 to 128 printable ASCII characters'
    ;;
  database-remove)
    wants_call=true is_long=false own_keys=(site)
    rules[site]='integer 1 29999' texts[site]='a whole number from 1 to 29999'
    ;;
  disk-use)
    wants_call=false is_long=false own_keys=()
    ;;
  dns-hook)
    wants_call=true is_long=false own_keys=(site hook present name value)
    rules[site]='integer 0 29999' texts[site]='a whole number from 0 to 29999'
    rules[hook]='text 40 [a-z0-9][a-z0-9-]*' texts[hook]='a file'\''s name below /etc/berth/dns-hooks (a-z, 0-9 and -)'
    rules[present]='boolean' texts[present]='true or false'
    rules[name]='text 253 ([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)+[a-z][a-z0-9-]*[a-z0-9]' texts[name]='a name in the DNS in lower case ASCII, without a full stop at its end, such as _acme-challenge.example.com'
    rules[value]='text 43 [A-Za-z0-9_-]{43}' texts[value]='43 of A-Z, a-z, 0-9, - and _ (RFC 8555, 8.4)'
    ;;
  host-inspect)
    wants_call=false is_long=false own_keys=()
    ;;
  host-inventory)
    wants_call=false is_long=false own_keys=()
    ;;
  php-apply)
    wants_call=true is_long=false own_keys=(site version memoryMiB cpuPercent tasks ioWeight maxChildren)
    rules[site]='integer 1 29999' texts[site]='a whole number from 1 to 29999'
    rules[version]='text 3 [5-9]\.[0-9]' texts[version]='a PHP version such as 8.4'
    rules[memoryMiB]='integer 64 1048576' texts[memoryMiB]='a whole number from 64 to 1048576'
    rules[cpuPercent]='integer 5 25600' texts[cpuPercent]='a whole number from 5 to 25600'
    rules[tasks]='integer 16 32768' texts[tasks]='a whole number from 16 to 32768'
    rules[ioWeight]='integer 1 10000' texts[ioWeight]='a whole number from 1 to 10000'
    rules[maxChildren]='integer 1 500' texts[maxChildren]='a whole number from 1 to 500'
    ;;
  php-remove)
    wants_call=true is_long=false own_keys=(site)
    rules[site]='integer 1 29999' texts[site]='a whole number from 1 to 29999'
    ;;
  site-files-create)
    wants_call=true is_long=false own_keys=(site name shown)
    rules[site]='integer 1 29999' texts[site]='a whole number from 1 to 29999'
    rules[name]='domain 253 ([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]' texts[name]='a host name in lower case ASCII, of at least two labels, such as www.example.com'
    rules[shown]='shown 1000 (([^[:cntrl:][:punct:][:upper:] ]|-)+\.)+([^[:cntrl:][:punct:][:upper:] ]|-)+' texts[shown]='a host name in the form for people, such as bücher.example, without characters that are not seen'
    ;;
  site-files-remove)
    wants_call=true is_long=true own_keys=(site)
    rules[site]='integer 1 29999' texts[site]='a whole number from 1 to 29999'
    ;;
  site-inspect)
    wants_call=false is_long=false own_keys=(site)
    rules[site]='integer 1 29999' texts[site]='a whole number from 1 to 29999'
    ;;
  site-state)
    wants_call=true is_long=false own_keys=(site state)
    rules[site]='integer 1 29999' texts[site]='a whole number from 1 to 29999'
    rules[state]='choice live suspended deleted' texts[state]='one of: live, suspended, deleted'
    ;;
  site-use)
    wants_call=false is_long=false own_keys=(site)
    rules[site]='integer 1 29999' texts[site]='a whole number from 1 to 29999'
    ;;
  site-user-create)
    wants_call=true is_long=false own_keys=(site diskMiB files)
    rules[site]='integer 1 29999' texts[site]='a whole number from 1 to 29999'
    rules[diskMiB]='integer 16 1073741824' texts[diskMiB]='a whole number from 16 to 1073741824'
    rules[files]='integer 100 4294967295' texts[files]='a whole number from 100 to 4294967295'
    rules[born]='integer 0 9007199254740991' texts[born]='a whole number from 0 to 9007199254740991'
    ;;
  site-user-remove)
    wants_call=true is_long=false own_keys=(site)
    rules[site]='integer 1 29999' texts[site]='a whole number from 1 to 29999'
    ;;
  tls-profile)
    wants_call=true is_long=false own_keys=(site profile)
    rules[site]='integer 0 0' texts[site]='a whole number from 0 to 0'
    rules[profile]='choice intermediate modern' texts[profile]='one of: intermediate, modern'
    ;;
  vhost-apply)
    wants_call=true is_long=false own_keys=(site type canonical serve redirect)
    rules[site]='integer 1 29999' texts[site]='a whole number from 1 to 29999'
    rules[type]='choice static php' texts[type]='one of: static, php'
    rules[canonical]='domain 253 ([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]' texts[canonical]='a host name in lower case ASCII, of at least two labels, such as www.example.com'
    rules[serve]='list 100 domain 253 ([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]' texts[serve]='a list of host names, each once'
    rules[redirect]='list 100 domain 253 ([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]' texts[redirect]='a list of host names, each once'
    rules[forceHttps]='boolean' texts[forceHttps]='true or false'
    rules[hsts]='choice off forget 5-minutes 1-day 1-year preload' texts[hsts]='one of: off, forget, 5-minutes, 1-day, 1-year, preload'
    rules[quic]='choice off clear on' texts[quic]='one of: off, clear, on'
    rules[certificate]='integer 1 999999999' texts[certificate]='a whole number from 1 to 999999999'
    ;;
  vhost-remove)
    wants_call=true is_long=false own_keys=(site)
    rules[site]='integer 1 29999' texts[site]='a whole number from 1 to 29999'
    ;;
esac
