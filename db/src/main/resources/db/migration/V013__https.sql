-- How a site leads its visitors to HTTPS.
alter table site
  add column force_https boolean not null default false comment 'whether HTTP leads to HTTPS',
  add column hsts varchar(20) not null default 'OFF' comment 'how long browsers are told to keep to HTTPS',
  add column hsts_told boolean not null default false comment 'whether they ever were: then they are told to forget it',
  add constraint site_hsts_words check (
    binary hsts in ('OFF', 'FIVE_MINUTES', 'ONE_DAY', 'ONE_YEAR', 'PRELOAD'));
