"""Forged documents and trails of a hall, signed by the laptop's own key: each is refused in words."""

from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone

from alur.aula.skema import RENTANG
from berita_acara.models import Perjalanan
from tests.attack.aula import rechain

# --- the rows inside --------------------------------------------------------------------------------------------------


def _set(tabel, **entry):
    def change(isi, lampiran):
        isi["tabel"][tabel][0].update(entry)

    return change


def _add(tabel, **entry):
    """One more row like the first, with a key of the journey."""

    def change(isi, lampiran):
        everything = isi["tabel"][tabel]
        everything.append(everything[0] | {"id": 2 * RENTANG - 7} | entry)

    return change


def _drop(tabel):
    return lambda content, lampiran: content["tabel"][tabel].pop(0)


def _top(**entry):
    return lambda content, lampiran: content.update(entry)


def _file(nama, file_content=b"x"):
    def change(isi, lampiran):
        lampiran[nama] = file_content

    return change


def _rename_file(nama):
    """Let the new paper name another file."""

    def change(isi, lampiran):
        d = next(d for d in isi["tabel"]["dokumen"] if d["berkas"] in lampiran)
        lampiran[nama] = lampiran.pop(d["berkas"])
        d["berkas"] = nama

    return change


def _signature(content, lampiran):
    """A signature of the Camat that no certificate made."""
    d = content["tabel"]["dokumen"][-1]
    content["tabel"]["tanda_elektronik"].append(
        {
            "id": RENTANG + 5,
            "dokumen": d["id"],
            "berkas": d["berkas"],
            "sha256": d["sha256"],
            "nama": "Camat",
            "penerbit": "x",
            "seri": "1",
            "oleh": d["dibuat_oleh"],
            "pada": d["dibuat_pada"],
        }
    )


ISI = {
    "another format": (_top(format="musrenbang-acara/99"), "Perbarui aplikasi"),
    "something more at the top": (_top(bonus=1), "Susunan berkas ini tidak dikenal"),
    "another event": (_top(acara="lain-2027"), "Musrenbang yang lain"),
    "a table too few": (lambda contents, lampiran: contents["tabel"].pop("calon"), "Tabel di berkas ini"),
    "a table of the server": (lambda contents, lampiran: contents["tabel"].update(pengguna=[]), "Tabel di berkas ini"),
    "a table that is no list": (lambda contents, lampiran: contents["tabel"].update(calon={"a": 1}), "bukan daftar"),
    "a row that is no row": (
        lambda contents, lampiran: contents["tabel"]["baris_rkp"].append(7),
        "kolom tabel baris_rkp",
    ),
    "a column more": (_set("baris_rkp", is_superuser=True), "kolom tabel baris_rkp"),
    "text for a number": (_set("baris_rkp", biaya="1e3"), "baris_rkp.biaya tidak sah"),
    "a huge number": (_set("baris_rkp", biaya=10**30), "baris_rkp.biaya tidak sah"),
    "true for a number": (_set("baris_rkp", biaya=True), "baris_rkp.biaya tidak sah"),
    "a negative cost": (_set("baris_rkp", biaya=-5), "tidak sah|bertentangan"),
    "NaN for a volume": (_set("baris_rkp", volume="NaN"), "baris_rkp.volume tidak sah"),
    "an unknown decision": (_set("baris_rkp", keputusan="disetujui_saja"), "baris_rkp.keputusan tidak sah"),
    "a list for a text": (_set("baris_rkp", kegiatan=["x"]), "baris_rkp.kegiatan tidak sah"),
    "a text without end": (_set("baris_rkp", satuan="m" * 10_000), "baris_rkp.satuan tidak sah"),
    "no time at all": (_set("kehadiran", dicatat_pada="kemarin"), "kehadiran.dicatat_pada tidak sah"),
    "one row twice": (
        lambda contents, lampiran: contents["tabel"]["kehadiran"].append(contents["tabel"]["kehadiran"][0]),
        "satu baris dua kali",
    ),
    "a key of another event": (_add("baris_rkp", id=999_999, nomor=99), "bukan milik Musrenbang ini"),
    "a key of another journey": (_add("baris_rkp", id=7 * RENTANG, nomor=99), "bukan milik Musrenbang ini"),
    "a row of another event": (_add("usulan", acara=999_999), "menunjuk ke luar Musrenbang"),
    "a reference that dangles": (_set("sumber_baris", baris=999_999), "menunjuk ke luar Musrenbang"),
    "a desa of elsewhere": (_set("usulan", desa=999_999), "menunjuk ke luar Musrenbang"),
    "somebody who stayed away": (_set("kehadiran", dicatat_oleh=999_999), "menunjuk ke luar Musrenbang"),
    "two events in one": (_add("acara", slug="lain"), "bukan milik Musrenbang ini|Musrenbangnya tidak ada|jati diri"),
    "another slug": (_set("acara", slug="lain-2027"), "jati diri"),
    "another kecamatan's letterhead": (
        lambda contents, lampiran: contents["tabel"]["pengaturan_dokumen"].append({"id": 2 * RENTANG - 9}),
        "kolom tabel pengaturan_dokumen",
    ),
    "a counter that leaps": (
        lambda contents, lampiran: contents["tabel"]["penghitung_nomor"][0].update(terakhir=900),
        "meloncat",
    ),
    "a version that vanished": (_drop("rkp_versi"), "menunjuk ke luar Musrenbang|akan hilang|tidak sesuai|jejak"),
    "an attachment of its own": (_file("dokumen/lain.pdf"), "lampirannya tidak sama"),
    "an attachment upwards": (_rename_file("dokumen/../../etc/cron"), "nama lampirannya tidak sah"),
    "an attachment elsewhere": (_rename_file("dokumen/lain-2027/a.pdf"), "nama lampirannya tidak sah"),
    "an attachment that is missing": (lambda contents, lampiran: lampiran.clear(), "lampirannya tidak sama"),
    "a page of the site": (_rename_file("static/x/a.html"), "nama lampirannya tidak sah"),
    "an older version made final": (
        lambda contents, lampiran: contents["tabel"]["rkp_versi"][-1].update(jenis="disahkan"),
        "hanya dibuat di server",
    ),
    "a letter to Bappeda": (
        lambda contents, lampiran: contents["tabel"]["dokumen"][-1].update(jenis="pengantar_bappeda"),
        "hanya terbit di server",
    ),
    "the Berita Acara, another content": (
        lambda contents, lampiran: lampiran.update(dict.fromkeys(lampiran, b"%PDF-1.7 palsu")),
        "isinya tidak saling cocok",
    ),
    "an agreed cost after the fixing": (
        lambda contents, lampiran: contents["tabel"]["baris_versi"][0].update(biaya=1),
        "isinya tidak saling cocok",
    ),
    "money that the ranking did not give": (
        lambda contents, lampiran: contents["tabel"]["dana_program"][0].update(jumlah=999_000_000),
        "isinya tidak saling cocok",
    ),
    "a ranking written by hand": (
        lambda contents, lampiran: contents["tabel"]["pemeringkatan"][0]["hasil"]["ringkasan"].update(didanai=5),
        "isinya tidak saling cocok",
    ),
    "the Camat's electronic signature": (_signature, "tanda_elektronik hanya dapat diubah di server"),
    "delegates too few": (lambda contents, lampiran: contents["tabel"]["delegat"].pop(), "syarat tahap|saling cocok"),
}


