-- By this the host knows a site after a restore of this database, which raises the epoch.
alter table site_fence
  add column born int not null default 1 comment 'the epoch in which the number was given out';
