#!/usr/bin/env bash
# Serves a hall over plain http for everybody and, beside it, over https for the team's own devices, whose cameras want
# it: aula.sh BIN HOST PORT HTTPS_PORT [options of gunicorn]. Both end together.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$1 host=$2 port=$3 aman=$4; shift 4
"$bin/python" -m musrenbang.infra.network "$host" "$aman"
sidik=$("$bin/python" -m musrenbang.infra.certificate "$VAR_DIR/https")
echo "  Perangkat tim dengan kamera: https, port $aman. Cara memasangnya: halaman Kehadiran, “Kamera dan pemindai”."
echo "  Kode keaslian sertifikat: $sidik"
"$bin/gunicorn" "$@" --bind "$host:$aman" --certfile "$VAR_DIR/https/server.pem" --keyfile "$VAR_DIR/https/server.key" --workers 1 &
aman_pid=$!
trap 'kill $aman_pid 2>/dev/null || true' EXIT
"$bin/gunicorn" "$@" --bind "$host:$port" --workers 2
