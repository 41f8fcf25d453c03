-- Who wanted an order, so that the orders of one account are divided; and authorities that cannot or will not take any.
alter table acme_order
  add column asked_by varchar(13) not null default 'CLOCK' after state,
  add constraint acme_order_asked_by_words check (binary asked_by in ('CLOCK', 'OWNER', 'ADMINISTRATOR'));

alter table acme_directory
  add column rests_until datetime(6) null comment 'until then the clock asks it for nothing' after is_default,
  add column outages int not null default 0 comment 'times in a row that it had trouble with everybody' after rests_until,
  add column problem_code varchar(60) null comment 'why it takes no order of the account' after outages,
  add column problem_args varchar(2000) null comment 'JSON array' after problem_code;
