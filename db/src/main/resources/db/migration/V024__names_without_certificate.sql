-- Names that a site has and its certificate has not.
alter table site_certificate
  add column uncovered text not null default '[]' comment 'JSON array: names that what is served is not for, although nobody left them out' after wildcards,
  add column elsewhere text not null default '[]' comment 'JSON array: names that did not lead here at the last attempt' after uncovered;

-- Sites that were changed lately are looked for each minute.
alter table job add key job_finished (finished_at);
