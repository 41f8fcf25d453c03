# shellcheck shell=bash
# The database server of the sites, as its root over the local socket. Statements come on standard input, never as
# arguments, which every process could read.

# Without option files: those could name another server. Without TLS, which a local socket does not need.
ask_mariadb() {
  mariadb --no-defaults --connect-timeout=10 --protocol=socket --socket=/run/mysqld/mysqld.sock --user=root --batch \
    --skip-column-names --skip-ssl --default-character-set=utf8mb4
}

# Conditions on a row `u` of mysql.global_priv, a site's user: it has no right beyond its database and may log in by its
# password alone, not too often at a time; and its one right is the whole of that on its database, nor may it act as another. An underscore in a grant stands for any
# character, hence the backslash (92).
of_site='user = u.user AND host = u.host'
# shellcheck disable=SC2034  # used by the verbs
readonly database_user_as_made="(COALESCE(JSON_VALUE(u.priv, '\$.access'), 0) = 0
    AND COALESCE(JSON_VALUE(u.priv, '\$.max_user_connections'), 0) = 40
    AND COALESCE(JSON_VALUE(u.priv, '\$.max_questions'), 0) = 0 AND COALESCE(JSON_VALUE(u.priv, '\$.max_updates'), 0) = 0
    AND COALESCE(JSON_VALUE(u.priv, '\$.max_connections'), 0) = 0
    AND COALESCE(JSON_VALUE(u.priv, '\$.max_statement_time'), 0) = 0 AND COALESCE(JSON_VALUE(u.priv, '\$.ssl_type'), 0) = 0
    AND JSON_VALUE(u.priv, '\$.plugin') = 'mysql_native_password' AND NOT JSON_EXISTS(u.priv, '\$.auth_or[*].plugin')
    AND COALESCE(JSON_VALUE(u.priv, '\$.account_locked'), '0') IN ('0', 'false'))" \
  database_rights_as_made="((SELECT COUNT(*) FROM mysql.db WHERE $of_site) = 1
    AND EXISTS (SELECT 1 FROM mysql.db WHERE $of_site AND db = CONCAT('s', CHAR(92), '_', SUBSTRING(u.user, 3))
      AND CONCAT(select_priv, insert_priv, update_priv, delete_priv, create_priv, drop_priv, alter_priv, index_priv, grant_priv)
        = 'YYYYYYYYN')
    AND NOT EXISTS (SELECT 1 FROM mysql.tables_priv WHERE $of_site) AND NOT EXISTS (SELECT 1 FROM mysql.columns_priv WHERE $of_site)
    AND NOT EXISTS (SELECT 1 FROM mysql.procs_priv WHERE $of_site)
    AND NOT EXISTS (SELECT 1 FROM mysql.roles_mapping WHERE $of_site) AND NOT EXISTS (SELECT 1 FROM mysql.proxies_priv
      WHERE $of_site AND NOT (proxied_user = user AND proxied_host = host)))"

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

# Whether connections over it may still be open, though it may be closed for new ones.
is_way_in_use() {
  local root=/sys/fs/cgroup
  [[ ! -d $root/systemd ]] || root=$root/systemd
  { read -r _ <"$root/berth.slice/berth-db.slice/berth-db@$site.service/cgroup.procs"; } 2>/dev/null
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
