-- The panel's own certificate has the number 0 among those of sites, which no site has.
alter table site_certificate
  drop foreign key site_certificate_of_site,
  add column of_site bigint as (nullif(site_id, 0)) persistent comment 'empty for the panel',
  add constraint site_certificate_at_site foreign key (of_site) references site (id);

alter table certificate
  drop foreign key certificate_of_site,
  add column of_site bigint as (nullif(site_id, 0)) persistent comment 'empty for the panel',
  add constraint certificate_at_site foreign key (of_site) references site (id);

alter table certificate_check
  drop foreign key certificate_check_of_site,
  add column of_site bigint as (nullif(site_id, 0)) persistent comment 'empty for the panel',
  add constraint certificate_check_at_site foreign key (of_site) references site (id);
