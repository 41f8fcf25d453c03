-- Authorities count the new certificates of a registered domain, too. What was ordered before is not counted.
create table order_domain (
  order_id bigint       not null,
  domain   varchar(253) not null comment 'as it is registered: directly below a public suffix',
  primary key (order_id, domain),
  key order_domain_name (domain),
  constraint order_domain_of_order foreign key (order_id) references acme_order (id) on delete cascade
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
