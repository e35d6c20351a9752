"""A proposal's whole way, in words for the desa and the public: the plan, Bappeda, its SKPD, and the next year."""

from musrenbang import format as tulis
from musrenbang.labels import words
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.sebutan import sebutan
from musrenbang.states import Tahap, is_past
from rkp.dana import PENUH, SEBAGIAN, Dana
from rkp.models import SEPAKAT, BarisRkp, DanaProgram, SumberBaris
from rkp.queries.fate import UsulanStep
from rkp.queries.fate import fate as fate_in_plan
from tindak_lanjut.models import Answer, Pilahan, StatusPilahan, Tanggapan
from usulan.models import Usulan
from usulan.queries.last_year import result_of

ACARA = {
    Tahap.DISAHKAN: words("RKP Kecamatan disahkan Camat"),
    Tahap.DISAMPAIKAN: words("RKP Kecamatan disampaikan ke Bappeda"),
    Tahap.DIKEMBALIKAN: words("Bappeda mengembalikan RKP Kecamatan untuk diperbaiki"),
    Tahap.DITERIMA: words("RKP Kecamatan diterima Bappeda"),
}


def fate(usulan: Usulan) -> list[UsulanStep]:
    """Return a proposal's steps, the last one where it stands now (at most 15 queries).

    One that was merged into another goes on with that one's steps.
    """
    if words := result_of(usulan):
        return _imported(usulan, words)
    step = [*_year_before(usulan), *fate_in_plan(usulan)]
    source = SumberBaris.objects.filter(usulan=usulan).select_related("baris__digabung_ke").first()
    if source is None:  # before the draft a merged one waits with its main proposal
        return [*step, *fate_in_plan(usulan.induk)] if usulan.induk else step
    baris = source.baris.digabung_ke or source.baris
    own = list(DanaProgram.objects.filter(baris=baris))
    dana = Dana(baris.biaya, sum(d.jumlah for d in own))
    step += _funded(own, dana)
    if baris.keputusan in SEPAKAT:
        step += [*_event(usulan.musrenbang), *_sorted(baris)]
    return step + (_next_year(usulan, baris) if dana.keadaan != PENUH else [])


def _imported(usulan: Usulan, kata: str) -> list[UsulanStep]:
    """Of a proposal of an imported year: what the file says, and whether it was proposed again."""
    steps = [UsulanStep(None, f"Menurut berkas tahun lalu: {kata}", usulan.hasil_lalu.alasan)]
    again = usulan.ulangan.select_related("musrenbang").first()
    if again:
        steps.append(UsulanStep(None, f"Diusulkan lagi untuk rencana tahun {again.musrenbang.tahun_rencana}"))
    return steps


def _year_before(usulan: Usulan) -> list[UsulanStep]:
    """What became of the proposal that this one repeats, where an imported file says it."""
    word = result_of(usulan.sumber)
    return [UsulanStep(None, f"Diusulkan juga tahun lalu; hasilnya menurut berkas: {word}")] if word else []


def _funded(owned: list[DanaProgram], dana: Dana) -> list[UsulanStep]:
    """Which programmes pay the work, with how much, since when; and what is left to be paid."""
    steps = [
        UsulanStep(
            d.sejak,
            f"Didanai {d.program}, {tulis.rupiah(d.jumlah)} dari {tulis.rupiah(dana.biaya)} (peringkat {d.peringkat})",
        )
        for d in owned
    ]
    if dana.keadaan == SEBAGIAN:
        steps.append(UsulanStep(None, f"Sisanya {tulis.rupiah(dana.sisa)} belum didanai program"))
    return steps


def _event(musrenbang: Musrenbang) -> list[UsulanStep]:
    """What happened to the plan as a whole."""
    jejak = JejakAudit.objects.filter(musrenbang=musrenbang, aksi="musrenbang.tahap", ke__in=ACARA).order_by("pk")
    return [UsulanStep(j.waktu, ACARA[Tahap(j.ke)], j.alasan if j.ke == Tahap.DIKEMBALIKAN else "") for j in jejak]


def _sorted(baris: BarisRkp) -> list[UsulanStep]:
    """To which SKPD the work went, with which letter, and what that answered."""
    pilahan = (
        Pilahan.objects.filter(baris__asal_baris=baris)
        .select_related("skpd", "pengiriman__surat")
        .order_by("-pk")
        .first()
    )
    if pilahan is None:
        return []
    if pilahan.status == StatusPilahan.DIDANAI:
        return [UsulanStep(None, f"Tidak diteruskan kepada {sebutan.skpd}, karena sudah didanai program")]
    jejak = JejakAudit.objects.filter(aksi="pilahan.status", objek_id=f"pilahan:{pilahan.pk}").order_by("pk")
    steps = []
    for j in jejak:
        origin, to = j.rincian["skpd"]
        if StatusPilahan.DIDANAI in (j.dari, j.ke):
            word = (
                f"Tetap diusulkan kepada {sebutan.skpd} meskipun didanai program"
                if j.dari == StatusPilahan.DIDANAI
                else j.alasan
            )
            steps.append(UsulanStep(j.waktu, word, j.alasan if j.dari == StatusPilahan.DIDANAI else ""))
        elif j.ke == StatusPilahan.DITETAPKAN:
            steps.append(UsulanStep(j.waktu, f"Ditujukan kepada {to}"))
        else:
            steps.append(UsulanStep(j.waktu, f"Dipilah lagi, tidak jadi kepada {origin}", j.alasan))
    return steps + (_answered(pilahan) if pilahan.status == StatusPilahan.DITETAPKAN else [])


def _answered(pilahan: Pilahan) -> list[UsulanStep]:
    send, response = pilahan.pengiriman, Tanggapan.objects.filter(pilahan=pilahan).first()
    steps = []
    if send:
        steps.append(UsulanStep(send.pada, f"Dikirim kepada {pilahan.skpd} dengan surat {send.surat.nomor}"))
        if send.diterima_pada:
            steps.append(UsulanStep(send.diterima_pada, f"Surat diterima {pilahan.skpd}"))
    if response:
        rupiah = f" dengan {tulis.rupiah(response.jumlah)}" if response.jumlah else ""
        word = f"{pilahan.skpd} menjawab: {response.get_jawaban_display().lower()}{rupiah}"
        steps.append(UsulanStep(response.pada, word, response.alasan))
    elif send:
        steps.append(UsulanStep(None, f"Menunggu jawaban {pilahan.skpd} sampai {tulis.date_text(send.batas)}"))
    else:
        steps.append(UsulanStep(None, f"Menunggu dikirim kepada {pilahan.skpd}"))
    return steps


def _next_year(usulan: Usulan, baris: BarisRkp) -> list[UsulanStep]:
    """What was not agreed or was refused is offered again; or it was proposed again already."""
    again = usulan.ulangan.select_related("musrenbang").first()
    if again:
        return [UsulanStep(None, f"Diusulkan lagi untuk rencana tahun {again.musrenbang.tahun_rencana}")]
    rejected = Tanggapan.objects.filter(pilahan__baris__asal_baris=baris, jawaban=Answer.TIDAK).exists()
    if rejected or (baris.keputusan not in SEPAKAT and is_past(usulan.musrenbang.tahap, Tahap.PLENO)):
        return [UsulanStep(None, f"Ditawarkan lagi kepada {sebutan.desa} untuk tahun berikutnya")]
    return []
