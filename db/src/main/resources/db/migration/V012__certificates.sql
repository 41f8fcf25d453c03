-- Authorities that issue certificates by ACME, and what they know Berth by.
create table acme_directory (
  id              bigint        not null auto_increment,
  name            varchar(60)   not null comment 'for people',
  url             varchar(500)  not null comment 'of its ACME directory',
  roots           mediumtext    null comment 'PEM: what its own TLS is verified by; empty for what Java trusts',
  email           varchar(254)  null comment 'where it writes to',
  terms_agreed_at datetime(6)   null comment 'nothing is asked of it before an administrator agreed to its terms',
  external_key_id varchar(200)  null comment 'external account binding',
  external_key    varchar(1000) null comment 'HMAC key, encrypted with the host''s key',
  account_key     varchar(1000) null comment 'private key, encrypted with the host''s key',
  account_url     varchar(500)  null,
  is_default      boolean       not null default false comment 'for sites that choose none',
  version         int           not null default 0,
  only_default    boolean as (if(is_default, true, null)) virtual,
  primary key (id),
  unique key acme_directory_name (name),
  unique key acme_directory_default (only_default)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

insert into acme_directory (name, url, is_default) values
  ('Let''s Encrypt', 'https://acme-v02.api.letsencrypt.org/directory', true),
  ('Let''s Encrypt (staging)', 'https://acme-staging-v02.api.letsencrypt.org/directory', false);

-- What a site shall have, and when the clock sees to it.
create table site_certificate (
  site_id      bigint        not null,
  directory_id bigint        not null,
  key_type     varchar(10)   not null,
  left_out     text          not null comment 'JSON array: names of the site that no certificate is ordered for',
  due_at       datetime(6)   null comment 'when the clock orders; never without',
  ask_at       datetime(6)   null comment 'when the authority is asked whether it wants the certificate renewed',
  failures     int           not null default 0 comment 'attempts in a row',
  failed_job   bigint        null comment 'the last of them',
  problem_code varchar(60)   null,
  problem_args varchar(2000) null comment 'JSON array',
  version      int           not null default 0,
  primary key (site_id),
  key site_certificate_due (due_at),
  key site_certificate_ask (ask_at),
  constraint site_certificate_of_site foreign key (site_id) references site (id),
  constraint site_certificate_from foreign key (directory_id) references acme_directory (id),
  constraint site_certificate_key_type_words check (binary key_type in ('EC_256', 'EC_384', 'RSA_2048', 'RSA_4096'))
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table certificate (
  id             bigint       not null auto_increment,
  site_id        bigint       not null,
  number         int          not null comment 'the host''s name for it, counted for each site',
  directory_id   bigint       not null,
  state          varchar(10)  not null,
  served_site_id bigint       null comment 'the site while it is served: at most one such certificate a site',
  names          text         not null comment 'JSON array, sorted',
  key_type       varchar(10)  not null,
  issuer         varchar(200) null,
  serial         varchar(64)  null comment 'hexadecimal',
  not_before     datetime(6)  null,
  not_after      datetime(6)  null,
  alarm_at       datetime(6)  null comment 'so little of its life is left from then on that people are told',
  fingerprint    char(64)     null comment 'SHA-256, hexadecimal',
  chain          mediumtext   null comment 'PEM, the site''s own first',
  created_at     datetime(6)  not null,
  served_at      datetime(6)  null,
  ended_at       datetime(6)  null comment 'when it was replaced or revoked',
  version        int          not null default 0,
  primary key (id),
  unique key certificate_number (site_id, number),
  unique key certificate_served (served_site_id),
  key certificate_alarm (served_site_id, alarm_at),
  constraint certificate_of_site foreign key (site_id) references site (id),
  constraint certificate_from foreign key (directory_id) references acme_directory (id),
  constraint certificate_state_words check (
    binary state in ('REQUESTED', 'ISSUED', 'SERVED', 'REPLACED', 'FAILED', 'REVOKED')),
  constraint certificate_key_type_words check (binary key_type in ('EC_256', 'EC_384', 'RSA_2048', 'RSA_4096'))
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Written before the authority is asked, so that a crash is never followed by a second order, and counted against its limits.
create table acme_order (
  id             bigint       not null auto_increment,
  directory_id   bigint       not null,
  certificate_id bigint       not null,
  names_digest   char(64)     not null comment 'SHA-256 of the names, hexadecimal',
  url            varchar(500) null comment 'once the authority has answered',
  tokens         text         not null comment 'JSON array: what the host was told to answer',
  state          varchar(10)  not null,
  made_at        datetime(6)  not null,
  primary key (id),
  key acme_order_of_account (directory_id, made_at),
  key acme_order_of_names (names_digest, made_at),
  constraint acme_order_for foreign key (certificate_id) references certificate (id),
  constraint acme_order_at foreign key (directory_id) references acme_directory (id),
  constraint acme_order_state_words check (binary state in ('OPEN', 'DONE', 'FAILED'))
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
