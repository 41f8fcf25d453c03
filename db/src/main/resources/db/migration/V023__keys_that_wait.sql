-- Keys that were brought and wait for the host are looked for each minute among all certificates of all sites.
alter table certificate
  add column has_key boolean as (if(sealed_key is null, null, true)) virtual after sealed_key,
  add key certificate_with_key (has_key);
