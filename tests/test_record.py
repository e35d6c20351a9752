"""The recorder of behaviour: what it hides, and that it says what changed."""

import sys

import pytest

from tests.conftest import settings


@pytest.fixture
def devices(monkeypatch):
    """Return the modules of the recorder; they run beside the program, not inside it."""
    monkeypatch.setattr(sys, "path", [str(settings.BASE_DIR / "bench"), *sys.path])
    import record_compare
    import record_content

    yield record_content, record_compare
    for nama in ("record_compare", "record_content"):
        del sys.modules[nama]


def test_only_what_changes_by_itself_is_hidden(devices):
    content, _ = devices
    token, other = (f'<input name="csrfmiddlewaretoken" value="{letter * 64}"><b>12.500</b>' for letter in "aB")
    assert content.normalise(token) == content.normalise(other)
    assert content.normalise(f"sidik {'a' * 64}") == "sidik #"
    assert content.normalise("<b>12.500</b>") != content.normalise("<b>12.501</b>")
    assert content.text_of(b"<p>Satu  <b>dua</b></p>", "text/html") == content.text_of(
        b"<p>\nSatu <b>dua</b>\n</p>", "text/html"
    )


def test_a_changed_page_is_told_once_with_its_addresses(devices, tmp_path, capsys):
    content, comparison = devices
    for side, kata in (("lama", "Sahkan"), ("baru", "Terima")):
        save = content.Store(tmp_path / side / "selesai")
        for person in ("camat", "sekcam"):
            save.add(f"GET {person} /m/x/", "200 [3 kueri]", f"<p>\n{kata}\n</p>")
        save.add("GET camat /", f"200 [{len(kata) + (side == 'baru')} kueri]", "sama")
        save.write()
    assert comparison.print_differences(tmp_path / "lama", tmp_path / "lama", detailed=False) == 0
    assert "equal" in capsys.readouterr().out
    assert comparison.print_differences(tmp_path / "lama", tmp_path / "baru", detailed=False) == 1
    kata = capsys.readouterr().out
    assert kata.count("-Sahkan\n    +Terima") == 1
    assert "[2] GET camat /m/x/; GET sekcam /m/x/" in kata
    assert "200 [6 kueri] -> 200 [7 kueri]" in kata
