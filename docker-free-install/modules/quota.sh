# shellcheck shell=bash
# Limits of the disk, kept by the kernel where it can without a restart of the host; a unit turns them on again at every
# start. Where it cannot, Berth counts instead, and what would help is said at the end.
needs=(sites)
serves_sites=yes

readonly QUOTA_ON=/usr/lib/berth/current/host-scripts/libexec/quota-on

configure() {
  local entry='' said code=0
  if dry_run; then
    systemctl is-enabled --quiet berth-quota.service 2>/dev/null ||
      plan 'have the kernel keep limits of the disk, if it can'
    return 0
  fi
  # Whoever has quotas already keeps them.
  "$QUOTA_ON" --state || entry=$(journal_note turn_off_quota)
  said=$("$QUOTA_ON" --count) || code=$?
  case $code in
    0)
      [[ -z $entry ]] || mark_changed quotas
      enable_unit berth-quota.service
      ;;
    3)
      journal_drop "$entry"
      printf '%s\n' "$said"
      printf 'Limits of disk space are counted, but not kept by the kernel. %s\n' "$said" >"$BERTH_RUN_DIR/hints"
      ;;
    *) return 1 ;;
  esac
}

# Only what was turned on can fail to be.
verify() {
  ! systemctl is-enabled --quiet berth-quota.service 2>/dev/null || "$QUOTA_ON" --state
}
