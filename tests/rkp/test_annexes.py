"""Where the annexes of a plan stand: none takes a page for a row or two while there is room before it."""

from rkp.templatetags.rkp import lampiran_menyatu, lampiran_terpisah


def annexes(*counts: int) -> list[dict]:
    return [{"judul": str(i), "baris": [{}] * n} for i, n in enumerate(counts)]


def names(groups: list[list[dict]]) -> list[str]:
    return ["".join(a["judul"] for a in group) for group in groups]


def test_short_annexes_follow_the_plan_or_the_annex_before_them():
    few = annexes(1, 0, 2)
    assert [a["judul"] for a in lampiran_menyatu(few)] == ["0", "2"]
    assert lampiran_terpisah(few) == []
    assert names(lampiran_terpisah(annexes(9, 1, 30))) == ["01", "2"]
    assert names(lampiran_terpisah(annexes(1, 0, 9))) == ["0", "2"]
    assert lampiran_menyatu(annexes(1, 0, 9)) == []
    assert lampiran_menyatu(None) == lampiran_terpisah("") == [], "what an older release fixed has none"
