"""Opening a ranking, changing its rules, orders and ties, fixing and reopening it."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from musrenbang import audit, transisi
from musrenbang.kunci import allowed_in, lock_musrenbang
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.persiapan.queries import kriteria_for
from musrenbang.sebutan import sebutan
from musrenbang.states import KAPAN_SAJA
from musrenbang.transisi import Refused
from rkp.models import BarisRkp, Keputusan, UsulanKelompok
from rkp.prioritas.engine.errors import BadInput
from rkp.prioritas.engine.published import compute, digest, preview
from rkp.prioritas.izin import BOLEH_CALON, BOLEH_PRIORITAS, BOLEH_SPC
from rkp.prioritas.models import (
    MOVES_PEMERINGKATAN,
    Calon,
    Nilai,
    Pemeringkatan,
    Pemungutan,
    StatusPemeringkatan,
    StatusPemungutan,
    UrutanKelompok,
)
from rkp.prioritas.queries.candidates import TEMUAN, Peserta, list_peserta
from rkp.prioritas.queries.input import build_input, freeze_findings, kriteria_of
from rkp.prioritas.queries.suara import below_quorum, vote_name
from rkp.prioritas.rules import complete, faults
from rkp.prioritas.services.candidates import new_candidate
from rkp.prioritas.services.dana import remove_dana, write_dana
from rkp.prioritas.services.kunci import lock_open, reason, touch
from rkp.queries.baris import agreed_rows, current_version

BEKU_SAAT_SUARA = ("metode", "daftar", "tabel_pilihan", "rahasia", "kuorum_pemilih")


@allowed_in(BOLEH_CALON)
def open_pemeringkatan(
    *, musrenbang: Musrenbang, by: Pengguna, kode: str, nama: str, pagu: int, dasar_hukum: str, aturan: dict[str, Any]
) -> Pemeringkatan:
    """Copy a scheme into the event before anything is ranked: name, pagu (rupiah) and every setting.

    Raises Refused when the settings contradict each other or the scheme is open already.
    """
    frozen = complete(aturan)
    if frozen["metode"] in {"skor", "saw"} and not frozen["kriteria"]:
        frozen["kriteria"] = [
            {
                "kode": k["kode"],
                "nama": k["nama"],
                "bobot": str(k["bobot"]),
                "min": "1",
                "maks": "5",
                "jenis": "manfaat",
            }
            for k in kriteria_for(musrenbang)
        ]
    _check(frozen)
    try:
        with transaction.atomic():
            p = Pemeringkatan.objects.create(
                musrenbang=musrenbang, kode=kode, nama=nama, pagu=pagu, dasar_hukum=dasar_hukum, aturan=frozen
            )
    except IntegrityError as error:
        raise Refused("Pemeringkatan dengan skema ini sudah dibuka. Muat ulang halaman.") from error
    audit.record(
        musrenbang=musrenbang,
        by=by,
        aksi="prioritas.dibuka",
        objek=p,
        rincian={"pagu": pagu, "metode": frozen["metode"], "kebijakan_sisa": frozen["kebijakan_sisa"]},
    )
    _enter_all(p)
    return p


def _check(aturan: dict[str, Any]) -> None:
    wrong = faults(aturan, [k["kode"] for k in aturan["kriteria"]] if aturan["metode"] in {"skor", "saw"} else ["C1"])
    if wrong:
        raise Refused(" ".join(wrong))


def _enter_all(p: Pemeringkatan) -> int:
    """Where every agreed work competes, enter those that do not yet; the groups' scores are their start."""
    if not p.aturan["calon_otomatis"]:
        return 0
    listing = p.aturan["daftar"][0]["kode"]
    baris = BarisRkp.objects.filter(rkp__musrenbang=p.musrenbang_id).exclude(calon__pemeringkatan=p)
    contents = list(baris.exclude(keputusan=Keputusan.DIGABUNG))
    new = Calon.objects.bulk_create(new_candidate(p, contents, daftar=listing), batch_size=500)
    _take_group_scores(p, {c.baris_id: c for c in new})
    return len(new)


def _take_group_scores(p: Pemeringkatan, calon: dict[int, Calon]) -> None:
    """The groups scored on the same criteria: their scores are the start, each may still be changed."""
    kode = {k["kode"] for k in kriteria_of(p) if k["min"] == "1" and k["maks"] == "5"}
    Nilai.objects.bulk_create(
        (
            Nilai(calon=calon[u.baris_id], kode=k, nilai=n)
            for u in UsulanKelompok.objects.filter(baris__in=calon)
            for k, n in u.nilai.items()
            if k in kode
        ),
        batch_size=500,
    )


