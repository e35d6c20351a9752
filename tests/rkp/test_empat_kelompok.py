"""Four groups, eight people, half a minute of saving at once: nothing lost, no error, every refusal explained."""

import os
import random
import re
import time

import pytest
from django.test import Client

from musrenbang.models import JejakAudit
from rkp import queries
from rkp.models import UsulanKelompok
from tests.rkp.conftest import NILAI
from tests.test_bersamaan import serentak

pytestmark = pytest.mark.django_db(transaction=True)
DETIK = float(os.environ.get("DETIK_KELOMPOK", "30"))


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
    semua = [(h.kelompok.pk, [b.baris.pk for b in h.baris]) for h in queries.list_kelompok(acara)]
    selesai = time.monotonic() + DETIK

    def orang(i: int) -> tuple[int, int]:
        client, acak = Client(raise_request_exception=False), random.Random(i)
        client.force_login(pemeran["pemandu" if i % 2 else "bu_pmd"])
        pk, baris = semua[i % len(semua)]
        diterima = ditolak = 0
        while time.monotonic() < selesai:
            url = f"/m/{acara.slug}/rkp/kelompok/{pk}/baris/{acak.choice(baris)}/"
            html = client.get(url).content.decode()
            time.sleep(acak.random() / 20)
            catatan = f"{i}-{diterima}-{ditolak}"
            jawab = client.post(url, _isi(html) | {"usul": "disepakati", "catatan": catatan})
            teks = jawab.content.decode()
            assert jawab.status_code in (302, 422), (jawab.status_code, teks[:300])
            if jawab.status_code == 302:
                diterima += 1
            else:
                ditolak += 1
                assert "Orang lain baru saja mengisi" in teks
                assert catatan in teks, "what was typed is still there"
        return diterima, ditolak

    hasil = serentak(8, orang)
    diterima = sum(h[0] for h in hasil)
    jejak = JejakAudit.objects.filter(aksi="kelompok.diusulkan")
    assert diterima > 8
    assert jejak.count() == diterima
    for u in UsulanKelompok.objects.all():
        satu = jejak.filter(objek_id=f"barisrkp:{u.baris_id}").order_by("pk")
        assert u.versi == satu.count()
        assert u.catatan == satu.last().rincian["catatan"][1]
