"""Works of several desa and of the whole kecamatan break no page, file or paper, whoever asks, at any stage."""

import re

import pytest

from alur.periksa_ownership import ownership_faults
from rkp.models import BarisRkp, BarisVersi
from tests.test_arsitektur import all_urls
from tests.test_hostile_input import ask
from usulan.models import Usulan
from usulan.ownership import Ownership


def spread(acara):
    """Make the works in turn several desa's, the kecamatan's and one desa's: proposals, rows and frozen rows alike."""
    desa = list(acara.kecamatan.desa_set.order_by("kode"))
    bentuk = [Ownership.of(desa[:1]), Ownership.of(desa[:2], [2, 1]), Ownership.of([])]
    for n in Usulan.objects.filter(musrenbang=acara).values_list("nomor", flat=True):
        content = bentuk[n % 3].columns()
        Usulan.objects.filter(musrenbang=acara, nomor=n).update(**content)
        BarisRkp.objects.filter(rkp__musrenbang=acara, nomor=n).update(**content)
        BarisVersi.objects.filter(rkp_versi__rkp__musrenbang=acara, nomor=n).update(**content)
    assert list(ownership_faults(acara)) == []


def addresses(acara):
    """Every address that has to do with works, with the keys of works of each kind."""
    for nama, url in all_urls(acara.slug):
        if nama.startswith(
            ("usulan:", "rkp:", "prioritas:", "tindak_lanjut:", "publik", "durkp", "kabupaten", "board")
        ):
            yield from {url, *(re.sub(r"/1(?=/)", f"/{n}", url) for n in (2, 3))}


@pytest.mark.parametrize(
    "tahap, person", [("draft_event", "operator_desa"), ("ready_to_issue", "pak_sekcam"), ("sent_event", "orang_skpd")]
)
def test_no_address_breaks(tahap, person, request, masuk, cast):
    acara = request.getfixturevalue(tahap)
    acara = getattr(acara, "musrenbang", acara)
    spread(acara)
    client = masuk(person)
    assert sum(ask(client, url).status_code == 200 for url in sorted(set(addresses(acara)))) > 8
