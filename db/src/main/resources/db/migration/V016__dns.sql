-- Ways to write records at name servers, by which authorities verify names (DNS-01).
create table dns_access (
  id        bigint        not null auto_increment,
  name      varchar(60)   not null comment 'for people',
  kind      varchar(10)   not null,
  zones     text          not null comment 'JSON array; with acme-dns the one name that a CNAME has to lead to',
  server    varchar(500)  null comment 'host and port, or URL of an API',
  account   varchar(260)  null comment 'name of a TSIG key, of PowerDNS''s server or of a program',
  algorithm varchar(20)   null comment 'of a TSIG key',
  secret    varchar(4000) null comment 'key, token or account, encrypted with the host''s key',
  offered   boolean       not null default false comment 'whether owners may use it for their sites',
  version   int           not null default 0,
  primary key (id),
  unique key dns_access_name (name),
  constraint dns_access_kind_words check (
    binary kind in ('RFC2136', 'POWERDNS', 'ACME_DNS', 'CLOUDFLARE', 'HETZNER', 'HOOK'))
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Written before the name server is told, and until it is known to have removed them.
create table dns_record (
  id           bigint       not null auto_increment,
  access_id    bigint       not null,
  holder       varchar(60)  not null comment 'who has it removed, such as a job',
  name         varchar(253) not null,
  value        char(43)     not null,
  presented_at datetime(6)  not null,
  primary key (id),
  unique key dns_record_once (holder, name, value),
  key dns_record_left (presented_at),
  constraint dns_record_by foreign key (access_id) references dns_access (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- How the names of a site's certificate are proven.
alter table site_certificate
  add column challenge varchar(10) not null default 'HTTP_01' after directory_id,
  add column dns_access_id bigint null after challenge,
  add column wildcards text not null default '[]' comment 'JSON array, such as *.example.com' after left_out,
  add constraint site_certificate_challenge_words check (binary challenge in ('HTTP_01', 'DNS_01')),
  add constraint site_certificate_dns check ((challenge = 'DNS_01') = (dns_access_id is not null)),
  add constraint site_certificate_by foreign key (dns_access_id) references dns_access (id);