@pytest.mark.parametrize("what", ISI)
def test_a_document_that_no_laptop_of_ours_writes_is_refused(what, aula_day, refused_event):
    changes, kata = ISI[what]
    refused_event(aula_day.forge(changes), kata)


# --- the trail --------------------------------------------------------------------------------------------------------


def _trail(changes):
    """Change the trail and hash it again, as who owns the laptop can."""

    def change(isi, lampiran, izin, orang):
        baris = sorted(isi["tabel"]["jejak_audit"], key=lambda b: b["id"])
        changes(baris, isi["tabel"], orang)
        isi["tabel"]["jejak_audit"] = baris
        rechain(isi, izin)

    return change


def _moves(baris):
    return [b for b in baris if b["aksi"] == "musrenbang.tahap"]


def _append(aksi, **entry):
    def change(baris, tabel, orang):
        baru = baris[-1] | {"id": baris[-1]["id"] + 1, "aksi": aksi, "rincian": {}, "alasan": ""}
        baris.append(baru | {k: orang.get(v, v) if isinstance(v, str) else v for k, v in entry.items()})

    return change


def _approve(baris, tabel, person):
    """The forgery that once went through: the Camat's approval, made by one of the team."""
    for dari, ke, who in (("penandatanganan", "finalisasi", "pak_sekcam"), ("finalisasi", "disahkan", "pak_camat")):
        _append("musrenbang.tahap", dari=dari, ke=ke, pelaku=who)(baris, tabel, person)
        baris[-1]["objek_id"] = f"musrenbang:{tabel['acara'][0]['id']}"
    tabel["acara"][0]["tahap"] = "disahkan"


def _jump(baris, tabel, person):
    for b in _moves(baris)[1:]:
        baris.remove(b)
    _moves(baris)[0]["ke"] = "penandatanganan"


def _other_person(who):
    return lambda baris, tabel, person: _moves(baris)[0].update(pelaku=person[who])


def _shift(jam):
    def change(baris, tabel, orang):
        waktu = timezone.datetime.fromisoformat(baris[3]["waktu"]) + timedelta(hours=jam)
        baris[3]["waktu"] = waktu.isoformat()

    return change


