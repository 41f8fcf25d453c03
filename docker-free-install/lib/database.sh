# shellcheck shell=bash
# The panel's database: how it is made, asked, dumped and replaced. For the installer, the upgrade and restore-database.

readonly PANEL_DATABASE=/run/berth/db/berth.sock

in_database() {
  mariadb --no-defaults --socket="$PANEL_DATABASE" --skip-column-names "$@"
}

# The account is the operating system's: there is no password to keep or to lose.
make_schema() {
  wait_until 30 mariadb-admin --no-defaults --socket="$PANEL_DATABASE" --silent ping
  in_database <<'SQL'
CREATE DATABASE IF NOT EXISTS berth CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE USER IF NOT EXISTS 'berth'@'localhost' IDENTIFIED VIA unix_socket;
GRANT ALL ON berth.* TO 'berth'@'localhost';
DROP DATABASE IF EXISTS test;
SQL
}

dump_database() {
  mariadb-dump --no-defaults --socket="$PANEL_DATABASE" --single-transaction --routines --triggers berth
}

# is_whole COMMAND… : whether the dump that the command prints is; it says so at its end.
is_whole() {
  [[ $("$@" | tail -n 1) == '-- Dump completed'* ]]
}

# replace_database COMMAND… : the dump that the command prints takes the place of all that is there. It is read into a schema
# beside first, so that there is always a whole one, and put in place by one statement. May be broken off and done again.
replace_database() {
  local swap
  is_whole "$@" || { printf 'the dump is not whole: %s\n' "$*"; return 1; }
  in_database -e 'DROP DATABASE IF EXISTS berth_new; DROP DATABASE IF EXISTS berth_old; CREATE DATABASE berth_old;
    CREATE DATABASE berth_new CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci' &&
    "$@" | in_database berth_new &&
    in_database berth_new -e 'SELECT 1 FROM flyway_schema_history LIMIT 1' >/dev/null &&
    swap=$(in_database -e "SELECT GROUP_CONCAT(table_schema, '.', table_name, ' TO ',
        IF(table_schema = 'berth', 'berth_old', 'berth'), '.', table_name ORDER BY table_schema SEPARATOR ', ')
      FROM information_schema.tables WHERE table_schema IN ('berth', 'berth_new')") &&
    in_database -e "RENAME TABLE $swap; DROP DATABASE berth_new; DROP DATABASE berth_old"
}
