# shellcheck shell=bash
# A second PHP for a Debian 13 host: Debian 12's PHP 8.2 beside 8.4, with the libraries that Debian 13 has dropped.
# It is copied out of the lab's own tree of Debian 12, not installed: the two releases' packages exclude each other.

# build_php82 UPPER BOOKWORM-STACK BOOKWORM-BASE LAYER…
build_php82() {
  local upper=$1 stack=$2 base=$3
  shift 3
  mkdir -p "$upper.from"
  mount -t overlay overlay -o "ro,lowerdir=$stack:$base" "$upper.from"
  lab_with_overlay "$upper" "$@" -- copy_php82 "$upper.from" "$upper.root"
  umount "$upper.from"
}

copy_php82() {
  local from=$1 to=$2 path
  local -a programs=(usr/sbin/php-fpm8.2 usr/bin/php8.2) libraries
  for path in "${programs[@]}" etc/php/8.2 usr/lib/php/8.2 usr/lib/php/20220829 usr/share/php8.2* var/lib/php/modules/8.2; do
    [[ -e $from/$path ]] || continue
    mkdir -p "$to/$(dirname "$path")"
    cp -aT "$from/$path" "$to/$path"
  done
  # Round after round, because a copied library may need another one.
  while :; do
    mapfile -t libraries < <(chroot "$to" /bin/bash -c \
      'ldd "$@" /usr/lib/php/20220829/*.so /usr/local/lib/php82/*.so* 2>/dev/null' _ "${programs[@]/#//}" \
      | awk '/not found/ { print $1 }' | sort -u)
    ((${#libraries[@]})) || break
    copy_libraries "$from" "$to" "${libraries[@]}"
  done
  chroot "$to" /usr/bin/php8.2 -r 'exit(extension_loaded("mysqli") && extension_loaded("imagick") ? 0 : 1);'
}

copy_libraries() {
  local from=$1 to=$2 name found
  shift 2
  mkdir -p "$to/usr/local/lib/php82"
  printf '/usr/local/lib/php82\n' >"$to/etc/ld.so.conf.d/php82.conf"
  for name in "$@"; do
    found=$(find "$from/usr/lib" -name "$name" -print -quit)
    [[ -n $found ]] || lab_die "PHP 8.2 needs $name, which Debian 12 does not have either"
    cp -L "$found" "$to/usr/local/lib/php82/$name"
  done
  chroot "$to" /sbin/ldconfig
}
