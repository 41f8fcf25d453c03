-- What the host's clock said last: how far it was set while the panel did not run.
create table host_clock (
  id tinyint not null primary key comment 'one row',
  seen_at datetime(6) not null
);
