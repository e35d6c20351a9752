"""The commands of the hall: what they refuse is one sentence, and nothing is loaded that nobody vouched for."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core.management import CommandError, call_command

from alur.aula import kunci
from alur.aula.content import export
from alur.aula.izin import pin_hashes, pin_of
from alur.aula.permit import permit_words
from alur.aula.services.journeys import extend_permit, load_export, open_file, signing_key, take_away
from alur.aula.services.upload import receive_result
from berita_acara.models import AsalAula, Perjalanan
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.sidang.models import Kehadiran
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from tests.alur.aula import carry, clear, kode_laptop, one_attendance, without_time
from tests.attack.aula import SANDI, cheap

USUAL = ScryptPasswordHasher.work_factor
LAMA = Path(__file__).with_name("musrenbang-1.musrenbang")
"""A file made by the version that signed with a key inside the file, at the stage ``dijadwalkan`` of the demo."""


@pytest.fixture(autouse=True)
def _cheap_keys():
    with cheap():
        yield


def test_a_pin_costs_what_the_guide_says_when_it_is_no_test():
    """Sixteen megabytes and some 50 ms for each guess; within ``cheap`` nothing but the cost is another."""
    cost = [pin_hashes(b"kunci", 1, [7])["7"]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScryptPasswordHasher, "work_factor", USUAL)
        cost += pin_hashes(b"kunci", 1, [7]).values()
    assert [text.split("$")[:2] for text in cost] == [["scrypt", "16"], ["scrypt", "16384"]]
    pin = pin_of(b"kunci", 1, 7)
    assert [ScryptPasswordHasher().verify(guess, text) for text in cost for guess in (pin, "0" + pin)] == [
        True,
        False,
    ] * 2


def test_a_laptop_makes_its_key_once(tmp_path):
    one = kunci.laptop_key(tmp_path)
    assert kunci.laptop_key(tmp_path) == one
    assert (tmp_path / "kunci_aula").stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["kunci_aula"]


def test_a_laptop_tells_its_code(capsys, settings, tmp_path):
    call_command("kode_laptop")
    assert kode_laptop() in capsys.readouterr().out
    (tmp_path / "kunci_aula").write_text("rusak")
    with pytest.raises(CommandError, match="tidak dapat dibaca") as galat:
        call_command("kode_laptop")
    assert galat.value.returncode == 2


def load(*kata, galat=None, **pilihan):
    """Run impor_musrenbang; with ``galat`` it must stop with exit code 2 and these words in one sentence."""
    if galat is None:
        call_command("impor_musrenbang", *map(str, kata), **pilihan)
        return
    with pytest.raises(CommandError, match=galat) as wrong:
        call_command("impor_musrenbang", *map(str, kata), **pilihan)
    assert wrong.value.returncode == 2
    assert "\n" not in str(wrong.value)


@pytest.mark.django_db(transaction=True)
def test_the_commands_write_and_load(ready_to_issue, tmp_path, capsys):
    slug, leaving = ready_to_issue.slug, tmp_path / "a.json"
    call_command("ekspor_musrenbang", slug, ke=str(leaving))
    semula = json.loads(leaving.read_text())
    assert semula["format"] == "musrenbang-acara/2"
    assert "baris_rkp" in semula["tabel"]
    load(leaving, galat="--tanpa-tanda")
    load(leaving, galat="sudah ada di sini", tanpa_tanda=True)
    clear()
    load(leaving, tanpa_tanda=True)
    current = export(Musrenbang.objects.get(slug=slug))
    assert without_time(current) == without_time(semula)
    assert not any(p.has_usable_password() or p.is_superuser for p in Pengguna.objects.all())
    one_attendance(Musrenbang.objects.get(slug=slug), Pengguna.objects.get(username="pak_sekcam"), tahap=Tahap.SIAP)
    assert Kehadiran.objects.latest("pk").pk > max(h["id"] for h in semula["tabel"]["kehadiran"])
    with pytest.raises(CommandError, match="tidak ada"):
        call_command("ekspor_musrenbang", "entah")


def test_loading_shows_the_fingerprint_and_asks(acara, draft_event, cast, move_event, tmp_path, capsys, monkeypatch):
    move_event(acara, "siap")
    berkas = tmp_path / "a.musrenbang"
    berkas.write_bytes(carry(acara, cast["pak_sekcam"]))
    sidik = kunci.fingerprint(kunci.public_of(signing_key()))
    load(berkas, galat="ulangi dengan --sidik")
    assert sidik in capsys.readouterr().out
    load(berkas, galat="lain daripada yang disebut", sidik="AAAA BBBB")
    load(berkas, galat="sandi berkas ini salah", sidik=sidik, sandi="keliru")
    load(berkas, galat="sudah ada di sini", sidik=sidik.lower().replace(" ", ""), sandi=SANDI)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: "tidak")
    load(berkas, galat="cocokkan lagi kode keasliannya")


RUSAK = {
    "not there": (None, "tidak dapat dibaca"),
    "a program": (b"print('x')", "bukan berkas musrenbang"),
    "empty": (b"", "bukan berkas musrenbang"),
    "JSON cut off": (b'{"format": ', "bukan berkas musrenbang"),
    "JSON of something else": (b'{"halo": 1}', "bukan ekspor Musrenbang"),
    "a list inside": (b'{"format": "musrenbang-acara/2", "acara": []}', "bukan ekspor Musrenbang"),
    "tables missing": (
        b'{"format": "musrenbang-acara/2", "acara": "a", "nama": "b", "acuan": {}, "orang": {}, "tabel": {}}',
        "Tabel di berkas",
    ),
    "the format before, as JSON": (b'{"format": "musrenbang/1"}', "versi aplikasi yang lama"),
    "NaN": (b'{"format": NaN}', "bukan berkas musrenbang"),
    "deep": (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "bukan berkas musrenbang"),
}


@pytest.mark.parametrize("what", RUSAK)
def test_malformed_input_is_one_sentence(what, db, tmp_path):
    content, kata = RUSAK[what]
    berkas = tmp_path / "a.musrenbang"
    if content is not None:
        berkas.write_bytes(content)
    load(berkas, galat=kata, tanpa_tanda=True)


def test_a_file_of_the_version_before_is_refused_in_words(acara, draft_event, cast, move_event, db):
    """Made by the version that signed with a key inside the file; kept as it was."""
    load(LAMA, galat="versi aplikasi yang lama .* ambil lagi berkasnya dari server")
    move_event(acara, "siap")
    carry(acara, cast["pak_sekcam"])
    with pytest.raises(Refused, match="versi aplikasi yang lama"):
        receive_result(musrenbang=acara, by=cast["bu_pmd"], berkas=LAMA.read_bytes(), sandi=SANDI)


def test_an_export_makes_nobody_a_superuser(ready_to_issue):
    dokumen = export(ready_to_issue)
    dokumen["orang"]["pengguna"].append(dokumen["orang"]["pengguna"][0] | {"id": 10**9, "is_superuser": True})
    dokumen["acara"] = "lain-2027"
    with pytest.raises(Refused, match="versi"):
        load_export(dokumen)
    assert not Pengguna.objects.filter(pk=10**9).exists()


def test_a_permit_that_has_ended_is_renewed_by_the_same_file_taken_again(
    acara, draft_event, cast, move_event, tmp_path
):
    """``make aula`` with the newer file of the journey: the event on the laptop stays, its permit is the new one."""
    move_event(acara, "siap")
    berkas, sekcam = tmp_path / "a.musrenbang", cast["pak_sekcam"]
    berkas.write_bytes(carry(acara, sekcam))
    content = open_file(berkas.read_bytes(), SANDI)[1]
    asal = AsalAula.objects.create(musrenbang=acara, nomor=1, izin=content["izin"], asal="http://server")
    load(berkas, jika_belum=True)  # nothing to renew: nothing is asked
    end = Perjalanan.objects.get().berlaku_sampai
    baru = end.date() + timedelta(days=9)
    extend_permit(musrenbang=acara, by=sekcam, sampai=baru, alasan="Sidang diundur.")
    berkas.write_bytes(take_away(musrenbang=acara, by=sekcam, kode="", sandi=SANDI))
    with time_machine.travel(end + timedelta(days=1)):
        load(berkas, galat="ulangi dengan --sidik", jika_belum=True)
        sidik = kunci.fingerprint(kunci.public_of(signing_key()))
        load(berkas, jika_belum=True, sidik=sidik, sandi=SANDI)
        assert permit_words(acara) == ""
    asal.refresh_from_db()
    assert asal.izin["izin"]["sampai"] > content["izin"]["izin"]["sampai"]
