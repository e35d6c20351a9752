"""Invariants of a finished or running event, checked over the stored data."""

from collections.abc import Iterator
from typing import Any

from alur.periksa_adendum import check_handed_over
from alur.periksa_counts import CHECKS
from alur.periksa_files import check_counters, check_files
from alur.periksa_jangkar import check_anchors
from alur.periksa_last_year import imported_year_faults
from alur.periksa_money import money_faults
from alur.periksa_ownership import ownership_faults
from alur.periksa_submissions import check_entries
from alur.periksa_surat import broken_papers
from delegasi.queries import composition
from musrenbang.format import rupiah
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.rantai import broken_links
from musrenbang.states import Tahap, is_past
from rkp.models import SEPAKAT, DanaProgram, RkpVersi
from rkp.prioritas.engine.published import compute, digest
from rkp.prioritas.models import Pemeringkatan, Pemungutan, StatusPemeringkatan, StatusPemungutan
from rkp.prioritas.queries.candidates import may_be_funded
from rkp.prioritas.queries.suara import counted, vote_name, vote_quorum, votes_of
from rkp.queries.baris import content_hash, current_version, version_rows
from rkp.queries.dana import dana_of, with_dana
from tindak_lanjut.models import Answer, Tanggapan
from usulan.models import StatusImpor, Usulan


def broken_invariants(musrenbang: Musrenbang) -> list[str]:
    """Return one sentence per broken invariant; empty means the record hangs together."""
    return [sentence for check in PERIKSA for sentence in check(musrenbang)]


def _trail(musrenbang: Musrenbang) -> Iterator[str]:
    """The moves in the trail form one chain that ends at the stage the event is in."""
    current = Tahap.DIJADWALKAN.value
    for jejak in JejakAudit.objects.filter(musrenbang=musrenbang, aksi="musrenbang.tahap").order_by("pk"):
        if jejak.dari != current:
            yield f"Jejak {jejak.pk}: pindah dari {jejak.dari}, padahal tahap waktu itu {current}."
        current = jejak.ke
    if current != musrenbang.tahap:
        yield f"Tahap {musrenbang.tahap} tidak sama dengan akhir jejak ({current})."


def _chain(musrenbang: Musrenbang) -> Iterator[str]:
    """No row of the trail was changed or taken out."""
    jejak = JejakAudit.objects.filter(musrenbang=musrenbang).order_by("pk").iterator(chunk_size=2000)
    head = Musrenbang.objects.values_list("sidik_jejak", flat=True).get(pk=musrenbang.pk)
    yield from broken_links(jejak, head)


def _imports(musrenbang: Musrenbang) -> Iterator[str]:
    """Every proposal that was saved from a workbook is stored."""
    for impor in musrenbang.impor.filter(status=StatusImpor.TERSIMPAN):
        existing = Usulan.objects.filter(impor=impor).count()
        if existing != impor.jumlah_usulan:
            yield f"{impor.nama_berkas}: {existing} usulan tersimpan, seharusnya {impor.jumlah_usulan}."


def _versions(musrenbang: Musrenbang) -> Iterator[str]:
    """Frozen rows still have the hash of the day they were fixed; a fixed plan has a version."""
    for versi in RkpVersi.objects.filter(rkp__musrenbang=musrenbang):
        if content_hash(version_rows(versi)) != versi.sha256:
            yield f"RKP versi {versi.nomor}: isinya berubah sejak ditetapkan."
    if is_past(musrenbang.tahap, Tahap.PLENO) and current_version(musrenbang) is None:
        yield "RKP Kecamatan seharusnya sudah ditetapkan, tetapi tidak ada versi yang berlaku."


def _ranking(musrenbang: Musrenbang) -> Iterator[str]:
    """A fixed ranking gives the same result again and never spends more than its pagu."""
    versi = current_version(musrenbang)
    allowed = {str(b.nomor) for b in version_rows(versi) if may_be_funded(b)} if versi else set()
    for p in Pemeringkatan.objects.filter(musrenbang=musrenbang, status=StatusPemeringkatan.DITETAPKAN):
        if p.hasil is None or p.masukan is None:
            continue
        same = {digest(compute(p.masukan)), digest(p.hasil)} == {p.sha256_hasil}
        if digest(p.masukan) != p.sha256_masukan or not same:
            yield f"Peringkat {p.nama}: hitung ulang tidak sama dengan yang ditetapkan."
        if p.hasil["ringkasan"]["didanai"] > p.pagu:
            yield f"Peringkat {p.nama}: yang didanai melebihi pagu."
        if not {d["kode"] for d in p.hasil["pendanaan"] if d["didanai"]} <= allowed:
            yield f"Peringkat {p.nama}: mendanai kegiatan yang tidak disepakati."
    yield from _money(musrenbang)
    yield from _votes(musrenbang)


