-- Runs when the server has started: from then on programs wait for each other's rows as long as they do everywhere.
SET GLOBAL innodb_lock_wait_timeout = DEFAULT;
