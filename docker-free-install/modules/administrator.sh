# shellcheck shell=bash
# The first administrator, with a password that is valid once. An account that exists is left alone.
needs=(panel)
serves_sites=no

readonly API=http://localhost/api/v1

api() {
  curl --silent --show-error --max-time 30 --unix-socket /run/berth/front/cli.sock \
    --header 'Accept: application/json' "$@"
}

configure() {
  run "make administrator $BERTH_ADMIN, if there is none" make_administrator
}

make_administrator() {
  local status
  status=$(api --output "$BERTH_RUN_DIR/users" --write-out '%{http_code}' "$API/users?role=ADMINISTRATOR&limit=1")
  if [[ $status == 200 ]] && jq -e '[.items[] | select(.role == "ADMINISTRATOR")] | length > 0' \
    "$BERTH_RUN_DIR/users" >/dev/null; then
    return 0
  fi
  status=$(jq -n --arg login "$BERTH_ADMIN" '{login: $login, role: "ADMINISTRATOR", displayName: "Administrator"}' \
    | api --output "$BERTH_RUN_DIR/user" --write-out '%{http_code}' --header 'Content-Type: application/json' \
      --data @- "$API/users")
  if [[ $status != 201 ]]; then
    jq -c 'del(.oneTimePassword)' "$BERTH_RUN_DIR/user" || true
    return 1
  fi
  (umask 077 && jq -r .oneTimePassword "$BERTH_RUN_DIR/user" >"$BERTH_RUN_DIR/one-time-password")
  rm "$BERTH_RUN_DIR/user"
  mark_changed "administrator $BERTH_ADMIN"
}
