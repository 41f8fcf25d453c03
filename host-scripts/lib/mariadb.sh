# shellcheck shell=bash
# The database server of the sites, as its root over the local socket. Statements come on standard input, never as
# arguments, which every process could read.

# Without option files: those could name another server. Without TLS, which a local socket does not need.
ask_mariadb() {
  mariadb --no-defaults --protocol=socket --socket=/run/mysqld/mysqld.sock --user=root --batch --skip-column-names \
    --skip-ssl --default-character-set=utf8mb4
}
