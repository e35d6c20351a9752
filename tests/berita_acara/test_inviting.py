"""The letters of the Camat: none of them goes to the Camat."""

from datetime import date

import pytest

from berita_acara.dokumen.sidang import undangan
from berita_acara.services.undangan import issue_undangan
from musrenbang.sidang import syarat
from musrenbang.sidang.services.undangan import track_undangan
from tests.berita_acara.test_surat import invite

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "camat",
    [
        {"nama": "H. Rusli", "jabatan": "Plt. Camat Sikur"},
        {"nama": "H. Rusli", "lembaga": "camat"},
        {"nama": "PAK CAMAT", "jabatan": ""},
    ],
)
def test_no_letter_goes_from_the_camat_to_the_camat(camat, acara, cast, masuk):
    """The Camat stays on the list, without letter and number; nothing waits for one."""
    by, place = cast["bu_pmd"], f"/m/{acara.slug}"
    cast["pak_camat"].nama = "Pak Camat"
    cast["pak_camat"].save()
    guest = invite(acara, by, "Siti Aminah")
    own = invite(acara, by, **{"unsur": "kecamatan", "lembaga": "Kecamatan Sikur"} | camat)
    office = invite(acara, by, "Hasan", jabatan="Sekretaris Camat", unsur="kecamatan", lembaga="Kantor Camat")
    assert issue_undangan(musrenbang=acara, by=by) == 2
    everybody = [u.pk for u in (guest, own, office)]
    assert (
        track_undangan(musrenbang=acara, by=by, pilihan=everybody, kolom="dikirim_pada", tanggal=date(2026, 2, 4)) == 2
    )
    own.refresh_from_db()
    assert (own.nomor, own.dikirim_pada, syarat.undangan_sent(acara)) == ("", None, [])
    client = masuk("bu_pmd")
    page = client.get(f"{place}/undangan/").content.decode()
    assert f"{own.sebutan} yang mengundang, jadi tidak disurati." in " ".join(page.split())
    assert "Beri nomor" not in page
    waiting = client.get(f"{place}/undangan/?keadaan=belum_dikirim")
    assert list(waiting.context["halaman"]) == []
    letter = client.get(f"{place}/berita-acara/undangan/{own.pk}.pdf", follow=True).content.decode()
    assert "tidak ada surat kepadanya" in letter
    assert [s["sebutan"] for s in undangan(acara)["surat"]] == [guest.sebutan, office.sebutan]
