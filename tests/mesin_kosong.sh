#!/usr/bin/env bash
# A machine with nothing on it: a Debian 12 or 13 in a folder, with python3, make and git and no more, and a clone of this
# tree in it (what is committed), to prove that the two commands of the README do all the rest.
#
#   tests/mesin_kosong.sh 12|13 [root|pengguna] [command]
#
# Without a command `make run` is started, looked at and stopped (tests/try_run.py), then `make test` runs. As `pengguna`,
# an ordinary user, the command that the program asks for with sudo is run by root, to the letter, and the step repeated.
# Package sources, certificates, proxies and pip's settings are those of the machine that this runs on.
# Exit codes: 69 when no such machine can be made here (the reason is printed), 2 for wrong arguments, else the command's.
#
#   MESIN_SIMPANAN   folder for what may be used again: the untouched system (a week), packages, pip's cache
#   MESIN_BIARKAN=1  leave the machine there and say where
#   MESIN_BATAS      seconds for one step, 5400 when not given
set -euo pipefail
tidak_dapat() { echo "Mesin kosong tidak dapat dibuat: $*" >&2; exit 69; }
sejak() { printf '== %s: %d detik\n' "$1" $((SECONDS - $2)); }

# The second half, in a mount and process namespace of its own: whatever was mounted or started is gone with it.
if [ "${1:-}" = --di-dalam ]; then
  mount --make-rprivate /
  mount --rbind /dev "$akar/dev" && mount --rbind /sys "$akar/sys"
  mount -t tmpfs -o mode=1777 tmpfs "$akar/dev/shm"
  mount -t proc proc "$akar/proc" 2>/dev/null || mount --rbind /proc "$akar/proc"
  for satu in $setempat; do mkdir -p "$akar$satu"; mount --bind -o ro "$satu" "$akar$satu"; done
  mkdir -p "$akar$rumah/.cache/pip"
  mount --bind "$simpanan/pip-$siapa" "$akar$rumah/.cache/pip"
  trap 'cp -fl "$akar"/var/cache/apt/archives/*.deb "$simpanan/paket-$debian/" 2>/dev/null || true' EXIT

  masuk() {  # who, command: in the clone, with the environment of a first sign-in
    local home=/root; [ "$1" = root ] || home=/home/$1
    timeout -k 20 "$batas" env -i --default-signal=INT,QUIT "${bawaan[@]}" HOME="$home" USER="$1" TERM=dumb \
      PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
      chroot --userspec="$1:$1" "$akar" bash -c "cd $rumah/musrenbang && $2" </dev/null
  }
  langkah() {  # command: repeated while an ordinary user is told of a command for root
    local kali mulai hasil pinta
    for kali in 1 2 3; do
      mulai=$SECONDS hasil=0
      echo "== $debian, $siapa: $1"
      masuk "$siapa" "$1" > >(tee "$akar/tmp/keluaran") 2>&1 || hasil=$?
      sleep 1; kill -KILL -1 2>/dev/null || true  # what a failed step left running would hold its output open
      sejak "$debian, $siapa: $1 (kode $hasil)" "$mulai"
      pinta=$(sed -n 's/^  \(sudo .*\)$/\1/p' "$akar/tmp/keluaran" | tail -n 1)
      [ "$hasil" != 0 ] && [ "$siapa" != root ] && [ -n "$pinta" ] && [ "$kali" != 3 ] || return "$hasil"
      mulai=$SECONDS
      echo "== $debian, root: $pinta"
      masuk root "sudo() { \"\$@\"; }; $pinta >/dev/null" || return
      sejak "$debian, root: $pinta" "$mulai"
    done
  }
  mapfile -d '' -t bawaan < "$akar/../lingkungan"
  if [ -n "$perintah" ]; then langkah "$perintah"; exit; fi
  langkah "python3 tests/try_run.py"
  langkah "make test"
  exit
fi

