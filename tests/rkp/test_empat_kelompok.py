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
from tests.test_bersamaan import serentak

pytestmark = pytest.mark.django_db(transaction=True)
DETIK = float(os.environ.get("DETIK_KELOMPOK", "60"))
"""How long they go on at most; they end when each has saved ``DITERIMA`` times and ``DITOLAK`` refusals were met."""
DITERIMA, DITOLAK = 2, 4


def _isi(html: str) -> dict[str, str]:
    """The form as a browser would send it back: version and the five values."""
    isi = {
        n: re.search(rf'name="{n}" value="([^"]*)"', html)
        for n in ("versi", "kegiatan", "lokasi", "volume", "satuan", "biaya")
    }
    return {n: m[1] for n, m in isi.items() if m} | {f"n_{k}": str(v) for k, v in NILAI.items()}


def test_eight_people_in_four_groups(acara, draf, kelompok, pemeran):
    for i, h in enumerate(kelompok.semua):
        draf.baris.filter(nomor=i + 1).update(bidang=h.kelompok.bidang)
    semua = [(h.kelompok.pk, [b.baris.pk for b in h.baris]) for h in list_kelompok(acara)]
    batas, diterima, ditolak = time.monotonic() + DETIK, [0] * 8, [0] * 8

    def selesai() -> bool:
        return time.monotonic() > batas or (min(diterima) >= DITERIMA and sum(ditolak) >= DITOLAK)

    def orang(i: int) -> None:
        client, acak = Client(raise_request_exception=False), random.Random(i)
        client.force_login(pemeran["pemandu" if i % 2 else "bu_pmd"])
        pk, baris = semua[i % len(semua)]
        while not selesai():
            url = f"/m/{acara.slug}/rkp/kelompok/{pk}/baris/{acak.choice(baris)}/"
            html = client.get(url).content.decode()
            time.sleep(acak.random() / 20)
            catatan = f"{i}-{diterima[i]}-{ditolak[i]}"
            jawab = client.post(url, _isi(html) | {"usul": "disepakati", "catatan": catatan})
            teks = jawab.content.decode()
            assert jawab.status_code in (302, 422), (jawab.status_code, teks[:300])
            if jawab.status_code == 302:
                diterima[i] += 1
            else:
                ditolak[i] += 1
                assert "sudah mengubah no." in teks
                assert catatan in teks, "what was typed is still there"

    serentak(8, orang)
    jejak = JejakAudit.objects.filter(aksi="kelompok.diusulkan")
    assert min(diterima) >= DITERIMA
    assert sum(ditolak) >= DITOLAK, "they met at the same rows"
    assert jejak.count() == sum(diterima)
    for u in UsulanKelompok.objects.all():
        satu = jejak.filter(objek_id=f"barisrkp:{u.baris_id}").order_by("pk")
        assert u.versi == satu.count()
        assert u.catatan == satu.last().rincian["catatan"][1]
