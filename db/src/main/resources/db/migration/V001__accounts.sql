-- People and what they may do.
create table account (
  id                  bigint       not null auto_increment,
  login               varchar(32)  not null comment 'lower case, as typed at login',
  display_name        varchar(100) not null,
  email               varchar(254) null,
  role                varchar(20)  not null comment 'ADMINISTRATOR, OWNER',
  state               varchar(20)  not null comment 'ACTIVE, DISABLED',
  password_hash       varchar(255) not null comment 'Argon2id in modular crypt format',
  password_one_time   boolean      not null default false comment 'must be replaced at the next login',
  password_expires_at datetime(6)  null comment 'a one-time password that nobody used stops working',
  session_epoch       int          not null default 0 comment 'raised to end every session: new password, disabled',
  language            varchar(8)   null,
  theme               varchar(8)   not null default 'system',
  time_zone           varchar(64)  null,
  last_login_at       datetime(6)  null,
  created_at          datetime(6)  not null,
  version             int          not null default 0,
  primary key (id),
  unique key account_login (login)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table api_token (
  id           bigint      not null auto_increment,
  account_id   bigint      not null,
  name         varchar(60) not null,
  hash         char(64)    not null comment 'SHA-256 of the secret, hexadecimal; the secret itself is shown once',
  created_at   datetime(6) not null,
  expires_at   datetime(6) null,
  last_used_at datetime(6) null,
  primary key (id),
  unique key api_token_hash (hash),
  key api_token_account (account_id),
  constraint api_token_of_account foreign key (account_id) references account (id) on delete cascade
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table login_attempt (
  id         bigint      not null auto_increment,
  bucket     varchar(80) not null comment 'account:<login> or address:<address>',
  failed_at  datetime(6) not null,
  primary key (id),
  key login_attempt_bucket (bucket, failed_at),
  key login_attempt_age (failed_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
