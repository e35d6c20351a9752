"""After the day: the letters, and the sorting to SKPD."""

from berita_acara.dokumen.surat import list_skpd
from berita_acara.services import issue_dokumen
from musrenbang.models import Musrenbang, Pengguna, Skpd
from tindak_lanjut.models import Pilahan, StatusPilahan
from tindak_lanjut.queries import options_for, pemilah_of
from tindak_lanjut.services import choose_skpd, confirm_many


def issue_letters(musrenbang: Musrenbang, by: Pengguna, *jenis: str) -> None:
    """Give the letters their numbers; the kind with one letter per SKPD to each of them."""
    for j in jenis:
        for bagian, _ in list_skpd(musrenbang) if j == "usulan_skpd" else [("", "")]:
            issue_dokumen(musrenbang=musrenbang, jenis=j, bagian=bagian, by=by)


def sort_works(musrenbang: Musrenbang, by: Pengguna) -> None:
    """Confirm what is suggested; of what waits take the plan's SKPD or the best suggestion."""
    milik = Pilahan.objects.filter(musrenbang=musrenbang).select_related("baris__skpd", "musrenbang")
    disarankan = milik.filter(status=StatusPilahan.DISARANKAN).values_list("pk", flat=True)
    confirm_many(musrenbang=musrenbang, by=by, pilahan_ids=list(disarankan))
    pemilah = pemilah_of(musrenbang.kecamatan.kabupaten, musrenbang.tahun_rencana)
    for p in milik.filter(status=StatusPilahan.ANTRE):
        saran = options_for(p, pemilah)
        skpd = p.baris.skpd or (Skpd.objects.get(pk=saran[0].skpd) if saran else Skpd.objects.first())
        choose_skpd(pilahan=p, versi=p.versi, by=by, skpd=skpd)
