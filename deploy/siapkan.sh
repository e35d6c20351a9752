#!/usr/bin/env bash
# What all ways of serving share, once the environment is there: siapkan.sh PYTHON HOST PORT [command of manage.py].
# The secret key of this machine is made once and kept in var/, never in the tree.
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1 host=$2 port=$3; shift 3
# A second `make run` waits here, and is then told that the port is in use; it fills no database beside the first.
exec 9<Makefile
flock -n 9 || { echo "Menunggu persiapan lain di folder ini …"; flock -w 1800 9; }
"$python" -m musrenbang.infra.network "$host" "$port"
{ mkdir -p var && { test -s var/secret_key || (umask 077; "$python" -c "import secrets; print(secrets.token_urlsafe(64))" > var/secret_key); }; } 2>/dev/null \
  || { echo "Folder var/ tidak dapat ditulisi. Periksa pemiliknya dan sisa ruang disk, lalu ulangi." >&2; exit 2; }
mulai=$SECONDS
[ -d staticfiles ] || echo "Menyiapkan basis data dan berkas statis …"
"$python" manage.py migrate --verbosity 0
# A copy that was interrupted leaves half a file that looks newer than its source: then all are copied anew.
clear=
[ ! -e var/statis-terputus ] || clear=--clear
touch var/statis-terputus
"$python" manage.py collectstatic --noinput --verbosity 0 $clear
rm var/statis-terputus
[ $((SECONDS - mulai)) -lt 10 ] || echo "  selesai, $((SECONDS - mulai)) detik"
[ $# = 0 ] || "$python" manage.py "$@"
