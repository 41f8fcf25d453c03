-- What somebody confirmed has to outlive the job that it was confirmed for: the clock goes on with it.
alter table site_certificate
  add column untrusted boolean not null default false
    comment 'whether browsers need not trust it, although they trust what is served' after directory_id;
