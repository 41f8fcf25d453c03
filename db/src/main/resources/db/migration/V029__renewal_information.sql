-- Authorities that offer renewal information and never give any: their lists of revoked certificates are looked at, too.
alter table site_certificate
  add column told_at datetime(6) null comment 'when the authority said last when it wants the certificate renewed' after ask_at;