@transaction.atomic
def sync_candidates(*, musrenbang: Musrenbang, by: Pengguna, alasan: str = "") -> None:
    """When the plan is fixed: works that came in since a ranking was opened compete as well, if all of them do."""
    for p in Pemeringkatan.objects.filter(musrenbang=musrenbang, status=StatusPemeringkatan.DRAF):
        jumlah = _enter_all(p)
        if jumlah:
            audit.record(
                musrenbang=musrenbang, by=by, aksi="prioritas.calon_masuk", objek=p, rincian={"jumlah": jumlah}
            )


@transaction.atomic
def remove_pemeringkatan(*, pemeringkatan: Pemeringkatan, by: Pengguna) -> None:
    """Remove a ranking on which nobody has worked yet: no score, verification, vote or order."""
    current, p = lock_open(pemeringkatan, BOLEH_CALON)
    worked_on = (
        Nilai.objects.filter(calon__pemeringkatan=p).exists()
        or Calon.objects.filter(pemeringkatan=p, verifikasi__isnull=False).exists()
        or p.pemungutan.exists()
        or p.urutan_kelompok.exists()
    )
    if worked_on:
        raise Refused("Pemeringkatan ini sudah dikerjakan, jadi tidak dapat dihapus. Ubah aturannya dengan alasan.")
    audit.record(musrenbang=current, by=by, aksi="prioritas.dihapus", objek=p)
    p.delete()


@transaction.atomic
def change_rules(
    *,
    pemeringkatan: Pemeringkatan,
    by: Pengguna,
    versi: int,
    nama: str,
    pagu: int,
    dasar_hukum: str,
    aturan: dict[str, Any],
    alasan: str,
) -> None:
    """Change the frozen scheme; needs a reason, which goes to the trail and the Berita Acara.

    Raises Refused without one, for a stale page, and for what a running or finished vote rests on.
    """
    current, p = lock_open(pemeringkatan, BOLEH_CALON)
    alasan = reason(alasan, "Aturan yang sudah berjalan hanya dapat diubah dengan alasan. Tuliskan alasannya.")
    new = complete(aturan)
    _check(new)
    details = audit.diff(p.aturan, new) | audit.diff(
        {"nama": p.nama, "pagu": p.pagu, "dasar_hukum": p.dasar_hukum},
        {"nama": nama, "pagu": pagu, "dasar_hukum": dasar_hukum},
    )
    if not details:
        return
    suara = Pemungutan.objects.filter(pemeringkatan=p).exclude(status=StatusPemungutan.DIBATALKAN)
    if any(k in details for k in BEKU_SAAT_SUARA) and suara.exists():
        raise Refused("Pemungutan suara memakai aturan itu. Batalkan dahulu pemungutannya dengan alasan.")
    list_rows = {d["kode"] for d in new["daftar"]}
    if Calon.objects.filter(pemeringkatan=p).exclude(daftar__in=list_rows).exists():
        raise Refused("Masih ada calon di daftar yang dihapus. Pindahkan dahulu ke daftar lain.")
    touch(p, versi)
    Pemeringkatan.objects.filter(pk=p.pk).update(nama=nama, pagu=pagu, dasar_hukum=dasar_hukum, aturan=new)
    kode = {k["kode"] for k in new["kriteria"]}
    Nilai.objects.filter(calon__pemeringkatan=p).exclude(kode__in=kode).delete()
    audit.record(musrenbang=current, by=by, aksi="prioritas.aturan_diubah", objek=p, alasan=alasan, rincian=details)


