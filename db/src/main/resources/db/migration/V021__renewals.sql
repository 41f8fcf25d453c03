-- Since when a renewal that is due could not begin.
alter table site_certificate
  add column put_off_at datetime(6) null comment 'since when the attempt that is due could not begin, and not because it failed'
    after ask_at;
