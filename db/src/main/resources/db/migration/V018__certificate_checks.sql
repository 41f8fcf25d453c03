-- What the last look at a site's names and certificate found.
create table certificate_check (
  site_id    bigint      not null,
  checked_at datetime(6) not null,
  report     mediumtext  not null comment 'JSON',
  primary key (site_id),
  constraint certificate_check_of_site foreign key (site_id) references site (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
