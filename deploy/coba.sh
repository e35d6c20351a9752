#!/usr/bin/env bash
# Builds the image of deploy/Dockerfile for real and walks one journey through nginx with TLS against it. Belongs to the
# benches: run by hand, as root, where neither Docker nor a registry is needed.
#
#   deploy/coba.sh
#
# The base is the Debian 12 that tests/mesin_kosong.sh makes (or keeps), instead of python:3.11-slim-bookworm; buildah builds with
# chroot isolation. PostgreSQL and nginx are this machine's, with the roles, rights and files of deploy/. The containers are
# namespaces as compose.yaml asks for them: the image's files read-only, /tmp in memory, uid 10001 without capabilities or new
# privileges, 2 GB of memory where control groups can be made. Everything is gone afterwards.
# Exit codes: 69 when it cannot be tried here, else that of what failed.
#
#   CITRA_SIMPANAN   folder that keeps the base and the layers, so that only what changed is built again
set -euo pipefail
tidak_dapat() { echo "Citra tidak dapat dicoba di mesin ini: $*" >&2; exit 69; }
pohon=$(cd "$(dirname "$0")/.." && pwd)

# The second half: one process of the image, in namespaces of its own. Arguments: folder of the image, folder that it may write, command.
if [ "${1:-}" = --wadah ]; then
  citra=$2 tulis=$3; shift 3
  mount --make-rprivate /
  mount --bind "$citra" "$citra" && mount -o remount,bind,ro "$citra"
  mount -t proc proc "$citra/proc"
  mount --rbind /dev "$citra/dev"
  mount -t tmpfs -o mode=1777,size=512m tmpfs "$citra/tmp"
  mount -t tmpfs -o mode=755 tmpfs "$citra/run"
  mkdir "$citra/run/secrets" && cp "$tulis"/rahasia/* "$citra/run/secrets/" && chmod 644 "$citra"/run/secrets/*
  mount --bind "$tulis/berkas" "$citra/var/lib/musrenbang"
  mount --bind "$tulis/cadangan" "$citra/mnt"
  exec env -i PATH=/opt/musrenbang/venv/bin:/usr/bin:/bin PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DEBUG=0 LANG=C.UTF-8 \
    VAR_DIR=/var/lib/musrenbang PROMETHEUS_MULTIPROC_DIR=/tmp/metrik "${@:2}" \
    /usr/sbin/chroot "$citra" setpriv --reuid=10001 --regid=10001 --clear-groups --bounding-set=-all --no-new-privs bash -c "cd /opt/musrenbang/app && exec $1"
fi

[ "$(id -u)" = 0 ] || tidak_dapat "perlu dijalankan oleh root."
unshare --mount --pid --fork true 2>/dev/null || tidak_dapat "ruang nama (unshare) tidak diizinkan."
bash "$pohon/deploy/sistem.sh" "${PYTHON:-python3}" beban
command -v buildah >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends buildah; } >/dev/null 2>&1 \
  || tidak_dapat "buildah tidak dapat dipasang."
kerja=$(mktemp -d "${TMPDIR:-/tmp}/citra.XXXXXX"); chmod 755 "$kerja"
nama=$(basename "$kerja") kendali=/sys/fs/cgroup
[ ! -d /sys/fs/cgroup/memory ] || kendali=/sys/fs/cgroup/memory
anak=()
bersihkan() {
  for satu in "${anak[@]}"; do kill -TERM -- "-$satu" 2>/dev/null || true; done
  [ ! -f "$kerja/pg/postmaster.pid" ] || su postgres -c "'$pg/pg_ctl' -D '$kerja/pg' -m immediate stop" >/dev/null 2>&1 || true
  sleep 1
  [ -z "${isi:-}" ] || bud rm "$isi" >/dev/null 2>&1 || true
  rm -rf --one-file-system "$kerja"
  for satu in "$kendali/$nama"-*; do  # a group can go when the last process in it has been reaped
    for _ in 1 2 3 4 5; do [ ! -d "$satu" ] || rmdir "$satu" 2>/dev/null || sleep 1; done
  done
}
trap bersihkan EXIT
trap 'exit 130' INT TERM HUP
sejak() { printf '== %s: %d detik\n' "$1" $((SECONDS - mulai)); mulai=$SECONDS; }
mulai=$SECONDS
mkdir "$kerja"/{a,b,c,d}  # layers that share their files where this machine can, whole copies where it cannot
cara=vfs; mount -t overlay overlay -o "lowerdir=$kerja/a,upperdir=$kerja/b,workdir=$kerja/c" "$kerja/d" 2>/dev/null && umount "$kerja/d" && cara=overlay
simpanan=${CITRA_SIMPANAN:-$kerja/simpan}; mkdir -p "$simpanan"
bud() { buildah --root "$simpanan" --runroot "$kerja/jalan" --storage-driver "$cara" "$@"; }

# --- the base: an untouched Debian with this machine's package sources and pip settings, as CI has it
if ! bud inspect --type image localhost/dasar >/dev/null 2>&1; then
  TMPDIR=$kerja MESIN_BIARKAN=1 bash "$pohon/tests/mesin_kosong.sh" 12 root true > "$kerja/mesin.log" 2>&1 || { cat "$kerja/mesin.log" >&2; exit 69; }
  akar=$(sed -n 's/^Mesinnya dibiarkan di //p' "$kerja/mesin.log")
  rm -rf "$akar/root/musrenbang" "$akar"/var/cache/apt/archives/*.deb
  dasar=$(bud from scratch)
  bud copy --quiet "$dasar" "$akar" / >/dev/null
  rm -rf --one-file-system "${akar:?}"
  while IFS= read -r satu; do bud config --env "$satu" "$dasar"; done \
    < <(env | grep -E '^(PIP_[A-Z_]+|[A-Za-z]+_[Pp][Rr][Oo][Xx][Yy]|SSL_CERT_FILE|REQUESTS_CA_BUNDLE)=' || true)
  bud run --isolation chroot "$dasar" -- sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv >/dev/null &&
    ln -s python3 /usr/bin/python && rm -rf /var/lib/apt/lists/*' > "$kerja/dasar.log" 2>&1 || { tail -5 "$kerja/dasar.log" >&2; exit 69; }
  bud commit --quiet --rm "$dasar" dasar >/dev/null
fi
setelan=$( { cat /etc/pip.conf /etc/xdg/pip/pip.conf "$HOME"/{.config,.}/pip/pip.conf; env | grep '^PIP_'; } 2>/dev/null || true)
letak=()  # folders of this machine that pip's settings name
for satu in $(grep -oE '(^|[ =:]|file://)/[^ :]+' <<< "$setelan" | sed -E 's/^[ =:]?(file:\/\/)?//; s/^\/\/\//\//' | sort -u); do
  satu=${satu%/}; [ "$(basename "$satu")" != simple ] || satu=$(dirname "$satu")  # of an index its parent, where its files are
  [ ! -d "$satu" ] || [ "$satu" = /etc/ssl/certs ] || [[ " ${letak[*]} " == *" $satu:"* ]] || letak+=(--volume "$satu:$satu:ro")
done
sejak "dasar: Debian 12 dari debootstrap"

# --- the image, from what is committed; secrets that lie where a server has them must stay outside
git -c safe.directory='*' clone --quiet --no-hardlinks "$pohon" "$kerja/pohon"
tanda=$(head -c 18 /dev/urandom | base64 | tr -d /+=)
mkdir -p "$kerja/pohon/deploy/rahasia" "$kerja/pohon/deploy/tls"
for satu in rahasia/secret_key tls/privkey.pem .env; do echo "$tanda" > "$kerja/pohon/deploy/$satu"; done
[ -z "$(git -C "$kerja/pohon" -c safe.directory='*' status --porcelain)" ] || { echo "git melihat rahasia deploy/" >&2; exit 1; }
bud bud --format docker --isolation chroot ${CITRA_SIMPANAN:+--layers} --quiet --build-arg DASAR=localhost/dasar "${letak[@]}" \
  -f "$kerja/pohon/deploy/Dockerfile" -t musrenbang "$kerja/pohon" \
  > "$kerja/bangun.log" 2>&1 || { tail -n 20 "$kerja/bangun.log" >&2; exit 1; }
isi=$(bud from localhost/musrenbang)
citra=$(bud mount "$isi")
sejak "citra dibangun: $(du -sm "$citra" | cut -f1) MB"
app=$citra/opt/musrenbang/app
for satu in deploy/rahasia deploy/tls deploy/.env tests bench .git; do [ ! -e "$app/$satu" ] || { echo "$satu ada di dalam citra" >&2; exit 1; }; done
! grep -rqs "$tanda" "$app" || { echo "rahasia ada di dalam citra" >&2; exit 1; }
[ -z "$(find "$app" ! -uid 0 -print -quit)" ] || { echo "ada berkas program yang bukan milik root" >&2; exit 1; }

# --- secrets, database with its two roles, certificate
pg=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | tail -n 1)")
bebas() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
port_pg=$(bebas) port_web=$(bebas) port_tls=$(bebas) port_polos=$(bebas) alamat=https://localhost:$port_tls
mkdir -p "$kerja"/{rahasia,berkas,cadangan,tls,nginx,pg}
chown postgres "$kerja/pg"; chown 10001 "$kerja/berkas" "$kerja/cadangan"
acak() { python3 -c "import secrets; print(secrets.token_urlsafe(48))"; }
for satu in secret_key database_sandi_induk database_sandi_pemilik database_sandi cadangan_sandi kunci_jangkar; do acak > "$kerja/rahasia/$satu"; done
di=127.0.0.1:$port_pg/musrenbang
echo "postgres://musrenbang:$(cat "$kerja/rahasia/database_sandi")@$di" > "$kerja/rahasia/database_url"
echo "postgres://musrenbang_pemilik:$(cat "$kerja/rahasia/database_sandi_pemilik")@$di" > "$kerja/rahasia/database_url_pemilik"
chmod 755 "$kerja/rahasia"; chmod 644 "$kerja"/rahasia/*
su postgres -c "'$pg/initdb' -D '$kerja/pg' -U postgres --auth-local=trust --auth-host=scram-sha-256 -E UTF8 --locale=C.UTF-8" >/dev/null
su postgres -c "'$pg/pg_ctl' -D '$kerja/pg' -w -l '$kerja/pg/log' -o '-p $port_pg -c listen_addresses=127.0.0.1 -c unix_socket_directories=$kerja/pg' start" >/dev/null
PGHOST=$kerja/pg PGPORT=$port_pg POSTGRES_USER=postgres RAHASIA=$kerja/rahasia bash "$pohon/deploy/basisdata/peran.sh" >/dev/null
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
  -keyout "$kerja/tls/privkey.pem" -out "$kerja/tls/fullchain.pem" 2>/dev/null

# --- the containers
umum=(SECRET_KEY_FILE=/run/secrets/secret_key CADANGAN_DIR=/mnt CADANGAN_SANDI_FILE=/run/secrets/cadangan_sandi JANGKAR_DIR=/mnt/jangkar
  KUNCI_JANGKAR_FILE=/run/secrets/kunci_jangkar PEKERJA_TERPISAH=1 LOG_BENTUK=json ALLOWED_HOSTS=localhost "CSRF_TRUSTED_ORIGINS=$alamat"
  "ALAMAT=$alamat" MODE_LATIHAN=1)
melayani=(DATABASE_URL_FILE=/run/secrets/database_url "${umum[@]}")
batasi() {  # name: this process and its children get the memory of one container; without control groups all of it
  local ini=$kendali/$nama-$1
  mkdir -p "$ini" 2>/dev/null && for satu in memory.limit_in_bytes memory.max; do
    [ ! -w "$ini/$satu" ] || { echo $((2 << 30)) > "$ini/$satu" && echo 0 > "$ini/cgroup.procs"; }
  done || true
}
memori() {  # name: the peak in MB (with what was read from the disk), and how often the limit was met
  local ini=$kendali/$nama-$1 puncak=
  for satu in memory.max_usage_in_bytes memory.peak; do [ ! -r "$ini/$satu" ] || puncak=$(($(cat "$ini/$satu") >> 20)); done
  echo "  memori $1: ${puncak:+puncak $puncak dari 2048 MB, }${puncak:-tidak diukur}" | sed 's/, [0-9]*$//'
}
wadah() { ( batasi sekali; exec unshare --mount --pid --fork --kill-child bash "$0" --wadah "$citra" "$kerja" "$@" </dev/null ); }
dibelakang() { ( batasi "$1"; exec setsid unshare --mount --pid --fork --kill-child bash "$0" --wadah "$citra" "$kerja" "${@:2}" </dev/null ) \
  >"$kerja/$1.log" 2>&1 & anak+=($!); }
pemilik=(DATABASE_URL_FILE=/run/secrets/database_url_pemilik "${umum[@]}")
wadah "bash deploy/basisdata/migrasi.sh" "${pemilik[@]}" > "$kerja/migrasi.log" 2>&1 || { tail -n 5 "$kerja/migrasi.log" >&2; exit 1; }
wadah "python manage.py create_demo --tahap persiapan" "${pemilik[@]}" > "$kerja/demo.log" 2>&1 || { tail -n 5 "$kerja/demo.log" >&2; exit 1; }
sejak "migrasi oleh pemilik tabel, hak peran yang melayani, latihan"
! wadah "python manage.py check" "${melayani[@]/SECRET_KEY_FILE*/SECRET_KEY=pendek}" > "$kerja/pendek.log" 2>&1 \
  || { echo "kunci pendek diterima" >&2; exit 1; }
