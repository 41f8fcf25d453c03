-- Who did what, on what, when, from where, with which result.
create table audit_entry (
  id          bigint       not null auto_increment,
  at          datetime(6)  not null,
  actor_id    bigint       null comment 'null: the host itself or nobody known',
  actor_name  varchar(64)  not null,
  via         varchar(10)  not null comment 'WEB, REST, CLI, SYSTEM',
  address     varchar(45)  not null,
  action      varchar(60)  not null comment 'domain:action',
  target_type varchar(20)  not null,
  target_id   bigint       null,
  target_name varchar(254) not null,
  result      varchar(10)  not null comment 'DONE, REFUSED, DENIED, FAILED',
  detail      varchar(2000) not null default '',
  job_id      bigint       null,
  primary key (id),
  key audit_entry_at (at),
  key audit_entry_actor (actor_id, id),
  key audit_entry_target (target_type, target_id, id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
