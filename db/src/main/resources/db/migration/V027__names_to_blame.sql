-- What keeps a certificate from being renewed, and whether that goes away by itself.
alter table site_certificate
  change elsewhere blamed text not null default '[]' comment 'JSON array: names without which the last attempt might have succeeded',
  add column lasting boolean not null default false comment 'the last attempt cannot succeed until something else is changed' after failures,
  add column looked_job bigint null comment 'the newest change of the site that was looked at' after last_job;

-- What was given up for good is tried once more, and from then on weekly.
update site_certificate set lasting = true, due_at = utc_timestamp(6) where failures > 0 and due_at is null;

update certificate set alarm_at = ended_at where state = 'REVOKED' and served_site_id is not null;
