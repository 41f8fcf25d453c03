# shellcheck shell=bash
# The distribution's packages: web server, databases, PHP, Redis, restic, a JRE and the tools the verbs use.
needs=()
serves_sites=yes

configure() {
  local -a packages
  mapfile -t packages < <(stack_packages "$BERTH_DISTRIBUTION" "$BERTH_DISTRIBUTION_RELEASE")
  install_packages "${packages[@]}"
}

verify() {
  local java
  java=$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')
  ((java >= 17))
  nginx -v
  restic version
  # shellcheck disable=SC2016 # PHP, not shell
  php -r 'foreach (["curl", "dom", "exif", "fileinfo", "igbinary", "imagick", "intl", "mbstring", "mysqli", "openssl",
      "xml", "zip", "gd", "sodium"] as $name) { if (!extension_loaded($name)) { fwrite(STDERR, $name); exit(1); } }'
}
