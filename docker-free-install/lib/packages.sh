# shellcheck shell=bash
# The distribution packages Berth stands on, for the installer and for the lab's base trees.

# PHP extensions that WordPress lists as required, recommended or useful for caching.
readonly BERTH_PHP_EXTENSIONS=(
  curl xml mbstring intl zip gd imagick igbinary mysql bcmath apcu redis
)

# Prints one package a line for the given distribution ("debian" or "ubuntu") and release ("13", "24.04").
stack_packages() {
  local distribution=$1 release=$2 extension
  printf '%s\n' \
    nginx mariadb-server mariadb-client restic default-jre-headless \
    sudo curl jq acl openssl nftables quota ca-certificates procps iproute2 util-linux logrotate python3-minimal \
    php-fpm php-cli
  for extension in "${BERTH_PHP_EXTENSIONS[@]}"; do
    printf 'php-%s\n' "$extension"
  done
  # Valkey is not in every release; Redis is, and both speak the same protocol.
  printf 'redis-server\n'
  case "$distribution/$release" in
    # Ubuntu's default JRE there is Java 11.
    ubuntu/22.04) printf 'openjdk-17-jre-headless\n' ;;
  esac
}
