"""Who competes, what was found out about it, its scores, and what its desa did."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from musrenbang import audit
from musrenbang.kunci import allowed_in
from musrenbang.models import Desa, Musrenbang, Pengguna
from musrenbang.plausible import check_jumlah
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused
from rkp.models import BarisRkp, Keputusan
from rkp.prioritas.izin import BOLEH_CALON
from rkp.prioritas.models import (
    Calon,
    CandidateOrigin,
    KeadaanDesa,
    Nilai,
    Pemeringkatan,
    Pemungutan,
    StatusPemungutan,
    Verifikasi,
)
from rkp.prioritas.queries.candidates import from_desa, list_peserta, rows_outside
from rkp.prioritas.queries.input import kriteria_of
from rkp.prioritas.services.kunci import BAGIAN, lock_open, reason

Sel = dict[tuple[int, str], tuple[Decimal | None, Decimal | None]]
"""{(candidate, criterion): (score that the page showed, new score)}."""


def _check_not_voted(p: Pemeringkatan, *daftar: str) -> None:
    suara = Pemungutan.objects.filter(pemeringkatan=p, daftar__in=daftar).exclude(status=StatusPemungutan.DIBATALKAN)
    if suara.exists():
        raise Refused(
            "Daftar ini sudah dipungut suaranya, jadi calonnya tetap. Batalkan pemungutan itu bila harus diubah."
        )


def new_candidate(p: Pemeringkatan, baris: list[BarisRkp], **start: Any) -> list[Calon]:
    """Return candidates, not stored; what a desa proposed came from its DU-RKP until somebody says otherwise."""
    desa = from_desa([b.pk for b in baris])
    return [Calon(pemeringkatan=p, baris=b, di_rkp_desa=b.pk in desa, **start) for b in baris]


@transaction.atomic
def add_candidate(
    *, pemeringkatan: Pemeringkatan, by: Pengguna, baris: list[int], daftar: str, sumber: str = ""
) -> int:
    """Let rows of the plan compete in a list; return how many were not in yet. ``sumber``: the fund that pays them."""
    current, p = lock_open(pemeringkatan, BOLEH_CALON)
    if daftar not in {d["kode"] for d in p.aturan["daftar"]}:
        raise Refused("Pilih daftarnya.")
    if sumber and sumber not in {s["nama"] for s in p.aturan["sumber"]}:
        raise Refused("Sumber dana itu bukan milik program ini. Muat ulang halaman.")
    _check_not_voted(p, daftar)
    pilihan = BarisRkp.objects.filter(rkp__musrenbang=current, pk__in=baris).exclude(keputusan=Keputusan.DIGABUNG)
    start = {"daftar": daftar} | ({"jenis": "SPP", "asal": CandidateOrigin.MKP} if daftar == "SPP" else {})
    new = Calon.objects.bulk_create(
        new_candidate(p, list(pilihan.exclude(calon__pemeringkatan=p)), sumber=sumber, **start), batch_size=500
    )
    for c in new:
        audit.record(musrenbang=current, by=by, aksi="calon.ditambah", objek=c, rincian={"program": p.nama})
    return len(new)


def add_fitting(*, pemeringkatan: Pemeringkatan, by: Pengguna, daftar: str) -> int:
    """Let every row that does not compete yet compete; return how many."""
    outside = rows_outside(pemeringkatan).values_list("pk", flat=True)
    return add_candidate(pemeringkatan=pemeringkatan, by=by, baris=list(outside), daftar=daftar)


@transaction.atomic
def remove_candidate(*, calon: Calon, by: Pengguna, alasan: str) -> None:
    """Take a candidate out of the ranking, with the reason; the row itself stays in the plan."""
    current, p = lock_open(calon.pemeringkatan, BOLEH_CALON)
    _check_not_voted(p, calon.daftar)
    alasan = reason(alasan, "Tuliskan mengapa kegiatan ini dikeluarkan dari calon.")
    audit.record(
        musrenbang=current, by=by, aksi="calon.dikeluarkan", objek=calon, alasan=alasan, rincian={"program": p.nama}
    )
    calon.delete()


@transaction.atomic
def save_candidate(*, calon: Calon, by: Pengguna, versi: int, dipastikan: int | None = None, **isi: Any) -> Calon:
    """Store what is known about a candidate; a stale page and a list that was voted on are refused.

    Raises NeedsConfirmation for self-help (swadaya) far above what the work costs, unless ``dipastikan`` is that
    amount.
    """
    current, p = lock_open(calon.pemeringkatan, BOLEH_CALON)
    old = Calon.objects.select_related("baris").get(pk=calon.pk)
    details = audit.diff({k: getattr(old, k) for k in isi}, isi)
    if not details:
        return old
    times = check_jumlah(
        isi.get("swadaya"),
        old.baris.biaya,
        kolom="swadaya",
        what=f"Swadaya no. {old.kode}",
        acuan_words="biaya kegiatannya",
        dipastikan=dipastikan,
    )
    if times:
        details["dipastikan"] = ["", times]
    if isi.get("daftar", old.daftar) != old.daftar:
        _check_not_voted(p, old.daftar, isi["daftar"])
    if not Calon.objects.filter(pk=calon.pk, versi=versi).update(**isi, versi=F("versi") + 1):
        raise Refused(audit.stale(old, BAGIAN))
    audit.record(musrenbang=current, by=by, aksi="calon.diubah", objek=old, rincian={"program": p.nama, **details})
    return Calon.objects.select_related("baris").get(pk=calon.pk)


@transaction.atomic
def approve_less(
    *, calon: Calon, by: Pengguna, versi: int, disetujui: int | None, alasan: str, penutup: str, didahulukan: str
) -> None:
    """Give a work less than it asks (rupiah), or put it before a higher one that did not fit (MPD-29, MPD-32).

    Less wants a reason and how the gap is closed: a new RAB, swadaya, another source. None gives back the whole amount;
    ``penutup`` alone says how the work that takes the rest of the pagu closes its gap.
    """
    current, _ = lock_open(calon.pemeringkatan)
    asked = next(p.isi.biaya for p in list_peserta(calon.pemeringkatan) if p.calon.pk == calon.pk)
    if disetujui is not None and (asked is None or not 0 < disetujui <= asked):
        raise Refused("Jumlah yang disetujui harus lebih dari 0 dan tidak melebihi yang diminta.")
    if disetujui == asked:
        disetujui = None
    if disetujui is not None and len(alasan.strip()) < 5:
        raise Refused("Tuliskan mengapa disetujui kurang dari yang diminta.")
    if disetujui is not None and len(penutup.strip()) < 5:
        raise Refused("Tuliskan bagaimana kekurangannya ditutup: RAB baru, swadaya, atau sumber lain.")
    if didahulukan.strip() and len(didahulukan.strip()) < 5:
        raise Refused("Tuliskan alasan tertulis sidang mendahulukan kegiatan ini.")
    content = {
        "disetujui": disetujui,
        "alasan_disetujui": alasan.strip() if disetujui else "",
        "penutup": penutup.strip(),
        "didahulukan": didahulukan.strip(),
    }
    details = audit.diff({k: getattr(calon, k) for k in content}, content)
    if not details:
        return
    if not Calon.objects.filter(pk=calon.pk, versi=versi).update(**content, versi=F("versi") + 1):
        raise Refused(audit.stale(calon, BAGIAN))
    audit.record(
        musrenbang=current,
        by=by,
        aksi="calon.jumlah",
        objek=calon,
        alasan=alasan.strip() or didahulukan.strip(),
        rincian=details,
    )


@transaction.atomic
def save_values(*, pemeringkatan: Pemeringkatan, by: Pengguna, cell: Sel) -> int:
    """Save score cells and return how many changed.

    Only cells that the person changed are written; a score outside the scheme's bounds is refused, and one that
    somebody else changed meanwhile: then nothing is saved.
    """
    current, p = lock_open(pemeringkatan)
    calon = {c.pk: c for c in Calon.objects.filter(pemeringkatan=p).select_related("baris")}
    kriteria = {k["kode"]: k for k in kriteria_of(p)}
    existing = {(n.calon_id, n.kode): n.nilai for n in Nilai.objects.filter(calon__pemeringkatan=p)}
    details: dict[int, dict[str, list[str | None]]] = {}
    for (pk, kode), (old, new) in cell.items():
        if old == new or pk not in calon or kode not in kriteria:
            continue
        k, current_value = kriteria[kode], existing.get((pk, kode))
        if current_value not in (old, new):
            raise Refused(
                f"Skor {k['nama']} untuk no. {calon[pk].kode} baru saja diisi orang lain dengan "
                f"{_text(current_value)}. Belum ada skor Anda yang disimpan; bandingkan, lalu simpan lagi."
            )
        _check_bounds(k, new)
        if new is None:
            Nilai.objects.filter(calon=pk, kode=kode).delete()
        else:
            Nilai.objects.update_or_create(calon_id=pk, kode=kode, defaults={"nilai": new})
        details.setdefault(pk, {})[k["nama"]] = [_text(current_value), _text(new)]
    for pk, difference in details.items():
        audit.record(musrenbang=current, by=by, aksi="prioritas.dinilai", objek=calon[pk].baris, rincian=difference)
    return sum(len(difference) for difference in details.values())


def _check_bounds(k: dict[str, Any], nilai: Decimal | None) -> None:
    below, above = (None if k[b] is None else Decimal(k[b]) for b in ("min", "maks"))
    if nilai is None or ((below is None or nilai >= below) and (above is None or nilai <= above)):
        return
    span = f"{k['min'] or 0} sampai {k['maks']}" if k["maks"] is not None else f"sekurang-kurangnya {k['min']}"
    raise Refused(f"Skor {k['nama']} adalah {span}, bukan {_text(nilai)}. Belum ada skor yang disimpan.")


def _text(nilai: Decimal | None) -> str | None:
    return None if nilai is None else f"{nilai.normalize():f}".replace(".", ",")


@transaction.atomic
def save_verification(*, calon: Calon, by: Pengguna, versi: int, **isi: Any) -> Verifikasi:
    """Store the record of the Tim Verifikasi about a candidate.

    It recommends; nothing here can fund a work or name an amount (MPD-23). Raises Refused for a recommendation without
    a reason or before the desa was heard, for a return without a due date, for more poor members than the savings group
    has, and for a stale page.
    """
    current, p = lock_open(calon.pemeringkatan, BOLEH_CALON)
    old = Verifikasi.objects.filter(calon=calon).first()
    if (old.versi if old else 0) != versi:
        raise Refused(audit.stale(old or calon, BAGIAN))
    if isi["rekomendasi"] and not isi["umpan_balik_pada"]:
        raise Refused(f"Sampaikan dahulu umpan balik ke {sebutan.desa} dan isi tanggalnya.")
    if isi["rekomendasi"] not in {"", "layak"} and len(isi["alasan"].strip()) < 5:
        raise Refused("Rekomendasi selain layak memerlukan alasan.")
    if isi["dikembalikan_pada"] and not isi["tenggat"]:
        raise Refused("Isi tenggat melengkapi bagi usulan yang dikembalikan.")
    anggota, rtm = isi.get("spp_anggota"), isi.get("spp_anggota_rtm")
    if rtm and rtm > (anggota or 0):
        raise Refused(f"Anggota dari RTM {rtm} orang, padahal anggotanya {anggota or 0} orang. Periksa angkanya.")
    empty = Verifikasi(calon=calon)
    details = audit.diff({k: getattr(old or empty, k) for k in isi}, isi)
    if old and not details:
        return old
    one, _ = Verifikasi.objects.update_or_create(calon=calon, defaults={**isi, "diisi_oleh": by, "versi": versi + 1})
    audit.record(
        musrenbang=current,
        by=by,
        aksi="verifikasi.diisi",
        objek=calon,
        ke=isi["rekomendasi"],
        alasan=isi["alasan"].strip(),
        rincian={"program": p.nama, **details},
    )
    return one


@allowed_in(BOLEH_CALON)
def save_state(*, musrenbang: Musrenbang, desa: Desa, by: Pengguna, versi: int, **isi: Any) -> KeadaanDesa:
    """Store what a desa did before the ranking. A breach wants the Berita Acara that says so (MPD-38).

    The Tim Penulis Usulan is chosen by the desa's meeting: it cannot be larger than that.
    """
    if isi["pelanggaran"] and len(isi["pelanggaran_ba"].strip()) < 3:
        raise Refused("Pelanggaran hanya dicatat dengan Berita Acara yang menetapkannya. Isi nomornya.")
    hadir = [n for n in (isi.get("hadir_laki"), isi.get("hadir_perempuan")) if n is not None]
    if hadir and (isi.get("jumlah_tpu") or 0) > sum(hadir):
        raise Refused(
            f"Tim Penulis Usulan {isi['jumlah_tpu']} orang, padahal musyawarah {sebutan.desa}nya dihadiri "
            f"{sum(hadir)} orang."
        )
    old = KeadaanDesa.objects.filter(musrenbang=musrenbang, desa=desa).first()
    if (old.versi if old else 0) != versi:
        raise Refused(audit.stale(old or desa, BAGIAN))
    details = audit.diff({k: getattr(old or KeadaanDesa(), k) for k in isi}, isi)
    if old and not details:
        return old
    one, _ = KeadaanDesa.objects.update_or_create(
        musrenbang=musrenbang, desa=desa, defaults={**isi, "versi": versi + 1}
    )
    audit.record(musrenbang=musrenbang, by=by, aksi="desa.keadaan", objek=one, rincian=details)
    return one
