-- Sites that nobody has chosen anything for get a certificate by themselves. Where terms were agreed to before, an
-- administrator turns that on.
alter table acme_directory
  add column automatic boolean not null default false comment 'as the default: sites without a certificate get one by themselves' after is_default,
  add column email_told boolean not null default false comment 'whether the account there has the e-mail address' after email;

update acme_directory set automatic = terms_agreed_at is null;

alter table site_certificate
  add column automatic boolean not null default false comment 'nobody has chosen anything, and there is none yet' after directory_id,
  change failed_job last_job bigint null comment 'the newest attempt whose end is counted';
