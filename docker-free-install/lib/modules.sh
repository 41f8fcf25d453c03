# shellcheck shell=bash
# The modules: which there are, in which order, and how they are run.

# Prints a setting of a module: the words of its line `NAME=(…)`.
module_words() {
  sed -n "s/^$2=(\(.*\))\$/\1/p" "$INSTALL_HOME/modules/$1.sh"
}

# Prints all modules so that each comes after those it needs.
modules_sorted() {
  local file module need
  for file in "$INSTALL_HOME"/modules/*.sh; do
    module=$(basename "$file" .sh)
    printf '%s %s\n' "$module" "$module"
    for need in $(module_words "$module" needs); do
      [[ -f $INSTALL_HOME/modules/$need.sh ]] || {
        printf 'module %s needs %s, which does not exist\n' "$module" "$need" >&2
        return 1
      }
      printf '%s %s\n' "$need" "$module"
    done
  done | tsort
}

# Prints the modules without which a site would not be served any more.
modules_of_sites() {
  local file
  for file in "$INSTALL_HOME"/modules/*.sh; do
    if grep -q '^serves_sites=yes$' "$file"; then
      basename "$file" .sh
    fi
  done
}

module_run() {
  bash "$INSTALL_HOME/lib/run.sh" "$1" "$2"
}
