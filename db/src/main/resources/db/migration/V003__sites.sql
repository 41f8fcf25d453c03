-- Sites, the names they answer to, what they may use.
create table plan (
  id            bigint      not null auto_increment,
  name          varchar(60) not null,
  memory_mib    int         not null,
  cpu_percent   int         not null comment '100 is one core',
  tasks         int         not null,
  io_weight     int         not null comment '1 to 10000, 100 is usual',
  php_children  int         not null,
  is_default    boolean     not null default false,
  primary key (id),
  unique key plan_name (name)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

insert into plan (name, memory_mib, cpu_percent, tasks, io_weight, php_children, is_default)
values ('Standard', 512, 100, 100, 100, 5, true);

create table site (
  id             bigint       not null auto_increment comment 'never reused; the Linux user is s_<id>',
  name           varchar(253) not null comment 'canonical host name, ASCII form',
  type           varchar(20)  not null comment 'STATIC, PHP',
  state          varchar(20)  not null,
  owner_id       bigint       not null,
  plan_id        bigint       not null,
  host           varchar(64)  not null default 'local',
  php_version    varchar(5)   null,
  www            varchar(20)  not null comment 'how www.<name> is treated',
  suspend_reason varchar(500) null,
  suspended_by_administrator boolean not null default false comment 'its owner may not resume it then',
  created_at     datetime(6)  not null,
  deleted_at     datetime(6)  null,
  purge_at       datetime(6)  null,
  version        int          not null default 0,
  primary key (id),
  key site_name (name),
  key site_owner (owner_id, name),
  key site_state (state, purge_at),
  constraint site_of_owner foreign key (owner_id) references account (id),
  constraint site_of_plan foreign key (plan_id) references plan (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Every name any site answers to: the one place where a name is taken or free.
create table site_host_name (
  name     varchar(253) not null,
  site_id  bigint       not null,
  kind     varchar(10)  not null comment 'CANONICAL, WWW, ALIAS',
  primary key (name),
  key site_host_name_site (site_id),
  constraint site_host_name_of_site foreign key (site_id) references site (id) on delete cascade
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- One row, locked while names are compared with their parents and children.
create table site_name_registry (
  id tinyint not null,
  primary key (id)
) engine = InnoDB;
insert into site_name_registry values (1);

-- Lease order per site; outlives the site. The epoch is raised when Berth's own database is restored.
create table site_fence (
  site_id bigint not null,
  epoch   int    not null,
  token   bigint not null,
  primary key (site_id)
) engine = InnoDB;

create table preview_link (
  hash       char(64)    not null comment 'SHA-256 of the token, hexadecimal',
  site_id    bigint      not null,
  created_at datetime(6) not null,
  expires_at datetime(6) not null,
  primary key (hash),
  key preview_link_age (expires_at),
  constraint preview_link_of_site foreign key (site_id) references site (id) on delete cascade
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
