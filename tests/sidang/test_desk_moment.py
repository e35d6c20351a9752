"""Who was noted while the network was away came then, not when the device could tell: guests and substitutes too."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from musrenbang.sidang.models import Kehadiran, Undangan
from musrenbang.states import Tahap

PART = {"HX-Request": "true", "X-Bagian": "isian"}
GUEST = {"nama": "Ibu Tamu", "unsur": "tokoh", "lembaga": "Warga", "jenis_kelamin": "P"}


@pytest.fixture
def send(acara, move_event, masuk):
    """Return a sender of the two forms of the desk, each with the key that its page was rendered with."""
    move_event(acara, Tahap.PEMBUKAAN)
    client, at = masuk("pemandu"), f"/m/{acara.slug}/kehadiran/"
    undangan = Undangan.objects.create(musrenbang=acara, nama="Pak Kades", unsur="kades", lembaga="Desa", kode="KADES1")

    def _send(what, key, **more):
        content = {"kunci": key} | more
        if what == "guest":
            return client.post(at, GUEST | content, headers=PART)
        substitute = {"wakil": "Bu Sekdes", "jenis_kelamin": "P", "cara": "centang"}
        return client.post(f"{at}undangan/{undangan.pk}/", substitute | content, headers=PART)

    return _send


@pytest.mark.parametrize("what, nama", [("guest", "Ibu Tamu"), ("substitute", "Bu Sekdes")])
def test_the_time_of_noting_is_kept_however_often_it_is_sent(what, nama, send):
    key, current = uuid.uuid4(), timezone.now()
    assert send(what, key, moment=600).status_code == 200
    assert send(what, key, moment=900).status_code == 200
    one = Kehadiran.objects.get()
    assert one.nama == nama
    assert abs(one.datang - (current - timedelta(minutes=10))) < timedelta(seconds=20)
    assert abs(one.dicatat_pada - current) < timedelta(seconds=20)


@pytest.mark.parametrize("span", [{}, {"moment": "0"}])
def test_what_is_noted_now_came_now(span, send):
    assert send("guest", uuid.uuid4(), **span).status_code == 200
    assert Kehadiran.objects.get().datang_pada is None


@pytest.mark.parametrize("span", ["-5", "90000", "x"])
def test_a_span_that_no_device_has_is_refused(span, send):
    assert send("guest", uuid.uuid4(), moment=span).status_code in (409, 422)
    assert not Kehadiran.objects.exists()
