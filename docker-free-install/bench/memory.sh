# shellcheck shell=bash
# Memory, as proportional set size where several processes share pages.

# Sums the proportional set size of all processes whose command name matches: PATTERN.
pss_mib() {
  local pid sum=0 part
  for pid in $(pgrep --full "$1"); do
    part=$(awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup" 2>/dev/null) || continue
    sum=$((sum + ${part:-0}))
  done
  printf '%d MiB' $((sum / 1024))
}

# Hundredths of a second of CPU time that the process has used: PID.
panel_ticks() {
  awk '{ print $14 + $15 }' "/proc/$1/stat"
}

# Waits until the process uses less than a fiftieth of a core: PID.
until_rests() {
  local begun deadline=$((SECONDS + 120))
  while
    begun=$(panel_ticks "$1")
    sleep 5
    (($(panel_ticks "$1") - begun > 10))
  do
    ((SECONDS < deadline)) || { printf 'bench: process %d never rests\n' "$1" >&2; exit 1; }
  done
}

resident_mib() {
  awk '/^VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$1/status"
}

measure_memory() {
  local pid begun
  pid=$(systemctl show --property MainPID --value berth)
  figure 'panel: resident memory after this run, and its peak' \
    "$(awk '/^VmRSS|^VmHWM/ { printf "%d MiB  ", $2 / 1024 }' "/proc/$pid/status")"
  until_rests "$pid"
  begun=$(panel_ticks "$pid")
  sleep 60
  figure 'panel: CPU at rest, over a minute' "$(awk -v used=$(($(panel_ticks "$pid") - begun)) 'BEGIN { print used / 60 " %" }')"
  figure 'memory: nginx of the sites (PSS)' "$(pss_mib 'nginx: .*/etc/berth/nginx|^nginx: worker')"
  figure 'memory: panel (PSS)' "$(pss_mib '^[^ ]*java .*berth')"
  figure 'memory: database of the panel (PSS)' "$(pss_mib 'mariadbd .*berth')"
  figure 'memory: databases of the sites (PSS)' "$(pss_mib '^/usr/sbin/mariadbd$')"
  figure 'memory: PID 1 (PSS)' "$(awk '/^Pss:/ { printf "%d MiB", $2 / 1024 }' /proc/1/smaps_rollup)"
  figure 'PHP processes of sites, at the end of this run' "$(pgrep --full 'php-fpm: ' | wc -l)"
}