@transaction.atomic
def save_ordering(
    *, pemeringkatan: Pemeringkatan, by: Pengguna, daftar: str, nama: str, urutan: list[int], versi: int
) -> UrutanKelompok:
    """Write down the order of one discussion group: every candidate of the list once, by row key."""
    current, p = lock_open(pemeringkatan)
    calon = {c.calon.baris_id: c for c in list_peserta(p) if c.calon.daftar == daftar and c.layak}
    if sorted(urutan) != sorted(calon):
        raise Refused(
            "Urutan harus memuat setiap calon daftar ini tepat satu kali. Muat ulang halaman bila calonnya berubah."
        )
    if len(nama.strip()) < 1:
        raise Refused("Isi nama kelompoknya.")
    old = UrutanKelompok.objects.filter(pemeringkatan=p, daftar=daftar, nama=nama.strip()).first()
    if (old.versi if old else 0) != versi:
        raise Refused(f"Urutan {nama.strip()} sudah dicatat orang lain. Muat ulang halaman untuk melihatnya.")
    if old:
        UrutanKelompok.objects.filter(pk=old.pk).update(urutan=urutan, versi=F("versi") + 1)
        old.refresh_from_db()
    one = old or UrutanKelompok.objects.create(pemeringkatan=p, daftar=daftar, nama=nama.strip(), urutan=urutan)
    audit.record(
        musrenbang=current,
        by=by,
        aksi="prioritas.urutan_kelompok",
        objek=one,
        rincian={"urutan": [calon[pk].kode for pk in urutan]},
    )
    return one


@transaction.atomic
def remove_ordering(*, urutan: UrutanKelompok, by: Pengguna) -> None:
    """Take the order of a group out again."""
    current, _ = lock_open(urutan.pemeringkatan)
    audit.record(
        musrenbang=current, by=by, aksi="prioritas.urutan_dihapus", objek=urutan, rincian={"urutan": urutan.urutan}
    )
    urutan.delete()


@transaction.atomic
def set_order(
    *, pemeringkatan: Pemeringkatan, by: Pengguna, daftar: str, urutan: list[int], versi: int, alasan: str
) -> None:
    """Fix the order of a list by the plenary's word, with the reason; an empty order goes back to the groups' sums."""
    current, p = lock_open(pemeringkatan)
    calon = {c.calon.baris_id: c for c in list_peserta(p) if c.calon.daftar == daftar and c.layak}
    if urutan and sorted(urutan) != sorted(calon):
        raise Refused(
            "Urutan harus memuat setiap calon daftar ini tepat satu kali. Muat ulang halaman bila calonnya berubah."
        )
    alasan = reason(alasan, "Tuliskan dasar urutan itu, misalnya musyawarah pleno.")
    touch(p, versi)
    Calon.objects.filter(pemeringkatan=p, daftar=daftar).update(urutan=None)
    for place, pk in enumerate(urutan, 1):
        Calon.objects.filter(pemeringkatan=p, baris=pk).update(urutan=place)
    Pemeringkatan.objects.filter(pk=p.pk).update(urutan_alasan=alasan)
    audit.record(
        musrenbang=current,
        by=by,
        aksi="prioritas.urutan_pleno",
        objek=p,
        alasan=alasan,
        rincian={"urutan": [calon[pk].kode for pk in urutan]},
    )


@transaction.atomic
def fix_pemeringkatan(*, pemeringkatan: Pemeringkatan, by: Pengguna) -> Pemeringkatan:
    """Compute once more and freeze input and result with their hashes.

    A meeting that agreed no row at all has an empty ranking, and fixes that. Any other meeting is refused while no
    candidate may be ranked or a rule stands against it (Refused). Ties on which nothing depends share their rank, and
    the input says so; of those that matter the meeting's decision is asked first.
    """
    current, p = lock_open(pemeringkatan)
    peserta = list_peserta(p)
    try:
        input_data = build_input(p, peserta)
        versi = current_version(current)
        if not input_data["usulan"] and (versi is None or agreed_rows(versi).exists()):
            raise Refused("Belum ada calon yang memenuhi syarat untuk diperingkat.")
        if preview(input_data).bebas:
            input_data["skema"]["seri_bersama"] = True
        result = compute(input_data)
    except BadInput as error:
        raise Refused(f"Peringkat belum dapat ditetapkan. {error}") from error
    _check_gaps(peserta, result)
    for v in below_quorum(p):
        raise Refused(
            f"{vote_name(v)}: terlalu sedikit yang memilih dan sidang tidak memutuskan apa pun. Batalkan, lalu ulangi."
        )
    input_data[TEMUAN] = freeze_findings(peserta)
    write_dana(p, result)
    Pemeringkatan.objects.filter(pk=p.pk).update(
        masukan=input_data, hasil=result, sha256_masukan=digest(input_data), sha256_hasil=digest(result)
    )
    transisi.move(
        p,
        dari=StatusPemeringkatan.DRAF,
        ke=StatusPemeringkatan.DITETAPKAN,
        table=MOVES_PEMERINGKATAN,
        musrenbang=current,
        by=by,
        rincian={"sha256_masukan": digest(input_data), "sha256_hasil": digest(result), **result["ringkasan"]},
    )
    p.refresh_from_db()
    return p