JEJAK = {
    "the Camat's approval": (_approve, "hanya dapat dilakukan di server"),
    "stages skipped": (_jump, "tidak ada dalam urutan tahap"),
    "stages out of order": (
        lambda b, t, o: _moves(b)[0].update(dari="delegasi", ke="penandatanganan"),
        "tidak ada dalam urutan",
    ),
    "a stage that the trail has not": (lambda b, t, o: t["acara"][0].update(tahap="pleno"), "jejaknya berakhir"),
    "the plan fixed by a facilitator": (_other_person("pemandu"), "tidak berwenang"),
    "the plan fixed by the Camat": (_other_person("pak_camat"), "tidak berwenang"),
    "the plan fixed by an operator": (_other_person("operator_desa"), "tidak berwenang"),
    "the plan fixed by a stranger": (_other_person("orang_luar"), "menunjuk ke luar Musrenbang|tidak ikut berangkat"),
    "the plan fixed by the superuser": (_other_person("admin"), "menunjuk ke luar|tidak ikut berangkat"),
    "the plan fixed by nobody": (lambda b, t, o: _moves(b)[0].update(pelaku=None), "tidak menyebut pelakunya"),
    "a step back without a reason": (
        lambda b, t, o: (
            _append("musrenbang.tahap", dari="penandatanganan", ke="delegasi", pelaku="pak_sekcam")(b, t, o),
            b[-1].update(objek_id=f"musrenbang:{t['acara'][0]['id']}"),
            t["acara"][0].update(tahap="delegasi"),
        ),
        "tidak beralasan",
    ),
    "criteria approved in Bappeda's name": (
        lambda b, t, o: _append("kriteriakecamatan.status", dari="diajukan", ke="disetujui", pelaku="pak_sekcam")(
            b, t, o
        ),
        "tidak dapat terjadi di aula",
    ),
    "Bappeda takes the plan in": (
        _append("penyampaian.status", dari="diajukan", ke="diterima"),
        "hanya dapat terjadi di server",
    ),
    "an addendum approved": (_append("adendum.status", dari="disusun", ke="disahkan"), "hanya dapat terjadi di server"),
    "a role given": (_append("pengguna.peran_ditambah"), "hanya dapat terjadi di server"),
    "the result confirmed by itself": (_append("aula.disahkan"), "hanya dapat terjadi di server"),
    "an act that no program knows": (_append("sihir.hitam"), "hanya dapat terjadi di server"),
    "a ranking fixed without its move": (
        lambda b, t, o: b.remove(next(x for x in b if x["aksi"] == "pemeringkatan.status")),
        "tidak sesuai dengan jejaknya",
    ),
    "the clock set back": (_shift(-3), "dimundurkan"),
    "the clock set back a year": (_shift(-24 * 365), "dimundurkan"),
    "after the permit": (
        lambda b, t, o: b[-1].update(waktu=(timezone.now() + timedelta(days=400)).isoformat()),
        "izinnya berakhir",
    ),
    "a row of another event": (lambda b, t, o: b[3].update(acara=999), "menunjuk ke luar Musrenbang"),
    "a key before the journey": (lambda b, t, o: b[0].update(id=5), "bukan milik Musrenbang|bukan dari salinan"),
    "while the meeting was adjourned": (lambda b, t, o: _adjourn_first(b), "selagi sidang diskors"),
}


def _adjourn_first(baris):
    """One more row at the beginning: the meeting is adjourned before the first move."""
    nomor = count(baris[0]["id"])
    baris.insert(0, baris[0] | {"aksi": "sidang.diskors"})
    for b in baris:
        b["id"] = next(nomor)


@pytest.mark.parametrize("subject", JEJAK)
def test_a_trail_that_nobody_left_is_refused(subject, aula_day, cast, refused_event):
    changes, kata = JEJAK[subject]
    izin = Perjalanan.objects.get().izin
    person = {nama: p.pk for nama, p in cast.items()}
    berkas = aula_day.forge(lambda content, lampiran: _trail(changes)(content, lampiran, izin, person))
    refused_event(berkas, kata)


RANTAI = {
    "a row changed": lambda j: j[2].update(alasan="lain"),
    "a row taken out": lambda j: j.pop(2),
    "the end cut off": lambda j: j.pop(),
    "the beginning cut off": lambda j: j.pop(0),
    "two rows exchanged": lambda j: (j[2].update(id=j[3]["id"]), j[3].update(id=j[2]["id"] - 1)),
    "a fork": lambda j: j[4].update(sebelum=j[2]["sidik"]),
}


@pytest.mark.parametrize("matter", RANTAI)
def test_a_chain_that_does_not_continue_is_refused(matter, aula_day, refused_event):
    def change(isi, lampiran):
        isi["tabel"]["jejak_audit"].sort(key=lambda b: b["id"])
        RANTAI[matter](isi["tabel"]["jejak_audit"])

    refused_event(aula_day.forge(change), "terputus atau berubah|ujung jejaknya")
