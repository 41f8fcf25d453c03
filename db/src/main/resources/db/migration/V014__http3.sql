-- Whether a site also answers over HTTP/3.
alter table site
  add column http3 boolean not null default false,
  add column http3_told boolean not null default false comment 'whether browsers ever heard of it: then they are told when it ends';
