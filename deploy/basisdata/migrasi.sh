#!/usr/bin/env bash
# Migrations by the owner of the tables, then what the serving role may do with them. DATABASE_URL(_FILE) is the owner's.
set -euo pipefail
cd "$(dirname "$0")/../.."
python manage.py migrate --noinput
psql "${DATABASE_URL:-$(cat "$DATABASE_URL_FILE")}" -q -v ON_ERROR_STOP=1 -f deploy/basisdata/hak.sql
