#!/usr/bin/env bash
# Runs once, when the database's volume is new: passwords of the two roles, and the database that owner owns.
set -euo pipefail
export SECRETS="${SECRETS:-/run/secrets}"
psql --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\set owner_password `cat "$SECRETS/owner_password"`
\set app_password `cat "$SECRETS/app_password"`
ALTER ROLE owner PASSWORD :'owner_password';
ALTER ROLE app PASSWORD :'app_password';
CREATE DATABASE chitra OWNER owner;
REVOKE ALL ON DATABASE chitra FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE chitra TO app;
SQL
