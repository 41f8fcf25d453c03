-- How much of the disk a site may have, and what it has.
alter table plan add column disk_mib int not null default 10240 after php_children;
alter table plan add column files int not null default 500000 comment 'inodes' after disk_mib;

create table site_use (
  site_id    bigint      not null,
  bytes      bigint      not null,
  files      bigint      not null,
  counted_at datetime(6) not null,
  primary key (site_id),
  key site_use_age (counted_at),
  constraint site_use_of_site foreign key (site_id) references site (id) on delete cascade
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
