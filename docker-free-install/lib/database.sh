# shellcheck shell=bash
# The panel's database: how it is asked, dumped and replaced. For the upgrade and for restore-database.

readonly PANEL_DATABASE=/run/berth/db/berth.sock

in_database() {
  mariadb --no-defaults --socket="$PANEL_DATABASE" --skip-column-names "$@"
}

dump_database() {
  mariadb-dump --no-defaults --socket="$PANEL_DATABASE" --single-transaction --routines --triggers berth
}

# Standard input, a dump, takes the place of all that is there.
replace_database() {
  in_database -e 'DROP DATABASE IF EXISTS berth; CREATE DATABASE berth CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci' &&
    in_database berth
}
