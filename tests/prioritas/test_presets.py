"""Programmes that ended are named as what they were."""

from rkp.prioritas.presets import BAWAAN


def test_a_ranking_after_its_programme_ended_is_not_called_the_programme():
    """PNPM ran until the plan year 2014; P2SPP since 2006 (pnpm.md 2)."""
    ended, p2spp, today = BAWAAN["mpd"], BAWAAN["p2spp"], BAWAAN["piwk"]
    assert (ended.name_in(2012), ended.law_in(2014)) == ("PNPM Mandiri Perdesaan", "PTO PNPM Mandiri Perdesaan")
    assert ended.name_in(2027) == "Program berpola PNPM Mandiri Perdesaan"
    assert p2spp.law_in(2027) == (
        "tata cara menurut PTO PNPM P2SPP; SE Mendagri 414.2/1408/PMD; program itu berakhir tahun 2014"
    )
    assert p2spp.tahun_dari == 2006
    assert (today.name_in(2027), today.law_in(2027)) == (today.nama, today.dasar_hukum)
