"""What became of every proposal of a desa, in plain words, for one sheet of paper."""

from collections.abc import Iterable
from dataclasses import dataclass

from musrenbang import format as tulis
from musrenbang.models import Desa, Musrenbang
from musrenbang.sebutan import sebutan
from rkp.dana import PENUH
from rkp.models import SEPAKAT, BarisVersi, Keputusan, SumberBaris
from rkp.prioritas.models import Pemeringkatan
from rkp.queries.baris import official_version, version_rows
from rkp.queries.dana import dana_of
from tindak_lanjut.models import Answer, Pilahan, StatusPilahan
from usulan.models import Usulan
from usulan.ownership import concerns_codes
from usulan.queries.last_year import result_of


@dataclass(frozen=True)
class News:
    """A proposal: what was decided and why, which programme pays it, who is to do it, its answer, what comes next.

    ``baris``: the row of the plan that holds it, None for one that the plan does not have.
    """

    usulan: Usulan
    keputusan: str
    hasil: str
    alasan: str
    kepada: str
    jawaban: str
    berikut: str
    dana: str = ""
    baris: BarisVersi | None = None

    @property
    def ukuran(self) -> tuple[str, int | None]:
        """Volume with its unit, and rupiah, as the desa asked."""
        return _measure(self.usulan)

    @property
    def in_plan(self) -> tuple[str, int | None] | None:
        """The same as the plan has them, where that is something else; None for a work that kept its measure."""
        if self.baris is None or _measure(self.baris) == self.ukuran:
            return None
        return _measure(self.baris)

    def part_of(self, kode: str) -> int:
        """Return 1 at the desa where the proposal is counted and 0 at the others that share it, as in every recap."""
        return next((part.n for part in self.usulan.parts(None) if part.kode == kode), 0)


def _measure(content: Usulan | BarisVersi) -> tuple[str, int | None]:
    return f"{tulis.number(content.volume)} {content.satuan}".strip(), content.biaya


def village_digest(musrenbang: Musrenbang, desa: Iterable[Desa]) -> dict[int, list[News]]:
    """Return {desa: its proposals with what became of them}, in the order of their numbers (six queries)."""
    by_code = {d.kode: d.pk for d in desa}
    own = concerns_codes(by_code)
    everything = Usulan.objects.filter(own, musrenbang=musrenbang).select_related(
        "desa", "induk__desa", "induk__skpd", "sumber__hasil_lalu"
    )
    baris = {
        s.usulan_id: s.baris.digabung_ke_id or s.baris_id
        for s in SumberBaris.objects.filter(usulan__musrenbang=musrenbang).select_related("baris")
    }
    versi = official_version(musrenbang)
    frozen = {b.asal_baris_id: b for b in version_rows(versi)} if versi else {}
    pilahan = {
        p.baris_id: p
        for p in Pilahan.objects.filter(musrenbang=musrenbang).select_related("skpd", "tanggapan", "pengiriman")
    }
    hold = Pemeringkatan.objects.filter(musrenbang=musrenbang).exclude(ditunda="")
    ditunda = set(hold.values_list("nama", flat=True))
    result: dict[int, list[News]] = {}
    for u in everything.order_by("nomor"):
        b = frozen.get(baris.get(u.pk) or baris.get(u.induk_id or 0, 0))
        u.musrenbang = musrenbang
        news = _news(u, b, pilahan.get(b.pk) if b else None, ditunda, discussed=versi is None)
        for kode, _ in u.daftar_desa:
            if kode in by_code:
                result.setdefault(by_code[kode], []).append(news)
    return result


def _news(u: Usulan, b: BarisVersi | None, p: Pilahan | None, ditunda: set[str], *, discussed: bool) -> News:
    together = "" if u.satu_desa else f"Usulan bersama {u.sebutan_desa}. "
    together += f"Digabung dengan usulan {u.induk.pengusul}. " if u.induk else ""
    together += f"Diusulkan juga tahun lalu ({before}). " if (before := result_of(u.sumber)) else ""
    if b is None:
        result = f"{together}Masih dibahas." if discussed else f"{together}Tidak masuk RKP {sebutan.Kecamatan}."
        return News(u, "", result, "", "", "", "Tunggu hasil pleno." if discussed else _again(u))
    result = f"{together}{b.get_keputusan_display()}"
    dana = dana_of(b)
    if dana.keadaan == PENUH and (p is None or p.status == StatusPilahan.DIDANAI):
        following = f"Dikerjakan dengan dana {dana.nama}."
        if dana.program in ditunda:
            following = f"Dana {dana.program} sedang ditunda; tunggu kabar berikutnya."
        return News(u, b.keputusan, result, b.alasan_lengkap, "", "", following, dana.kalimat, b)
    if b.keputusan not in SEPAKAT:
        following = _again(u)
        if b.keputusan == Keputusan.CADANGAN:
            following = f"Cadangan: dapat dikerjakan bila ada tambahan anggaran. {following}"
        return News(u, b.keputusan, result, b.alasan_lengkap, "", "", following, dana.kalimat, b)
    return News(u, b.keputusan, result, b.alasan_lengkap, *_answer(u, p), dana.kalimat, b)


def _again(u: Usulan) -> str:
    """Say when a work without money can be proposed again."""
    return f"Dapat diusulkan lagi pada Musrenbang {u.musrenbang.tahun_pelaksanaan + 1}."


def _answer(u: Usulan, p: Pilahan | None) -> tuple[str, str, str]:
    """Return (SKPD, its answer with the reason, what comes next)."""
    if p is None or p.skpd is None or p.status != StatusPilahan.DITETAPKAN:
        return "", "", f"Menunggu dipilah menurut tugas {sebutan.skpd}."
    response = getattr(p, "tanggapan", None)
    if response:
        words = f"{response.get_jawaban_display()}{f', {tulis.rupiah(response.jumlah)}' if response.jumlah else ''}"
        entered = "Sebagian masuk" if response.jawaban == Answer.SEBAGIAN else "Masuk"
        following = f"{entered} Renja {sebutan.skpd} tahun {u.musrenbang.tahun_rencana}."
        if response.jawaban == Answer.TIDAK:
            following = _again(u)
        return p.skpd.nama, f"{words}. {response.alasan}".strip(), following
    if p.pengiriman:
        return p.skpd.nama, "", f"Menunggu jawaban {sebutan.skpd} sampai {tulis.date_text(p.pengiriman.batas)}."
    return p.skpd.nama, "", f"Menunggu dikirim kepada {sebutan.skpd}."
