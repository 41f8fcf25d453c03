-- Certificates that people bring themselves: no authority is asked for them, and their key waits for the host here.
alter table certificate
  modify directory_id bigint null comment 'empty for one that was uploaded',
  add column sealed_key text null comment 'of one that was uploaded, encrypted with the host''s key, until the host has it' after chain,
  drop constraint certificate_key_type_words,
  add constraint certificate_key_type_words check (
    binary key_type in ('EC_256', 'EC_384', 'RSA_2048', 'RSA_3072', 'RSA_4096'));

alter table site_certificate
  modify directory_id bigint null comment 'empty as long as only own certificates were brought',
  drop constraint site_certificate_key_type_words,
  add constraint site_certificate_key_type_words check (
    binary key_type in ('EC_256', 'EC_384', 'RSA_2048', 'RSA_3072', 'RSA_4096'));