def _money(musrenbang: Musrenbang) -> Iterator[str]:
    """What rows are given is what the fixed rankings give, and no work is paid twice.

    Twice: by two programmes beyond its cost, or by a programme and an SKPD that takes the whole cost into its Renja.
    """
    fixed = Pemeringkatan.objects.filter(musrenbang=musrenbang, status=StatusPemeringkatan.DITETAPKAN)
    expected = {
        (p.kode, d["kode"]): d["didanai"] for p in fixed if p.hasil for d in p.hasil["pendanaan"] if d["didanai"]
    }
    dana = list(DanaProgram.objects.filter(baris__rkp__musrenbang=musrenbang).select_related("baris"))
    if {(d.kode, str(d.baris.nomor)): d.jumlah for d in dana} != expected:
        yield "Dana program pada kegiatan tidak sama dengan peringkat yang ditetapkan."
    per: dict[int, list[DanaProgram]] = {}
    for d in dana:
        per.setdefault(d.baris_id, []).append(d)
    for own in per.values():
        baris, jumlah = own[0].baris, sum(d.jumlah for d in own)
        if baris.biaya is not None and jumlah > baris.biaya:
            nama = " dan ".join(d.program for d in own)
            yield f"No. {baris.nomor} didanai {nama} {rupiah(jumlah)}, melebihi biayanya {rupiah(baris.biaya)}."
    yield from _paid_by_both(musrenbang)


def _paid_by_both(musrenbang: Musrenbang) -> Iterator[str]:
    everything: Any = Tanggapan.objects.filter(pilahan__musrenbang=musrenbang).exclude(jawaban=Answer.TIDAK)
    everything = with_dana(everything, "pilahan__baris__asal_baris").filter(dana_rp__gt=0)
    for t in everything.select_related("pilahan__baris", "skpd"):
        baris = t.pilahan.baris
        entered = t.jumlah if t.jumlah is not None else t.pilahan.diminta
        dana = dana_of(t, baris.biaya)
        if baris.biaya and (entered or 0) + dana.jumlah > baris.biaya:
            yield (
                f"No. {baris.nomor} didanai dua kali: {dana.kalimat[0].lower()}{dana.kalimat[1:]}, dan {t.skpd} "
                f"menjawab {t.get_jawaban_display().lower()} {rupiah(entered)}, padahal biayanya {rupiah(baris.biaya)}."
            )


def _votes(musrenbang: Musrenbang) -> Iterator[str]:
    """A closed vote counts the same again, and as many ballots are in the box as codes were spent by phone."""
    closed = Pemungutan.objects.filter(pemeringkatan__musrenbang=musrenbang, status=StatusPemungutan.DITUTUP)
    for v in closed.select_related("pemeringkatan"):
        position, nama = counted(v), vote_name(v)
        if not v.alasan_kuorum and not vote_quorum(v, position):
            yield f"{nama}: memilih {position.sudah} dari {position.pemilih}, di bawah kuorum tanpa putusan sidang."
        if sum((v.hasil or {}).values()) > position.pemilih * v.jumlah_pilihan:
            yield f"{nama}: suaranya lebih banyak dari {position.pemilih} pemilih × {v.jumlah_pilihan} pilihan."
        if position.hp != position.surat_hp:
            yield f"{nama}: {position.surat_hp} surat suara HP, padahal {position.hp} kode terpakai."
        if {str(k): n for k, n in votes_of(v).items()} != v.hasil:
            yield f"{nama}: hitung ulang tidak sama dengan hasil yang dicatat."


def _day(musrenbang: Musrenbang) -> Iterator[str]:
    """After its stage, agreed rows have money and agency, and the delegation is complete."""
    versi = current_version(musrenbang)
    if versi:
        for b in version_rows(versi, SEPAKAT):
            if b.biaya is None or b.skpd_id is None:
                yield f"RKP versi {versi.nomor} no. {b.nomor}: disepakati tanpa biaya atau SKPD."
    if is_past(musrenbang.tahap, Tahap.DELEGASI):
        yield from composition(musrenbang).kurang


PERIKSA = (
    _trail,
    _chain,
    _imports,
    money_faults,
    ownership_faults,
    imported_year_faults,
    _versions,
    _ranking,
    _day,
    check_files,
    check_counters,
    *CHECKS,
    broken_papers,
    check_handed_over,
    check_anchors,
    check_entries,
)
"""Every check, each a function of the event that yields sentences."""
