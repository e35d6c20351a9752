#!/usr/bin/env bash
# Run once by the image of PostgreSQL when its data folder is new (docker-entrypoint-initdb.d): two roles and their database.
# musrenbang_pemilik owns tables and triggers and migrates; musrenbang serves, with what hak.sql gives it.
set -euo pipefail
rahasia=${RAHASIA:-/run/secrets}
pemilik=$(cat "$rahasia/database_sandi_pemilik") aplikasi=$(cat "$rahasia/database_sandi")
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres -v pemilik="$pemilik" -v aplikasi="$aplikasi" <<'SQL'
CREATE ROLE musrenbang_pemilik LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'pemilik';
CREATE ROLE musrenbang LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'aplikasi';
CREATE DATABASE musrenbang OWNER musrenbang_pemilik;
REVOKE ALL ON DATABASE musrenbang FROM PUBLIC;
GRANT CONNECT ON DATABASE musrenbang TO musrenbang;
SQL
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname musrenbang \
  -c 'ALTER SCHEMA public OWNER TO musrenbang_pemilik' -c 'REVOKE CREATE ON SCHEMA public FROM PUBLIC'
