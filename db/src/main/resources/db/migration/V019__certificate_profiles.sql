-- What kind of certificate is ordered, at authorities that offer several.
alter table acme_directory
  add column profile varchar(64) null comment 'as the authority names it; empty for its usual one' after email;
