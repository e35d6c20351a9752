"""Four groups, eight people who save at once until many met each other: nothing lost, no error, refusals explained."""

import os
import random
import re
import time

import pytest
from django.test import Client

from musrenbang.models import JejakAudit
from rkp.models import UsulanKelompok
from rkp.queries.kelompok import list_kelompok
from tests.rkp.conftest import NILAI
from tests.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
DETIK = float(os.environ.get("DETIK_KELOMPOK", "60"))
"""How long they go on at most; they end when each has saved ``DITERIMA`` times and ``DITOLAK`` refusals were met."""
DITERIMA, DITOLAK = 2, 4


def _content(html: str) -> dict[str, str]:
    """The form as a browser would send it back: version and the five values."""
    content = {
        n: re.search(rf'name="{n}" value="([^"]*)"', html)
        for n in ("versi", "kegiatan", "lokasi", "volume", "satuan", "biaya")
    }
    return {n: m[1] for n, m in content.items() if m} | {f"n_{k}": str(v) for k, v in NILAI.items()}


def test_eight_people_in_four_groups(acara, draft_event, kelompok, cast):
    for i, h in enumerate(kelompok.semua):
        draft_event.baris.filter(nomor=i + 1).update(bidang=h.kelompok.bidang)
    everything = [(h.kelompok.pk, [b.baris.pk for b in h.baris]) for h in list_kelompok(acara)]
    batas, accepted, rejected = time.monotonic() + DETIK, [0] * 8, [0] * 8

    def finished() -> bool:
        return time.monotonic() > batas or (min(accepted) >= DITERIMA and sum(rejected) >= DITOLAK)

    def person(i: int) -> None:
        client, dice = Client(raise_request_exception=False), random.Random(i)
        client.force_login(cast["pemandu" if i % 2 else "bu_pmd"])
        pk, baris = everything[i % len(everything)]
        while not finished():
            url = f"/m/{acara.slug}/rkp/kelompok/{pk}/baris/{dice.choice(baris)}/"
            html = client.get(url).content.decode()
            time.sleep(dice.random() / 20)
            catatan = f"{i}-{accepted[i]}-{rejected[i]}"
            response = client.post(url, _content(html) | {"usul": "disepakati", "catatan": catatan})
            text = response.content.decode()
            assert response.status_code in (302, 422), (response.status_code, text[:300])
            if response.status_code == 302:
                accepted[i] += 1
            else:
                rejected[i] += 1
                assert "sudah mengubah no." in text
                assert catatan in text, "what was typed is still there"

    at_once(8, person)
    jejak = JejakAudit.objects.filter(aksi="kelompok.diusulkan")
    assert min(accepted) >= DITERIMA
    assert sum(rejected) >= DITOLAK, "they met at the same rows"
    assert jejak.count() == sum(accepted)
    for u in UsulanKelompok.objects.all():
        one = jejak.filter(objek_id=f"barisrkp:{u.baris_id}").order_by("pk")
        assert u.versi == one.count()
        assert u.catatan == one.last().rincian["catatan"][1]
