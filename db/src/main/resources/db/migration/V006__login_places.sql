-- Where an account was logged in to: whoever guesses its password elsewhere does not shut its owner out.
create table login_place (
  login         varchar(32) not null,
  network       varchar(50) not null comment 'IPv4 address or IPv6 /64',
  last_login_at datetime(6) not null,
  primary key (login, network),
  key login_place_age (last_login_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

alter table login_attempt
  modify bucket varchar(100) not null comment 'place:<login>@<network>, address:<network> or account:<login>';
