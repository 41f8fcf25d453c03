-- Issued to see that it is, and given to nobody.
alter table certificate
  drop constraint certificate_state_words,
  add constraint certificate_state_words check (
    binary state in ('REQUESTED', 'ISSUED', 'SERVED', 'REPLACED', 'FAILED', 'REVOKED', 'TRIED'));
