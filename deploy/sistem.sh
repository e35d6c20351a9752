#!/usr/bin/env bash
# Makes sure that the system packages are there: `venv` (Debian keeps it apart from Python), `pdf` (WeasyPrint's Pango),
# `uji` (PostgreSQL, Chromium) or `beban` (PostgreSQL, nginx for the benches of production).
# As root they are installed; otherwise the one command to run is printed and we stop.
set -euo pipefail
what=$1 python=$2
case $what in
  venv)
    packages="python3-venv"
    there() { "$python" -c "import ensurepip, venv" >/dev/null 2>&1; } ;;
  pdf)
    packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    there() { "$python" -c "import weasyprint" >/dev/null 2>&1; } ;;
  uji)
    packages="postgresql chromium"
    there() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && command -v chromium >/dev/null 2>&1; } ;;
  beban)
    packages="postgresql nginx-light"
    there() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && command -v nginx >/dev/null 2>&1; } ;;
  *) echo "sistem.sh: venv, pdf, uji, atau beban" >&2; exit 2 ;;
esac
there && exit 0
if [ "$(id -u)" = 0 ]; then
  echo "Memasang paket sistem: $packages"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends $packages >/dev/null
  there && exit 0
  echo "Paket sudah dipasang, tetapi masih belum dapat dipakai: $packages" >&2; exit 1
fi
echo "Perlu paket sistem. Jalankan perintah ini, lalu ulangi:" >&2
echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $packages" >&2
exit 1
