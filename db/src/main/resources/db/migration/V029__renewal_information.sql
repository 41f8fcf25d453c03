-- Authorities that offer renewal information and never give any: their lists of revoked certificates are looked at, too.
alter table site_certificate
  add column told_at datetime(6) null comment 'when the authority said last when it wants the certificate renewed' after ask_at;

-- Of those that were asked before nothing is known yet, and all their lists at once shall not be asked for.
update site_certificate set told_at = utc_timestamp(6) where ask_at is not null;
