"""The words of a place: what follows from region and year, what a kabupaten changes, and what is never touched."""

import ast

import pytest
from django.conf import settings
from django.template import Context, Template
from django.urls import reverse

from musrenbang import sebutan
from musrenbang.labels import words
from musrenbang.models import Desa, JejakAcuan, Kabupaten, Musrenbang
from musrenbang.sebutan import BAKU, place_words, translate, use
from musrenbang.template_words import localise
from tests.halaman import flat

DESA, KELURAHAN = frozenset({"desa"}), frozenset({"kelurahan"})


@pytest.mark.parametrize(
    "kode, tahun, jenis, kata",
    [
        ("52.03", 2026, DESA, ("kecamatan", "Camat", "desa", "Kepala Desa", "Bupati", "DU-RKP Desa")),
        ("32.73", 2026, KELURAHAN, ("kecamatan", "Camat", "kelurahan", "Lurah", "Wali Kota", "Usulan Musrenbang Kelurahan")),
        ("91.03", 2026, DESA, ("distrik", "Kepala Distrik", "kampung", "Kepala Kampung", "Bupati", "DU-RKP Kampung")),
        ("34.02", 2026, DESA, ("kapanewon", "Panewu", "kalurahan", "Lurah", "Bupati", "DU-RKP Kalurahan")),
        ("34.02", 2018, DESA, ("kecamatan", "Camat", "desa", "Kepala Desa", "Bupati", "DU-RKP Desa")),
        ("34.71", 2026, KELURAHAN, ("kemantren", "Mantri Pamong Praja", "kelurahan", "Lurah", "Wali Kota", "Usulan Musrenbang Kelurahan")),
        ("11.06", 2026, DESA, ("kecamatan", "Camat", "gampong", "Keuchik", "Bupati", "DU-RKP Gampong")),
        ("13.09", 2026, DESA, ("kecamatan", "Camat", "desa", "Kepala Desa", "Bupati", "DU-RKP Desa")),
    ],
)  # fmt: skip
def test_words_follow_from_region_and_year(kode, tahun, jenis, kata):
    s = place_words(kode, tahun, None, jenis)
    assert (s.kecamatan, s.camat, s.desa, s.kepala_desa, s.bupati, s.daftar_desa) == kata


def test_agencies_are_called_skpd_until_2016():
    assert [place_words("52.03", t).skpd for t in (2011, 2016, 2017)] == ["SKPD", "SKPD", "perangkat daerah"]


def test_both_kinds_of_village_are_named_where_a_kecamatan_has_both(acara):
    Desa.objects.create(kode="52.03.04.1001", nama="Kelayu", kecamatan=acara.kecamatan)
    m = Musrenbang.objects.with_place().get(pk=acara.pk)
    assert (m.sebutan.desa, m.sebutan.kepala_desa, m.sebutan.bpd) == ("desa/kelurahan", "Kepala Desa/Lurah", "BPD/LPM")
    with use(m.sebutan):
        assert [d.sebutan for d in m.kecamatan.desa_set.order_by("kode")][:2] == ["Kelurahan Kelayu", "Desa Semaya"]
        assert m.sebutan.list_of("52.03.04.1001") == "Usulan Musrenbang Kelurahan"


def test_the_words_of_an_event_cost_no_query(acara, django_assert_num_queries):
    m = Musrenbang.objects.with_place().get(pk=acara.pk)
    with django_assert_num_queries(0):
        assert m.sebutan.musrenbang == "Musrenbang Kecamatan"
        assert str(m).startswith("Musrenbang Kecamatan Sikur")


PAPUA = place_words("91.03", 2026, None, DESA)


@pytest.mark.parametrize(
    "write, read",
    [
        ("Camat Sikur dan desanya", "Kepala Distrik Sikur dan kampungnya"),
        ("SKPD menunggu. SKPD lain juga; kepada SKPD-nya", "Perangkat daerah menunggu. Perangkat daerah lain juga; kepada perangkat daerahnya"),
        ("UU tentang Desa, Dana Desa, RPJM Desa", "UU tentang Desa, Dana Desa, RPJM Desa"),
        ("DAFTAR HADIR MUSRENBANG KECAMATAN", "DAFTAR HADIR MUSRENBANG DISTRIK"),
        ("kerja sama antardesa", "kerja sama antarkampung"),
        ("sedesa, camatan, kecamatan-kecamatan", "sedesa, camatan, distrik-kecamatan"),
    ],
)  # fmt: skip
def test_a_sentence_of_ours_is_said_in_the_words_of_the_place(write, read):
    with use(PAPUA):
        assert translate(write) == read == str(words(write))
    assert translate(write) == write, "without a place a sentence stands as it was written"


