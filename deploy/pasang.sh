#!/usr/bin/env bash
# Makes sure that .venv is whole, and says what it waits for:
#   pasang.sh PYTHON base|dev|bench [kinds of system packages, see sistem.sh]
# Installed anew is what a list of requirements has changed in. Made anew from nothing is an environment whose installation
# was interrupted, whose Python is gone or another version, or that was moved here from another folder.
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1 daftar=$2; shift 2
venv=.venv
bin=$venv/bin
catatan=$venv/pasang.log

if ! command -v "$python" >/dev/null; then
  echo "$python tidak ditemukan. Pasang Python 3.11 atau yang lebih baru, atau sebutkan letaknya: PYTHON=/usr/bin/python3." >&2
  exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "$("$python" --version 2>&1) terlalu lama: perlu 3.11 atau yang lebih baru. Bila sudah ada, sebutkan: PYTHON=python3.12." >&2
  exit 1
fi
bash deploy/sistem.sh "$python" "$@"

# Two at once would spoil each other's work.
exec 9<Makefile
flock -n 9 || { echo "Menunggu pemasangan lain di folder ini …"; flock -w 1800 9; }

stamp() { echo "$("$bin/python" -c 'import sys; print(*sys.version_info[:2])')" "$(sha256sum < "requirements/$1.txt")"; }
whole() {
  [ ! -e "$venv/terputus" ] && "$bin/python" -c 'import pip' 2>/dev/null && head -n 3 "$bin/pip" | grep -qF "$(pwd -P)/$bin/python"
}
room() { head -c 1000000 /dev/zero > "$venv/terputus"; }  # on a full disk the log itself is empty
# A sentence by what the log says. pip installs nothing before it has everything: where it could not fetch, the environment
# is as it was, and the version before still runs with it.
fail() {
  tail -n 4 "$catatan" 2>/dev/null | cut -c1-300 >&2 || true
  if grep -qi 'no space left' "$catatan" 2>/dev/null || ! room 2>/dev/null; then
    echo "Disk penuh atau tidak dapat ditulisi. Kosongkan sebagian, lalu ulangi." >&2
  elif grep -qiE 'no matching distribution|could not find a version|connection|timed out|resolution|proxy|ssl' "$catatan"; then
    rm -f "$venv/terputus"
    echo "Pustaka Python tidak dapat diunduh. Periksa sambungan internet dan setelan pip (pip config list), lalu ulangi." >&2
  elif grep -qi 'hashes' "$catatan"; then
    rm -f "$venv/terputus"
    echo "Yang terunduh bukan yang tercatat di requirements/: pemasangan dihentikan. Catatan: $catatan" >&2
  else
    echo "Pemasangan gagal. Catatan: $catatan" >&2
  fi
  exit 1
}

mulai=$SECONDS kerja=
if ! whole; then
  kerja=1
  [ ! -e "$venv" ] || echo "Lingkungan Python di $venv tidak utuh; dibuat ulang."
  rm -rf "$venv"
  echo "Membuat lingkungan Python di $venv ($("$python" --version)) …"
  { mkdir "$venv" && touch "$venv/terputus"; } 2>/dev/null || fail
  "$python" -m venv "$venv" >"$catatan" 2>&1 || fail
  rm "$venv/terputus"
fi
ini=$$
for satu in base dev bench; do
  cap=$venv/$satu.stamp
  if [ "$(cat "$cap" 2>/dev/null)" != "$(stamp "$satu")" ]; then
    kerja=1
    n=$(grep -c == "requirements/$satu.txt")
    echo "Memasang $n pustaka Python dari requirements/$satu.txt …"
    touch "$venv/terputus" 2>/dev/null || fail
    # The loop says that we are alive; it ends with us, however that is.
    ( exec 9<&-; while sleep 30 >/dev/null 2>&1 && kill -0 "$ini" 2>/dev/null; do echo "  masih mengunduh dan memasang, $((SECONDS - mulai)) detik"; done ) &
    denyut=$!
    trap 'kill "$denyut" 2>/dev/null || true' EXIT
    # Twice quiet: warnings about folders that this machine's settings name are not about us. Errors are kept.
    timeout --foreground -k 20 1800 "$bin/python" -m pip install -qq --disable-pip-version-check --no-input --require-hashes \
      -r "requirements/$satu.txt" >"$catatan" 2>&1 </dev/null || fail
    stamp "$satu" > "$cap" 2>/dev/null || fail
    rm "$venv/terputus"
    kill "$denyut" 2>/dev/null || true
  fi
  [ "$satu" != "$daftar" ] || break
done
[ -z "$kerja" ] || echo "  selesai, $((SECONDS - mulai)) detik"
