-- A word that the panel does not know would make every list fail that shows its row: whoever changes one by hand is told
-- so by the database. A new word needs a new check. They compare bytes: to the columns' collation a word with blanks
-- behind it is the same word, and to a regular expression one with a line's end.
alter table account
  add constraint account_role_words check (binary role in ('ADMINISTRATOR', 'OWNER')),
  add constraint account_state_words check (binary state in ('ACTIVE', 'DISABLED'));
alter table site
  add constraint site_type_words check (binary type in ('STATIC', 'PHP')),
  add constraint site_state_words check (
    binary state in ('CREATING', 'ACTIVE', 'SUSPENDED', 'DELETED', 'REMOVING', 'REMOVED')),
  add constraint site_www_words check (binary www in ('REDIRECT_TO_BARE', 'REDIRECT_TO_WWW', 'SERVE_BOTH', 'NONE')),
  add constraint site_php_version_words check (php_version regexp '^[5-9][.][0-9]$' and char_length(php_version) = 3);
alter table site_host_name
  add constraint site_host_name_kind_words check (binary kind in ('CANONICAL', 'WWW', 'ALIAS', 'RESERVED'));
alter table job
  add constraint job_state_words check (
    binary state in ('QUEUED', 'RUNNING', 'UNDOING', 'SUCCEEDED', 'FAILED', 'UNDONE', 'CANCELLED', 'STALLED')),
  add constraint job_actor_role_words check (binary actor_role in ('ADMINISTRATOR', 'OWNER')),
  add constraint job_via_words check (binary via in ('WEB', 'REST', 'CLI', 'SYSTEM'));
alter table job_step
  add constraint job_step_state_words check (
    binary state in ('PENDING', 'RUNNING', 'DONE', 'FAILED', 'UNDOING', 'UNDONE', 'UNDO_FAILED'));
alter table audit_entry
  add constraint audit_entry_via_words check (binary via in ('WEB', 'REST', 'CLI', 'SYSTEM')),
  add constraint audit_entry_result_words check (binary result in ('DONE', 'REFUSED', 'DENIED', 'FAILED'));