grep -q 'SECRET_KEY terlalu pendek' "$kerja/pendek.log"
dibelakang web "gunicorn --config deploy/gunicorn.conf.py musrenbang.wsgi" "${melayani[@]}" GUNICORN_BIND=127.0.0.1:"$port_web" GUNICORN_WORKERS=2
dibelakang pekerja "python manage.py db_worker --interval=1 --no-reload" "${melayani[@]}"
sed -e "s/server web-1:8000 .*/server 127.0.0.1:$port_web;/; /server web-2:8000/d" -e "s/listen 80;/listen 127.0.0.1:$port_polos;/" \
  -e "s/listen 443 ssl http2;/listen 127.0.0.1:$port_tls ssl http2;/" -e "s#/etc/nginx/tls#$kerja/tls#; s#/etc/nginx/musrenbang#$pohon/deploy/nginx#" \
  "$pohon/deploy/nginx/musrenbang.conf" > "$kerja/nginx/situs.conf"
sed "s#/etc/nginx/musrenbang#$pohon/deploy/nginx#; s#/var/log/nginx#$kerja/nginx#" "$pohon/deploy/nginx/aplikasi.conf" > "$kerja/nginx/aplikasi.conf"
sed -i "s#include .*/aplikasi.conf#include $kerja/nginx/aplikasi.conf#" "$kerja/nginx/situs.conf"
cat > "$kerja/nginx/nginx.conf" <<CONF
daemon off; pid $kerja/nginx/pid; error_log $kerja/nginx/galat.log; user root;
events {} http { access_log off; client_body_temp_path $kerja/nginx/b; proxy_temp_path $kerja/nginx/p; fastcgi_temp_path $kerja/nginx/f;
uwsgi_temp_path $kerja/nginx/u; scgi_temp_path $kerja/nginx/s; include $kerja/nginx/situs.conf; }
CONF
setsid nginx -c "$kerja/nginx/nginx.conf" </dev/null > "$kerja/nginx/log" 2>&1 & anak+=($!)
for _ in $(seq 120); do
  # as the image's own health check asks, and as a balancer does that names whatever host
  curl --noproxy '*' -fs -H 'Host: web-1' "http://127.0.0.1:$port_web/sehat/" >/dev/null 2>&1 && break; sleep 0.5