def test_a_template_speaks_of_the_place_and_leaves_what_it_is_given():
    naskah = (
        '<p class="desa" title="Semua desa">Usulan desa {{ nama }}</p><a href="/desa/">{% if x == "desa" %}Desa{% endif %}</a>'
        '<script>var desa = "desa";</script><td data-label="SKPD">{{ n }} SKPD</td>'
    )
    with use(PAPUA):
        content = Template(localise(naskah)).render(Context({"nama": "Rehab kantor desa", "x": "desa", "n": 3}))
    assert content == (
        '<p class="desa" title="Semua kampung">Usulan kampung Rehab kantor desa</p><a href="/desa/">Kampung</a>'
        '<script>var desa = "desa";</script><td data-label="Perangkat daerah">3 perangkat daerah</td>'
    )


def test_every_word_that_code_asks_for_exists():
    """``sebutan.x`` is looked up when a sentence is said; a slip would only show there."""
    existing = set(sebutan.FIELDS) | {f[0].upper() + f[1:] for f in sebutan.FIELDS}
    wrong, dilihat = [], 0
    for app in ("musrenbang", "usulan", "rkp", "delegasi", "tindak_lanjut", "berita_acara", "alur"):
        for p in (settings.BASE_DIR / app).rglob("*.py"):
            text = p.read_text()
            if "from musrenbang.sebutan import" not in text:
                continue
            for n in ast.walk(ast.parse(text)):
                if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name) and n.value.id == "sebutan":
                    dilihat += 1
                    wrong += [] if n.attr in existing else [f"{p}:{n.lineno} {n.attr}"]
    assert dilihat > 150
    assert not wrong


ISI = {"kecamatan": "Distrik", "camat": "Kepala Distrik", "bappeda": "Bapperida"}


def test_a_kabupaten_changes_its_words_with_a_trail(acara, masuk, kabupaten):
    client, alamat = masuk("bu_bappeda"), reverse("reference_place_words")
    dibaca = client.get(alamat).context["form"]["dibaca"].value()
    assert "Sebutan wilayah disimpan." in flat(client.post(alamat, ISI | {"dibaca": dibaca}, follow=True))
    assert Kabupaten.objects.get(pk=kabupaten.pk).sebutan == ISI | {"kecamatan": "distrik"}
    jejak = JejakAcuan.objects.filter(kabupaten=kabupaten, aksi="sebutan.diubah").get()
    assert jejak.rincian["bappeda"] == ["", "Bapperida"]
    board = flat(masuk("pak_sekcam").get(acara.get_absolute_url()))
    assert "Distrik Sikur" in board
    assert "Kecamatan" not in board.partition("<h1")[2].partition("</h1>")[0]
    assert client.get(alamat).context["form"]["kecamatan"].value() == "distrik"


def test_a_stale_form_loses_nothing(acara, masuk, kabupaten):
    client, alamat = masuk("bu_bappeda"), reverse("reference_place_words")
    dibaca = client.get(alamat).context["form"]["dibaca"].value()
    Kabupaten.objects.filter(pk=kabupaten.pk).update(sebutan={"camat": "Panewu"})
    response = client.post(alamat, ISI | {"dibaca": dibaca})
    assert response.status_code == 422
    assert "sudah diubah orang lain" in flat(response)
    assert 'value="Bapperida"' in flat(response)
    assert Kabupaten.objects.get(pk=kabupaten.pk).sebutan == {"camat": "Panewu"}
    lagi = response.context["form"].data["dibaca"]
    client.post(alamat, ISI | {"dibaca": lagi})
    assert Kabupaten.objects.get(pk=kabupaten.pk).sebutan["bappeda"] == "Bapperida"


@pytest.mark.parametrize("kata", ["Distrik 1", "<b>Distrik</b>", "Distrik/Kampung", "x" * 41])
def test_a_word_is_letters(masuk, kabupaten, kata):
    response = masuk("bu_bappeda").post(reverse("reference_place_words"), {"kecamatan": kata})
    assert response.status_code == 422
    assert Kabupaten.objects.get(pk=kabupaten.pk).sebutan == {}


def test_only_bappeda_changes_them(acara, masuk):
    assert [masuk(o).get(reverse("reference_place_words")).status_code for o in ("pak_camat", "operator_desa")] == [
        403,
        403,
    ]


def test_a_page_begins_without_the_words_of_the_page_before(acara, masuk, kabupaten):
    Kabupaten.objects.filter(pk=kabupaten.pk).update(sebutan={"kecamatan": "distrik"})
    client = masuk("pak_sekcam")
    assert "Distrik" in flat(client.get(acara.get_absolute_url()))
    assert sebutan.active() is BAKU
    assert "Distrik" not in flat(client.get("/publik/"))
