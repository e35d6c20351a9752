"""The course of the demo's day: agenda items that ran near their hours, and the minutes of what was said."""

import random
import uuid
from datetime import timedelta

from musrenbang.models import Musrenbang, Pengguna
from musrenbang.sidang.models import Agenda, Kehadiran
from musrenbang.sidang.queries.agenda import list_agenda
from musrenbang.sidang.services.agenda import finish_agenda, start_agenda
from musrenbang.sidang.services.notulen import add_notulen, save_notulen
from musrenbang.states import Tahap

BUTIR = {
    Tahap.PEMBUKAAN: 4,
    Tahap.PEMAPARAN: 7,
    Tahap.PEMBAHASAN: 9,
    Tahap.KELOMPOK: 12,
    Tahap.PLENO: 14,
    Tahap.PRIORITAS: 15,
    Tahap.DELEGASI: 16,
    Tahap.PENANDATANGANAN: 18,
}
"""Stage -> how many items of the agenda are over when it ends."""
CATATAN = [
    (
        "Tanya jawab",
        "kades",
        "Apakah rehabilitasi irigasi yang masuk tahun ini menjangkau saluran tersier?",
        "Program tahun ini hanya saluran sekunder; tersier tetap diusulkan lewat RKP Kecamatan.",
        "Dinas PUPR menyampaikan peta saluran yang dikerjakan.",
        "Usulan irigasi tersier tetap dibahas di kelompok.",
    ),
    (
        "Tanya jawab",
        "perempuan",
        "Berapa bagian untuk kegiatan perempuan dan posyandu?",
        "Tidak ada kuota; kriterianya memberi bobot pada kemiskinan dan manfaat.",
        "",
        "Dicatat sebagai masukan.",
    ),
    (
        "Tanya jawab",
        "bpd",
        "Mengapa usulan tanpa RAB belum dapat disepakati?",
        "Tanpa biaya tidak dapat ditempatkan dalam pagu. Desa dibantu menyusun RAB.",
        "Pemandu mendampingi desa menyusun RAB.",
        "Yang belum berbiaya dicatat belum disepakati dengan alasannya.",
    ),
    (
        "Pembahasan draf RKP Kecamatan",
        "skpd",
        "Beberapa ruas sudah ada dalam rencana kerja dinas.",
        "Dinas menyebutkan ruasnya di kelompok agar tidak diusulkan dua kali.",
        "Daftar ruas diserahkan ke kelompok.",
        "",
    ),
    (
        "Pembahasan draf RKP Kecamatan",
        "rentan",
        "Gedung yang dibangun supaya dapat dimasuki kursi roda.",
        "Disetujui; ditulis dalam catatan kegiatan gedung.",
        "SKPD memasukkannya ke dalam desain.",
        "Kegiatan gedung dilaksanakan dengan jalur landai.",
    ),
    (
        "Diskusi kelompok per bidang",
        "lpm",
        "Volume jalan usaha tani perlu diukur ulang.",
        "Yang sudah diukur ulang disesuaikan volumenya.",
        "",
        "Disepakati dengan perubahan menurut ukur ulang.",
    ),
    (
        "Pleno hasil kelompok",
        "delegasi_desa",
        "Mengapa sebagian kegiatan menjadi cadangan?",
        "Jumlahnya melampaui pagu indikatif; yang peringkat kelompoknya terbawah didahulukan keluar.",
        "Cadangan diusulkan lagi bila pagu perubahan ada.",
        "Hasil kelompok diterima pleno.",
    ),
    (
        "Prioritas kegiatan program",
        "bkad",
        "Simpan pinjam perempuan dipungut suaranya lebih dahulu?",
        "Ya, sesuai petunjuk program, baru kegiatan lain.",
        "",
        "Urutan prioritas ditetapkan.",
    ),
    (
        "Penetapan delegasi kecamatan",
        "tokoh",
        "Delegasi supaya menyampaikan kembali hasilnya ke desa.",
        "Delegasi membuat laporan tertulis sesudah Musrenbang Kabupaten.",
        "Laporan dikirim ke semua desa.",
        "Delegasi ditetapkan.",
    ),
]
"""Agenda item, who speaks, then the columns of the minutes."""


def run_items(musrenbang: Musrenbang, by: Pengguna, tahap: str, dice: random.Random) -> None:
    """Run the items that belong to a stage, with their notes, and put them at the hours they were planned for."""
    plan = list_agenda(musrenbang).butir
    for item in plan[: BUTIR[Tahap(tahap)]]:
        if item.agenda.mulai_pada is None and item.mulai and item.selesai:
            start_agenda(agenda=item.agenda, by=by)
        if item.mulai and item.selesai and item.agenda.selesai_pada is None:
            _note(item.agenda, by, dice)
            finish_agenda(agenda=item.agenda, by=by)
            late = timedelta(minutes=dice.randint(0, 4))
            Agenda.objects.filter(pk=item.agenda.pk).update(
                mulai_pada=item.mulai + late, selesai_pada=item.selesai + late
            )


def _note(agenda: Agenda, by: Pengguna, dice: random.Random) -> None:
    for judul, unsur, *column in CATATAN:
        if agenda.judul == judul:
            person = list(Kehadiran.objects.filter(musrenbang=agenda.musrenbang, unsur=unsur))
            kunci = uuid.UUID(int=dice.getrandbits(128))
            catatan = add_notulen(agenda=agenda, by=by, kunci=kunci)
            content = dict(zip(("pertanyaan", "jawaban", "tindak_lanjut", "putusan"), column, strict=True))
            pembicara = dice.choice(person) if person else None
            save_notulen(notulen=catatan, by=by, versi=catatan.versi, kehadiran=pembicara, **content)
