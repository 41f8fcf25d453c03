# shellcheck shell=bash
# The database server of the sites, as its root over the local socket. Statements come on standard input, never as
# arguments, which every process could read.

# Without option files: those could name another server. Without TLS, which a local socket does not need.
ask_mariadb() {
  mariadb --no-defaults --protocol=socket --socket=/run/mysqld/mysqld.sock --user=root --batch --skip-column-names \
    --skip-ssl --default-character-set=utf8mb4
}

# For a statement without which the verb cannot go on.
databases_fail() {
  fail 5 databases-down "The sites' MariaDB did not do what it was asked." \
    "It does not answer, or it refused; the log of this step has its words." \
    "See that it runs (systemctl status mariadb), then repeat this."
}

# The site's own way there, the only one in its sandbox: a socket with a limit of connections behind it (berth-db@).
know_way() {
  way_folder=/run/berth/databases/$site
  way=$way_folder/mysqld.sock
}

# Opens it beside what the verb does next, until way_holds.
open_way() {
  opening_way=''
  is_listening db "$way" || change "open a way to the databases for site $site" ask_for_way
}

ask_for_way() {
  # However the verb ends, it does not end before the answer. What was there before stays.
  is_heard_of db "$way" || undo+=(close_way)
  undo+=(await_way)
  listen db "$way" &
  opening_way=$!
}

await_way() {
  wait "$opening_way" || :
}

# Waits until it is open; fails if it could not be opened.
way_holds() {
  [[ -z $opening_way ]] || wait "$opening_way"
}

close_way() {
  stop_listening db
  systemctl stop "berth-db@$site.service"
  rm -rf -- "$way_folder"
}
