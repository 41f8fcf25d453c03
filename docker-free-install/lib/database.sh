# shellcheck shell=bash
# The panel's database: how it is asked, dumped and replaced. For the upgrade and for restore-database.

readonly PANEL_DATABASE=/run/berth/db/berth.sock

in_database() {
  mariadb --no-defaults --socket="$PANEL_DATABASE" --skip-column-names "$@"
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