case ${1:-} in 12) nama=bookworm ;; 13) nama=trixie ;; *) echo "mesin_kosong.sh 12|13 [root|pengguna] [perintah]" >&2; exit 2 ;; esac
export debian=$1 siapa=${2:-root} batas=${MESIN_BATAS:-5400}
export perintah=${*:3}
case $siapa in root) rumah=/root ;; pengguna) rumah=/home/pengguna ;; *) echo "root atau pengguna, bukan $siapa" >&2; exit 2 ;; esac
export rumah simpanan=${MESIN_SIMPANAN:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/musrenbang-mesin}
pohon=$(cd "$(dirname "$0")/.." && pwd)
[ "$(id -u)" = 0 ] || tidak_dapat "perlu dijalankan oleh root."
unshare --mount --pid --fork true 2>/dev/null || tidak_dapat "mesin ini tidak mengizinkan ruang nama tersendiri (unshare)."
if ! command -v debootstrap >/dev/null; then
  { DEBIAN_FRONTEND=noninteractive timeout 300 sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends debootstrap'; } \
    >/dev/null 2>&1 || tidak_dapat "debootstrap tidak terpasang dan tidak dapat dipasang."
fi
mkdir -p "$simpanan"/{pip-root,pip-pengguna,paket-"$debian"} || tidak_dapat "$simpanan tidak dapat ditulisi."
kerja=$(mktemp -d "${TMPDIR:-/tmp}/mesin.XXXXXX")
export akar=$kerja/akar
anak=
bersihkan() {
  [ -z "$anak" ] || { kill -KILL "$anak" && wait "$anak"; } 2>/dev/null || true
  if [ "${MESIN_BIARKAN:-0}" = 1 ]; then echo "Mesinnya dibiarkan di $akar"; else rm -rf --one-file-system "$kerja"; fi
}
trap bersihkan EXIT
trap 'exit 130' INT TERM HUP

# The sources of this machine for the other release: entries of its own release, by name.
mulai=$SECONDS
mkdir "$kerja/sumber"
asli=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
for satu in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
  [ -n "$asli" ] && [ -f "$satu" ] && grep -hE "^deb .*\b$asli\b" "$satu" | sed "s/\b$asli\b/$nama/g" >> "$kerja/sumber/mesin.list" || true
done
for satu in /etc/apt/sources.list.d/*.sources; do
  [ -n "$asli" ] && [ -f "$satu" ] && grep -v '^#' "$satu" | awk -v RS= -v ORS='\n\n' "/Suites:[^\n]*$asli/" | sed "s/\b$asli\b/$nama/g" \
    >> "$kerja/sumber/mesin.sources" || true
done
find "$kerja/sumber" -empty -type f -delete
cermin=$(cat "$kerja"/sumber/* 2>/dev/null | grep -oE '(https?|file):[^ ]+' | grep -v security | head -n 1 || true)
apt-config dump 2>/dev/null | grep -E '^Acquire::(http|https|Check|Retries|Languages|GzipIndexes)' > "$kerja/apt.conf" || true

tanda=$(cat "$kerja"/sumber/* 2>/dev/null | sha256sum | cut -c1-12)
tar=$simpanan/debian-$debian-$tanda.tar
find "$simpanan" -maxdepth 1 -name 'debian-*.tar' -mtime +6 -delete
if [ ! -s "$tar" ]; then
  # shellcheck disable=SC2086 -- no mirror known: debootstrap's own
  timeout -k 20 900 debootstrap --variant=minbase --include=python3,make,git,ca-certificates "$nama" "$akar" $cermin \
    > "$kerja/catatan" 2>&1 </dev/null || { tail -n 3 "$kerja/catatan" >&2; tidak_dapat "debootstrap gagal."; }
  tar -C "$akar" -cf "$tar.$$" . && mv "$tar.$$" "$tar"
else
  mkdir "$akar" && tar -C "$akar" -xf "$tar" || tidak_dapat "$tar rusak; hapus berkas itu."
fi

# What this machine needs to reach its sources, and nothing else of it.
if [ -n "$(ls "$kerja/sumber")" ]; then
  rm -f "$akar/etc/apt/sources.list"; cp "$kerja"/sumber/* "$akar/etc/apt/sources.list.d/"
fi
cp "$kerja/apt.conf" "$akar/etc/apt/apt.conf.d/90mesin"
echo force-unsafe-io > "$akar/etc/dpkg/dpkg.cfg.d/mesin"  # gone in an hour: no need to wait for the disk
cp -rL /etc/apt/auth.conf.d /etc/apt/keyrings "$akar/etc/apt/" 2>/dev/null || true
cp -L /etc/resolv.conf /etc/hosts "$akar/etc/" 2>/dev/null || true
cp -rL /usr/local/share/ca-certificates "$akar/usr/local/share/" 2>/dev/null || true
chroot "$akar" update-ca-certificates >/dev/null 2>&1 || true
[ ! -f /etc/ssl/certs/ca-certificates.crt ] || cp -L /etc/ssl/certs/ca-certificates.crt "$akar/etc/ssl/certs/"
chroot "$akar" useradd --create-home --shell /bin/bash pengguna
for satu in /etc/pip.conf /etc/xdg/pip "${HOME:-/root}/.config/pip" "${HOME:-/root}/.pip"; do
  [ -e "$satu" ] || continue
  for ke in $(case $satu in /etc/*) dirname "$satu" ;; *) for h in /root /home/pengguna; do echo "$h/$(dirname "${satu#"${HOME:-/root}"/}")"; done ;; esac); do
    mkdir -p "$akar$ke" && cp -rL "$satu" "$akar$ke/"
  done
done
env -0 | grep -zE '^(PIP_[A-Z_]+|[A-Za-z]+_[Pp][Rr][Oo][Xx][Yy]|[A-Z_]*(CERT|CERT_FILE|CERT_DIR|CA_BUNDLE|CAINFO)|PIP_CERT)=' > "$kerja/lingkungan" || true
setelan=$( { cat /etc/pip.conf /etc/xdg/pip/pip.conf "${HOME:-/root}"/{.config,.}/pip/pip.conf; tr '\0' '\n' < "$kerja/lingkungan"; } 2>/dev/null || true)
# Folders and files of this machine that those settings name; of an index its parent, where its files are.
setempat=
for satu in $(grep -oE '(^|[ =:]|file://)/[^ :]+' <<< "$setelan" | sed -E 's/^[ =:]?(file:\/\/)?//; s/^\/\/\//\//' | sort -u); do
  satu=${satu%/}; [ "$(basename "$satu")" != simple ] || satu=$(dirname "$satu")
  if [ -f "$satu" ]; then mkdir -p "$akar$(dirname "$satu")"; cp -L "$satu" "$akar$satu"
  elif [ -d "$satu" ] && [ "$satu" != /etc/ssl/certs ]; then setempat+=" $satu"; fi
done
export setempat

cp -fl "$simpanan/paket-$debian"/*.deb "$akar/var/cache/apt/archives/" 2>/dev/null || true
git -c safe.directory='*' clone --quiet --no-hardlinks "$pohon" "$akar$rumah/musrenbang" || tidak_dapat "pohon ini tidak dapat diklon."
git -C "$akar$rumah/musrenbang" checkout --quiet --detach "$(git -c safe.directory='*' -C "$pohon" rev-parse HEAD)"
if [ "$siapa" != root ]; then
  chroot "$akar" chown -R pengguna: "$rumah"; chown -R "$(stat -c %u:%g "$akar$rumah")" "$simpanan/pip-pengguna"
fi
sejak "Debian $debian ($nama) dengan $(chroot "$akar" python3 --version), make, git dan $(git -C "$pohon" rev-parse --short HEAD)" "$mulai"

unshare --mount --pid --fork --kill-child bash "$0" --di-dalam </dev/null &
anak=$!
hasil=0; wait "$anak" || hasil=$?
anak=
exit "$hasil"
