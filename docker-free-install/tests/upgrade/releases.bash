# shellcheck shell=bash
# The releases that the tests go from and to. Only the first of them is built anew: the others are that of this checkout
# with another version, another migration, or without its program, which takes seconds.
bats_require_minimum_version 1.5.0

LAB=$BATS_TEST_DIRNAME/../../lab.sh
CHECKOUT=$(cd "$BATS_TEST_DIRNAME/../../.." && pwd)

on() {
  "$LAB" exec "$HOST" -- "$@"
}

release_of_checkout() {
  find "$CHECKOUT/docker-free-install/target" -maxdepth 1 -name 'berth-[0-9]*.tar.gz' -print -quit
}

version_of() {
  basename "$1" .tar.gz | sed 's/^berth-//'
}

# Prints the tree of the commit before. A shallow clone fetches that commit from where it came from.
tree_before() {
  git -C "$CHECKOUT" rev-parse --verify --quiet 'HEAD~1^{tree}' || {
    [[ $(git -C "$CHECKOUT" rev-parse --is-shallow-repository) == true ]] &&
      GIT_TERMINAL_PROMPT=0 timeout 60 git -C "$CHECKOUT" fetch --quiet --deepen=1 --no-auto-maintenance >&2 3>&- &&
      git -C "$CHECKOUT" rev-parse --verify --quiet 'HEAD~1^{tree}'
  }
}

# Prints the release of the commit before, built once and kept beside the lab's trees. Where that commit is not to be had,
# the release of the checkout stands for it, which the test's output says.
release_before() {
  local folder=${BERTH_LAB_DIR:-/var/cache/berth-lab}/before tree
  tree=$(tree_before) || {
    printf '# NOT from the commit before, which is not to be had here: from this one to itself. In a clone with history it is: git fetch --unshallow\n' >&3
    release_of_checkout
    return 0
  }
  if [[ ! -d $folder/$tree ]]; then
    rm -rf "$folder" "$BATS_FILE_TMPDIR/before"
    mkdir -p "$folder" "$BATS_FILE_TMPDIR/before"
    git -C "$CHECKOUT" archive 'HEAD~1' | tar -xf - -C "$BATS_FILE_TMPDIR/before"
    # It was released as it is, however its lines are broken.
    (cd "$BATS_FILE_TMPDIR/before" && mvn -B -q package -DskipTests -Dspotless.check.skip) >&2
    mv "$BATS_FILE_TMPDIR/before/docker-free-install/target" "$folder/$tree"
    rm -rf "$BATS_FILE_TMPDIR/before"
  fi
  find "$folder/$tree" -maxdepth 1 -name 'berth-[0-9]*.tar.gz' -print -quit
}

# Brings the checkout's release into the host, unpacked in /root as berth-VERSION.
bring_release() {
  on tar -xzf - -C /root --no-same-owner <"$(release_of_checkout)"
}

# bring VERSION : beside it, all but the program, which is standard input.
bring() {
  on cp -al "/root/berth-$(version_of "$(release_of_checkout)")" "/root/berth-$1"
  on bash -c 'cat >"$1.new" && mv "$1.new" "$1"' _ "/root/berth-$1/berth.war"
}

# program VERSION [MIGRATION SQL]… : that of the checkout, with another version and more migrations.
program() {
  local version=$1 folder=$BATS_FILE_TMPDIR/$1 maven=META-INF/maven/org.berth/berth-panel-ejb
  shift
  mkdir -p "$folder/part/$maven" "$folder/part/db/migration"
  (
    cd "$folder"
    tar -xzOf "$(release_of_checkout)" --wildcards '*/berth.war' >berth.war
    jar -xf berth.war WEB-INF/lib
    printf 'version=%s\n' "$version" >"part/$maven/pom.properties"
    jar -uf WEB-INF/lib/berth-panel-ejb-*.jar -C part "$maven/pom.properties"
    while (($#)); do
      printf '%s\n' "$2" >"part/db/migration/$1.sql"
      shift 2
    done
    jar -uf WEB-INF/lib/berth-db-*.jar -C part db
    jar -uf berth.war WEB-INF/lib/berth-{db,panel-ejb}-*.jar
    cat berth.war
  )
  rm -rf "$folder"
}

# A program that cannot be started.
broken_program() {
  mkdir -p "$BATS_FILE_TMPDIR/empty/WEB-INF"
  printf '<web-app><servlet><servlet-name>a</servlet-name><servlet-class>gone.Gone</servlet-class>' \
    >"$BATS_FILE_TMPDIR/empty/WEB-INF/web.xml"
  jar -cf "$BATS_FILE_TMPDIR/empty.war" -C "$BATS_FILE_TMPDIR/empty" .
  cat "$BATS_FILE_TMPDIR/empty.war"
}
