"""Reference data that proposals are read and checked against."""

from collections.abc import Iterable
from dataclasses import dataclass

from musrenbang import format as tulis
from musrenbang.models import Bidang, Kabupaten, KamusUsulan, KataKunci, Musrenbang, Satuan, Skpd, SumberDana
from usulan.impor.results import Reference, normal
from usulan.models import PolaKolom, Usulan
from usulan.prices import StandardPrice, find_standard, outside_band
from usulan.sorting import Kunci, Sorter


def reference_for(musrenbang: Musrenbang) -> Reference:
    """Return what the reader compares with: desa of the kecamatan, units, bidang."""
    satuan: dict[str, str] = {}
    for s in Satuan.objects.all():
        satuan |= {normal(spelling): s.nama for spelling in [s.nama, *s.sinonim.splitlines()]}
    return Reference(
        kecamatan=musrenbang.kecamatan.nama,
        desa=dict(musrenbang.kecamatan.desa_set.values_list("kode", "nama")),
        satuan=satuan,
        bidang=frozenset(Bidang.objects.values_list("nama", flat=True)),
        tahun=musrenbang.tahun_rencana,
        lalu=musrenbang.hanya_diimpor,
    )


def patterns_for(musrenbang: Musrenbang) -> dict[str, dict[str, str]]:
    """Return the columns that people of this kabupaten chose before: shape of the heading -> letter -> field."""
    pattern = PolaKolom.objects.filter(kabupaten=musrenbang.kecamatan.kabupaten_id)
    return dict(pattern.values_list("sidik", "kolom"))


@dataclass(frozen=True)
class Acuan:
    """Spellings of funding sources and names of SKPD -> their keys, and the tupoksi keywords."""

    sumber_dana: dict[str, int]
    skpd: dict[str, int]
    pemilah: Sorter

    def find_source(self, text: str | None) -> int | None:
        """Return the funding source that a text names; of several the first; None when unknown."""
        kunci = (normal(t) for t in (text or "").split(","))
        return next((self.sumber_dana[k] for k in kunci if k in self.sumber_dana), None)

    def find_skpd(self, text: str | None) -> int | None:
        """Return the SKPD that a text names by name or abbreviation; None when unknown."""
        return self.skpd.get(normal(text or ""))


def kunci_of(kabupaten: Kabupaten | int) -> list[Kunci]:
    """Return the tupoksi keywords of a kabupaten (one query)."""
    words = KataKunci.objects.filter(skpd__kabupaten=kabupaten)
    return [Kunci(k.kata, k.skpd_id, k.program) for k in words]


def acuan_for(musrenbang: Musrenbang) -> Acuan:
    """Return the reference data against which proposals are matched (three queries)."""
    kabupaten = musrenbang.kecamatan.kabupaten_id
    skpd = Skpd.objects.filter(kabupaten=kabupaten)
    return Acuan(
        sumber_dana={normal(spelling): s.pk for s in SumberDana.objects.all() for spelling in s.spellings},
        skpd={normal(nama): s.pk for s in skpd for nama in (s.nama, s.singkatan)},
        pemilah=Sorter(kunci_of(kabupaten)),
    )


def dictionary_for(musrenbang: Musrenbang) -> list[StandardPrice]:
    """Return the standard works of the event's plan year (one query)."""
    dictionary = KamusUsulan.objects.filter(kabupaten=musrenbang.kecamatan.kabupaten_id, tahun=musrenbang.tahun_rencana)
    return [StandardPrice(*content) for content in dictionary.values_list("nama", "satuan", "harga_min", "harga_maks")]


def flag_prices(usulan: Iterable[Usulan], dictionary: list[StandardPrice]) -> None:
    """Write on each proposal, as ``harga_janggal``, what is odd about its unit price; "" when nothing is."""
    for u in usulan:
        standard = find_standard(u.kegiatan, u.satuan, dictionary)
        implausible = outside_band(u.biaya, u.volume, standard)
        u.harga_janggal = ""
        if standard and implausible:
            limit = (
                (words, n) for words, n in (("terendah", standard.harga_min), ("tertinggi", standard.harga_maks)) if n
            )
            price_range = ", ".join(f"{words} {tulis.rupiah(n)}" for words, n in limit)
            u.harga_janggal = (
                f"{tulis.rupiah(implausible[0])} per {u.satuan}, {implausible[1]} kisaran kamus ({price_range})"
            )
