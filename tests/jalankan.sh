#!/usr/bin/env bash
# jalankan.sh BIN        every test on SQLite, browser tests included; beside it, on a private PostgreSQL that is started
#                        and stopped here, those that give it every kind of statement (tests/second.py), with the
#                        browser journey of a whole event. LENGKAP=1: every test on both, before a release and by night.
# jalankan.sh BIN cepat  SQLite alone, without browsers and without what takes long; the migrated database is kept.
set -euo pipefail
bin=$1
cd "$(dirname "$0")/.."
export DEBUG=1 MODE_LATIHAN=1 SQLITE_SYNCHRONOUS=NORMAL
# Compiled once for all workers and for the many processes that tests start; kept beside the migrated database.
export PYTHONPYCACHEPREFIX="$PWD/var/uji/pyc"; unset PYTHONDONTWRITEBYTECODE
[ -d "$PYTHONPYCACHEPREFIX" ] || "$bin/pytest" -n 0 --collect-only -q >/dev/null || true
if [ "${2:-}" = cepat ]; then
  VAR_DIR=var/uji exec "$bin/pytest" -n 2 --dist loadfile --cepat
fi
lainnya=--basis-data-lain
[ -z "${LENGKAP:-}" ] || lainnya=
work=$(mktemp -d)
pgbin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
port=$("$bin/python" -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])")
# PostgreSQL refuses to run as root; the package made a user for it.
as_pg() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
stop() {
  [ -z "${lain:-}" ] || kill "$lain" 2>/dev/null || true
  as_pg "$pgbin/pg_ctl" -D "$work/pg" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap stop EXIT

chmod 711 "$work"
mkdir "$work/pg" "$work/var-sqlite" "$work/var-postgresql"
[ "$(id -u)" != 0 ] || chown postgres "$work/pg"
as_pg "$pgbin/initdb" -D "$work/pg" -U uji --auth=trust --encoding=UTF8 --no-sync >/dev/null
as_pg "$pgbin/pg_ctl" -D "$work/pg" -w -l "$work/pg/log" \
  -o "-p $port -k $work/pg -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off" start >/dev/null

# PostgreSQL takes what the first run leaves of the processor, so that no core waits for a browser or a sleeping test, and
# both cores once that one has ended: with one process the other core idled for minutes.
VAR_DIR="$work/var-postgresql" DATABASE_URL="postgres://uji@127.0.0.1:$port/postgres" nice -n 10 \
  "$bin/pytest" -n 2 --dist loadfile $lainnya >"$work/postgresql.log" 2>&1 &
lain=$!
hasil=0
echo "== SQLite"
VAR_DIR="$work/var-sqlite" "$bin/pytest" -n 2 --dist loadfile || hasil=$?
echo "== PostgreSQL"
wait "$lain" || hasil=$?
lain=
cat "$work/postgresql.log"
exit "$hasil"