done
curl --noproxy '*' -fs -H 'Host: entah.siapa' "http://127.0.0.1:$port_web/sehat/" >/dev/null || { tail -n 20 "$kerja/web.log" >&2; exit 1; }
sejak "web, pekerja dan nginx berjalan; /sehat/ menjawab apa pun Host-nya"

jalan() { python3 "$pohon/bench/journey.py" "$1" "$alamat" "$kerja/tls/fullchain.pem" "http://localhost:$port_polos" \
  || { tail -n 5 "$kerja"/{web,pekerja}.log >&2; exit 1; }; }
jalan unggah
wadah "python manage.py create_demo --reset --tahap penandatanganan" "${pemilik[@]}" > "$kerja/demo.log" 2>&1 || { tail -n 5 "$kerja/demo.log" >&2; exit 1; }
jalan terbit
sejak "perjalanan lewat nginx dengan TLS, dua acara latihan"
wadah "python manage.py cadangkan --otomatis" "${melayani[@]}" > "$kerja/cadang.log" 2>&1 || { tail -n 5 "$kerja/cadang.log" >&2; exit 1; }
arsip=$(basename "$(ls "$kerja"/cadangan/musrenbang-*)")
head -c 21 "$kerja/cadangan/$arsip" | grep -q '^age-encryption.org/v1' || { echo "cadangan tidak bersandi: $arsip" >&2; exit 1; }
echo "  cadangan bersandi di luar data: $(du -k "$kerja/cadangan/$arsip" | cut -f1) KB"
wadah "python manage.py pulihkan /mnt/$arsip --ya" "${pemilik[@]}" > "$kerja/pulih.log" 2>&1 || { tail -n 5 "$kerja/pulih.log" >&2; exit 1; }
sebagai_pelayan() { PGPASSWORD=$(cat "$kerja/rahasia/database_sandi") psql -h 127.0.0.1 -p "$port_pg" -U musrenbang -d musrenbang -c "$1"; }
grep -q 'deploy/basisdata/migrasi.sh' "$kerja/pulih.log"  # what the restore says is to be done next
! sebagai_pelayan 'SELECT 1 FROM musrenbang_musrenbang' >/dev/null 2>&1 || { echo "tabel baru terbuka tanpa hak.sql" >&2; exit 1; }
wadah "bash deploy/basisdata/migrasi.sh" "${pemilik[@]}" > "$kerja/migrasi2.log" 2>&1 || { tail -n 5 "$kerja/migrasi2.log" >&2; exit 1; }
jalan pulih
! sebagai_pelayan 'DELETE FROM musrenbang_jejakaudit' > "$kerja/hapus.log" 2>&1 || { echo "peran yang melayani dapat menghapus jejak" >&2; exit 1; }
grep -q 'permission denied' "$kerja/hapus.log"
! wadah "touch /opt/musrenbang/app/x" "${melayani[@]}" > "$kerja/tulis.log" 2>&1 || { echo "citra dapat ditulisi" >&2; exit 1; }
grep -q 'Read-only' "$kerja/tulis.log"
grep -q '"GET /verifikasi/\.\.\."' "$kerja/nginx/access.log" || { echo "nginx tidak mencatat halaman warga" >&2; exit 1; }
! grep -qE '/verifikasi/[^. "]' "$kerja/nginx/access.log" || { echo "kode dokumen ada di log nginx" >&2; exit 1; }
sejak "cadangan dan pemulihannya, hak basis data, citra hanya-baca, log nginx"
for satu in web pekerja sekali; do memori "$satu"; done
echo "== seluruhnya: $SECONDS detik"
