#!/usr/bin/env bash
# Runs every test on SQLite, browser tests included; then on a private PostgreSQL, which it starts and stops, every test that
# asks a database, with the browser journey of a whole event.
set -euo pipefail
bin=$1
cd "$(dirname "$0")/.."
work=$(mktemp -d)
export DEBUG=1 MODE_LATIHAN=1 SQLITE_SYNCHRONOUS=NORMAL VAR_DIR="$work/var"
mkdir -p "$VAR_DIR"
pgbin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
port=$("$bin/python" -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])")
# PostgreSQL refuses to run as root; the package made a user for it.
as_pg() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
stop() { as_pg "$pgbin/pg_ctl" -D "$work/pg" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$work"; }
trap stop EXIT

echo "== SQLite"
"$bin/pytest" -n 2 --dist loadfile

echo "== PostgreSQL"
chmod 711 "$work"
mkdir "$work/pg"
[ "$(id -u)" != 0 ] || chown postgres "$work/pg"
as_pg "$pgbin/initdb" -D "$work/pg" -U uji --auth=trust --encoding=UTF8 --no-sync >/dev/null
as_pg "$pgbin/pg_ctl" -D "$work/pg" -w -l "$work/pg/log" \
  -o "-p $port -k $work/pg -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off" start >/dev/null
DATABASE_URL="postgres://uji@127.0.0.1:$port/postgres" "$bin/pytest" -n 2 --dist loadfile --basis-data-lain
