#!/usr/bin/env bash
# Makes sure that system packages are there, all that are asked for at once:
#   sistem.sh PYTHON [venv] [pdf] [uji] [beban]
# `venv` (Debian keeps it apart from Python), `pdf` (what WeasyPrint loads, a font for signs that ours lacks, time zones),
# `uji` (PostgreSQL, Chromium, what Playwright's node needs, LibreOffice with letters as wide as Excel's),
# `beban` (PostgreSQL, nginx for the benches of production).
# As root what is missing is installed; otherwise the one command to run is printed and we stop.
set -euo pipefail
python=$1; shift
loads() { "$python" -c 'import ctypes, sys; [ctypes.CDLL(n) for n in sys.argv[1:]]' "$@"; }
postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' && { [ "$(id -u)" != 0 ] || getent passwd postgres; }; }
# Each line: when it holds, and the package for when it does not.
need() {
  case $1 in
    venv)
      "$python" -c 'import ensurepip, venv' || echo python3-venv ;;
    pdf)
      loads libpango-1.0.so.0 libgobject-2.0.so.0 libharfbuzz.so.0 libfontconfig.so.1 || echo libpango-1.0-0
      loads libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
      loads libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
      [ -n "$(fc-list ':charset=2713 2192 2265' family)" ] || echo fontconfig fonts-dejavu-core
      "$python" -c 'import zoneinfo; [zoneinfo.ZoneInfo("Asia/" + z) for z in ("Jakarta", "Makassar", "Jayapura")]' || echo tzdata ;;
    uji)
      postgres >/dev/null || echo postgresql
      chromium --version >/dev/null || echo chromium
      chromium-headless-shell --version >/dev/null || echo chromium-headless-shell
      loads libatomic.so.1 || echo libatomic1
      command -v soffice >/dev/null || echo libreoffice-calc-nogui
      [ -n "$(fc-list :family=Carlito)" ] || echo fontconfig fonts-crosextra-carlito ;;
    beban)
      postgres >/dev/null || echo postgresql
      command -v nginx >/dev/null || echo nginx-light ;;
    *) echo "sistem.sh PYTHON [venv] [pdf] [uji] [beban]" >&2; exit 2 ;;
  esac
}
missing() { for satu in "$@"; do need "$satu" 2>/dev/null; done | tr '\n' ' ' | sed 's/ $//'; }
packages=$(missing "$@")
[ -n "$packages" ] || exit 0

if ! command -v apt-get >/dev/null; then
  echo "Perlu paket sistem yang di Debian bernama: $packages. Mesin ini tidak memakai apt: pasang padanannya, lalu ulangi." >&2
  exit 1
fi
if [ "$(id -u)" != 0 ]; then
  echo "Perlu paket sistem. Jalankan perintah ini, lalu ulangi:" >&2
  echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $packages" >&2
  exit 1
fi

echo "Memasang paket sistem: $packages …"
mulai=$SECONDS
catatan=$(mktemp)
trap 'rm -f "$catatan"' EXIT
apt() { timeout --foreground -k 30 1200 apt-get -qq -o Acquire::Retries=2 -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30 \
  -o DPkg::Lock::Timeout=120 -o DPkg::Use-Pty=0 "$@" >>"$catatan" 2>&1 </dev/null; }
export DEBIAN_FRONTEND=noninteractive
# Old lists may still do; what counts is whether the packages come.
apt update || true
# shellcheck disable=SC2086 -- one word a package
if ! apt install -y --no-install-recommends $packages; then
  tail -n 4 "$catatan" >&2
  if grep -qiE 'no space left|not have enough free space' "$catatan"; then
    sebab="Disk penuh. Kosongkan sebagian"
  elif grep -q 'Could not get lock' "$catatan"; then
    sebab="apt sedang dipakai program lain. Tunggu sampai selesai"
  elif grep -q 'dpkg was interrupted' "$catatan"; then
    sebab="Pemasangan sebelumnya terputus. Jalankan dpkg --configure -a"
  else
    sebab="Periksa sambungan internet dan sumber paket apt (/etc/apt/sources.list*)"
  fi
  echo "Paket sistem tidak dapat dipasang: $packages. $sebab, lalu ulangi." >&2
  exit 1
fi
kurang=$(missing "$@")
if [ -n "$kurang" ]; then
  echo "Paket sudah dipasang, tetapi masih belum dapat dipakai: $kurang" >&2
  exit 1
fi
echo "  selesai, $((SECONDS - mulai)) detik"