def _check_gaps(peserta: list[Peserta], result: dict[str, Any]) -> None:
    """MPD-32: a work that gets less than it asks says how the rest is paid, also where only the pagu ran out."""
    closing = {c.kode: c.calon.penutup for c in peserta}
    open_ones = [d["kode"] for d in result["pendanaan"] if d["status"] == "didanai_sebagian" and not closing[d["kode"]]]
    if open_ones:
        raise Refused(
            f"No. {', '.join(open_ones)} didanai sebagian. Buka kegiatannya dan isi dahulu bagaimana kekurangannya "
            "ditutup: RAB baru, swadaya, atau sumber lain."
        )


@transaction.atomic
def reopen_pemeringkatan(
    *, musrenbang: Musrenbang, by: Pengguna, alasan: str, pemeringkatan: Pemeringkatan | None = None
) -> None:
    """Open fixed rankings again: all of them when the event steps back, or one with a reason.

    The trail keeps the hashes of what was fixed.
    """
    fixed = Pemeringkatan.objects.select_for_update().filter(
        musrenbang=musrenbang, status=StatusPemeringkatan.DITETAPKAN
    )
    if pemeringkatan:
        lock_musrenbang(musrenbang, BOLEH_PRIORITAS)
        alasan = reason(alasan, "Tuliskan mengapa peringkat dibuka kembali.")
        fixed = fixed.filter(pk=pemeringkatan.pk)
    for p in fixed:
        transisi.move(
            p,
            dari=StatusPemeringkatan.DITETAPKAN,
            ke=StatusPemeringkatan.DRAF,
            table=MOVES_PEMERINGKATAN,
            musrenbang=musrenbang,
            by=by,
            alasan=alasan,
            rincian={"sha256_masukan": p.sha256_masukan, "sha256_hasil": p.sha256_hasil},
        )
        remove_dana(p)
        Pemeringkatan.objects.filter(pk=p.pk).update(masukan=None, hasil=None, sha256_masukan="", sha256_hasil="")


@allowed_in(BOLEH_SPC, of="pemeringkatan.musrenbang")
def set_spc(*, pemeringkatan: Pemeringkatan, by: Pengguna, nomor: str, tanggal: date) -> None:
    """Record the Surat Penetapan Camat, without which a result is not final (MPD-34)."""
    p = Pemeringkatan.objects.select_for_update().get(pk=pemeringkatan.pk)
    if p.status != StatusPemeringkatan.DITETAPKAN:
        raise Refused(f"Surat Penetapan {sebutan.camat} dicatat sesudah peringkat ditetapkan.")
    new = {"spc_nomor": nomor.strip(), "spc_tanggal": tanggal}
    if not new["spc_nomor"]:
        raise Refused(f"Isi nomor Surat Penetapan {sebutan.camat}.")
    details = audit.diff({k: getattr(p, k) for k in new}, new)
    if details:
        Pemeringkatan.objects.filter(pk=p.pk).update(**new)
        audit.record(musrenbang=pemeringkatan.musrenbang, by=by, aksi="prioritas.spc", objek=p, rincian=details)


@allowed_in(KAPAN_SAJA, of="pemeringkatan.musrenbang")
def hold_pemeringkatan(*, pemeringkatan: Pemeringkatan, by: Pengguna, alasan: str, berita_acara: str) -> None:
    """Hold the money of a troubled kecamatan back, or release it with an empty reason (MPD-39).

    Raises Refused without the Berita Acara that says so (MPD-38).
    """
    if alasan.strip() and len(berita_acara.strip()) < 3:
        raise Refused("Sanksi hanya dicatat dengan Berita Acara yang menetapkannya. Isi nomornya.")
    new = {"ditunda": alasan.strip(), "ditunda_ba": berita_acara.strip() if alasan.strip() else ""}
    details = audit.diff({k: getattr(pemeringkatan, k) for k in new}, new)
    if details:
        Pemeringkatan.objects.filter(pk=pemeringkatan.pk).update(**new)
        audit.record(
            musrenbang=pemeringkatan.musrenbang,
            by=by,
            aksi="prioritas.ditunda",
            objek=pemeringkatan,
            alasan=alasan.strip(),
            rincian=details,
        )
