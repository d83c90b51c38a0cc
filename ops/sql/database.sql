-- Rights inside one database. Run as role owner before the first migration; safe to run again.
-- app reads and writes rows, and can neither make, change, empty (TRUNCATE) nor own a table.
-- Only tables made from now on are meant: where a migration took a right away (audit events only grow), it stays away.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO app;
ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app;
ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO app;
