-- Jobs and audit are searched for a name in either form; entries from before this are found by the one they have.
alter table job add column target_other varchar(254) not null default '' comment 'the name as ASCII or for people, if it has two forms'
  after target_name;
alter table audit_entry add column target_other varchar(254) not null default '' comment 'the name as ASCII or for people, if it has two forms'
  after target_name;
