"""The recorder of behaviour: what it hides, and that it says what changed."""

import sys

import pytest

from tests.conftest import settings


@pytest.fixture
def alat(monkeypatch):
    """Return the modules of the recorder; they run beside the program, not inside it."""
    monkeypatch.setattr(sys, "path", [str(settings.BASE_DIR / "bench"), *sys.path])
    import rekam_banding
    import rekam_isi

    yield rekam_isi, rekam_banding
    for nama in ("rekam_banding", "rekam_isi"):
        del sys.modules[nama]


def test_only_what_changes_by_itself_is_hidden(alat):
    isi, _ = alat
    token, lain = (f'<input name="csrfmiddlewaretoken" value="{huruf * 64}"><b>12.500</b>' for huruf in "aB")
    assert isi.normalise(token) == isi.normalise(lain)
    assert isi.normalise(f"sidik {'a' * 64}") == "sidik #"
    assert isi.normalise("<b>12.500</b>") != isi.normalise("<b>12.501</b>")
    assert isi.text_of(b"<p>Satu  <b>dua</b></p>", "text/html") == isi.text_of(
        b"<p>\nSatu <b>dua</b>\n</p>", "text/html"
    )


def test_a_changed_page_is_told_once_with_its_addresses(alat, tmp_path, capsys):
    isi, banding = alat
    for sisi, kata in (("lama", "Sahkan"), ("baru", "Terima")):
        simpan = isi.Store(tmp_path / sisi / "selesai")
        for orang in ("camat", "sekcam"):
            simpan.add(f"GET {orang} /m/x/", "200 [3 kueri]", f"<p>\n{kata}\n</p>")
        simpan.add("GET camat /", f"200 [{len(kata) + (sisi == 'baru')} kueri]", "sama")
        simpan.write()
    assert banding.print_differences(tmp_path / "lama", tmp_path / "lama", detailed=False) == 0
    assert "equal" in capsys.readouterr().out
    assert banding.print_differences(tmp_path / "lama", tmp_path / "baru", detailed=False) == 1
    kata = capsys.readouterr().out
    assert kata.count("-Sahkan\n    +Terima") == 1
    assert "[2] GET camat /m/x/; GET sekcam /m/x/" in kata
    assert "200 [6 kueri] -> 200 [7 kueri]" in kata
