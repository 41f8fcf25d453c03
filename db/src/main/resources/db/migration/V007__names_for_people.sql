-- A name as people write it, so that a part of it is found; names taken before this are plain ASCII for it.
alter table site_host_name add column shown varchar(253) not null default '' comment 'form for people, lower case';
update site_host_name set shown = name;
