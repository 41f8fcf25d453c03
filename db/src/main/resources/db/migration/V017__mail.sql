-- The server that Berth's mail goes to, and who gets its alarms: one row, or none as long as nobody has named a server.
create table mail_server (
  id         int           not null default 1,
  host       varchar(253)  not null,
  port       int           not null,
  security   varchar(8)    not null,
  login      varchar(254)  null,
  password   varchar(2000) null comment 'encrypted with the host''s key',
  roots      mediumtext    null comment 'PEM: what the server''s TLS is verified by; empty for what Java trusts',
  sender     varchar(254)  not null,
  recipients text          not null comment 'JSON array of addresses',
  language   varchar(2)    not null comment 'for recipients who are nobody''s account or have chosen none',
  alarms     text          not null comment 'JSON array: kinds of alarms that are mailed',
  version    int           not null default 0,
  primary key (id),
  constraint mail_server_alone check (id = 1),
  constraint mail_server_security_words check (binary security in ('NONE', 'STARTTLS', 'TLS')),
  constraint mail_server_language_words check (binary language in ('en', 'de'))
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Mail that goes out: each a message to one recipient.
create table mail (
  id         bigint        not null auto_increment,
  recipient  varchar(254)  not null,
  language   varchar(2)    not null,
  subject    varchar(200)  not null,
  body       mediumtext    not null,
  state      varchar(8)    not null,
  attempts   int           not null default 0,
  created_at datetime(6)   not null comment 'counts for giving up; set again when a person has it sent again',
  next_at    datetime(6)   null comment 'of mail that waits; moved before each attempt, so that a crash only delays',
  ended_at   datetime(6)   null,
  problem_code varchar(60)   null comment 'why the last attempt failed',
  problem_args varchar(2000) null comment 'JSON array',
  version    int           not null default 0,
  primary key (id),
  key mail_due (state, next_at),
  constraint mail_state_words check (binary state in ('WAITING', 'SENT', 'FAILED')),
  constraint mail_language_words check (binary language in ('en', 'de'))
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- What is wrong now and was told, or will be: a row goes when that is over and was told, too.
create table alarm (
  id            bigint        not null auto_increment,
  subject       varchar(200)  not null comment 'what it is about, so that it is told once',
  problem_code  varchar(60)   not null,
  problem_args  varchar(2000) not null comment 'JSON array',
  kind          varchar(16)   not null,
  owner         varchar(32)   null comment 'login of the owner whose site it is about',
  first_seen_at datetime(6)   not null,
  last_seen_at  datetime(6)   not null,
  raised_at     datetime(6)   null comment 'once it was seen for long enough',
  told_at       datetime(6)   null comment 'when a mail about it was last put into the queue',
  version       int           not null default 0,
  primary key (id),
  unique key alarm_subject (subject)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
