-- Databases of sites on the host's MariaDB.
create table site_database (
  id         bigint       not null auto_increment,
  site_id    bigint       not null,
  name       varchar(64)  not null,
  user_name  varchar(32)  not null,
  secret     varchar(500) not null comment 'password, encrypted with the host''s key',
  created_at datetime(6)  not null,
  primary key (id),
  unique key site_database_site (site_id, name),
  constraint site_database_of_site foreign key (site_id) references site (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
