"""A service that writes rows of an event holds its lock, in its stages and not while it is away in the hall."""

import ast
import re
from collections import defaultdict
from functools import cache
from types import SimpleNamespace

import pytest
from django.urls import get_resolver
from django.utils import timezone

from musrenbang import kunci
from musrenbang.models import Musrenbang
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from tests.test_arsitektur import ROOT, SUMBER

MENULIS = {"save", "create", "bulk_create", "bulk_update", "delete", "get_or_create", "update_or_create"}
MENGUNCI = {"lock_musrenbang", "check_here"}
TANPA_ACARA = ("musrenbang/akun/services/", "musrenbang/acuan/services/", "rkp/prioritas/services/skema.py")
"""Accounts, reference tables, regions and schemes of a kabupaten: they belong to no event."""
TANPA_KUNCI = {
    "schedule_musrenbang": "the event begins here",
    "open_year": "the events begin here",
    "publish_jadwal": "locks many events at once, and refuses when one of them is away",
    "receive_result": "the journey itself: the event is away, and locked",
    "cancel_journey": "the journey itself: the event is away, and locked",
    "confirm_result": "the journey itself: the event is away, and locked",
    "refuse_result": "the journey itself: the event is away, and locked",
    "sign_checkpoint": "signs the end of the record, under the lock on its row",
    "come_back": "notes a return in services that hold the lock: an arrival and a presence are stored",
    "touch": "counts the version up in services that hold lock_open",
    "load_file": "fills an empty laptop",
    "sign_all": "leaves out what is away",
    "fix_files": "called for an event that is locked, or for a paper that was issued under the lock",
    "proof_files": "locks the event, and adds nothing to the record of one that is away",
    "build_paket": "a job: makes what start_paket promised under the lock; a new version is refused while it is away",
    "make_paket": "the job itself",
    "revive_paket": "starts the job again",
    "freeze_list": "locks the event where it stores, and refuses a new version while it is away",
    "print_dokumen": "by freeze_list",
    "read_or_draft": "by freeze_list",
    "public_dokumen": "by freeze_list",
    "forget_personal_data": "years after the event",
    "follow_desa_names": "follows a desa, whatever events there are; leaves out what is away",
    "forget_delegat": "years after the event",
    "forget_attendees": "years after the event",
    "inherit_composition": "fills an event that begins",
    "inherit_kriteria": "fills an event that begins",
    "correct_name": "follows a person, whatever events there are",
    "note_camat": "follows a person, whatever events there are",
    "open_layar": "what the projector shows is no record",
    "show_panel": "what the projector shows is no record",
    "save_tampilan": "how one person sees a list is no record",
    "remove_tampilan": "how one person sees a list is no record",
}
"""Services that write without a lock of their own -> why they may."""


def _name(call):
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _writes(call):
    dari = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    return (
        _name(call) in MENULIS
        or (_name(call) == "update" and call.keywords and not call.args)
        or (dari, _name(call)) in {("audit", "record"), ("transisi", "move")}
    )


def _key(berkas, nama):
    """Return what a function is called here: a private name means another function in every module."""
    return f"{berkas}:{nama}" if nama.startswith("_") else nama


class Service:
    """One function of a services module, and what it calls."""

    def __init__(self, berkas, simpul, senama=None):
        self.berkas = berkas
        call = [s for s in ast.walk(simpul) if isinstance(s, ast.Call)]
        self.memanggil = {_key(berkas, _name(p)) for p in call}
        self.menulis = any(map(_writes, call))
        self.mengunci = bool(self.memanggil & MENGUNCI) or any(
            _name(d) == "allowed_in" for d in simpul.decorator_list if isinstance(d, ast.Call)
        )
        if senama:  # another module has one of that name: together they are as unsafe as either
            self.menulis, self.mengunci = self.menulis or senama.menulis, self.mengunci and senama.mengunci
            self.memanggil |= senama.memanggil


def _is_service(berkas):
    return "services" in berkas.parts or berkas.name == "services.py"


def read_services(sumber):
    """Return the services by their name, and by each name in the program the functions (None: other code) naming it."""
    service, mentioned = {}, defaultdict(set)
    for berkas, content in sumber:
        for node in ast.parse(content).body:
            own = None
            if isinstance(node, ast.Import | ast.ImportFrom):
                continue
            if isinstance(node, ast.FunctionDef) and _is_service(berkas):
                own = _key(berkas, node.name)
                service[own] = Service(berkas, node, service.get(own))
            for s in ast.walk(node):
                nama = getattr(s, "id", getattr(s, "attr", None)) if isinstance(s, ast.Name | ast.Attribute) else None
                # the table of stages: what it names runs under the lock of advance_musrenbang
                if nama and _key(berkas, nama) != own and berkas.as_posix() != "alur/tahap.py":
                    mentioned[_key(berkas, nama)].add(own)
    return service, mentioned


def unlocked(sumber):
    """Return the services that write, hold no lock, and are called by something that holds none either."""
    service, mentioned = read_services(sumber)

    def spread(right):
        """Return whose mark reaches it through what it calls."""
        while baru := {n for n, s in service.items() if n not in right and s.memanggil & right}:
            right |= baru
        return right

    writing = spread({n for n, s in service.items() if s.menulis})
    safe = spread({n for n, s in service.items() if s.mengunci})
    while baru := {n for n in service if n not in safe and mentioned[n] <= safe}:
        safe |= baru
    return {n: f"{s.berkas}:{n}" for n, s in service.items() if n in writing and n not in safe and ":" not in n}


@cache
def source_current():
    return tuple((p.relative_to(ROOT), p.read_text()) for p in SUMBER)


def test_every_service_that_writes_rows_of_an_event_locks_it():
    result = {n: w for n, w in unlocked(source_current()).items() if not w.startswith(TANPA_ACARA)}
    assert {n: w for n, w in result.items() if n not in TANPA_KUNCI} == {}
    assert set(TANPA_KUNCI) <= set(result), "an exception that is none any more"


@pytest.mark.parametrize("nama", ["set_spc", "hold_pemeringkatan", "receive_works", "add_pejabat"])
def test_a_forgotten_lock_is_found(nama):
    pola = re.compile(rf"@allowed_in\([^\n]*\)\n(def {nama}\()")
    broken = [(p, pola.sub(r"\1", content)) for p, content in source_current()]
    assert broken != list(source_current())
    assert nama in unlocked(broken)


def declared():
    """Return every declared service; the addresses load them all."""
    assert get_resolver().url_patterns
    assert len(kunci.DECLARED) > 70
    return kunci.DECLARED


def _arguments(one, acara):
    """Return the argument that leads to the event; the guard asks for no other."""
    root, *route = one.of.split(".")
    for nama in reversed(route):
        acara = SimpleNamespace(**{nama: acara})
    return {root: acara}


@pytest.mark.parametrize("tahap", list(Tahap))
def test_each_service_refuses_the_stages_that_it_does_not_name(tahap, acara):
    Musrenbang.objects.filter(pk=acara.pk).update(tahap=tahap)
    outside = [one for one in declared() if tahap not in one.boleh]
    assert len(outside) > 15
    for one in outside:
        with pytest.raises(Refused, match="bagian ini tidak dapat diubah"):
            one.service(**_arguments(one, acara))


def test_each_service_refuses_while_the_event_is_in_the_hall(acara):
    Musrenbang.objects.filter(pk=acara.pk).update(dibawa_pada=timezone.now())
    for one in declared():
        with pytest.raises(Refused, match="sedang dibawa sejak"):
            one.service(**_arguments(one, acara))


def test_the_service_gets_the_locked_event_and_not_the_one_of_the_page(acara):
    lama = Musrenbang.objects.get(pk=acara.pk)
    Musrenbang.objects.filter(pk=acara.pk).update(tempat="Balai Desa")
    try:

        @kunci.allowed_in(frozenset(Tahap))
        def direct(*, musrenbang):
            return musrenbang.tempat

        @kunci.allowed_in(frozenset(Tahap), of="baris.rkp.musrenbang")
        def far(*, baris):
            return baris.rkp.musrenbang.tempat

        assert direct(musrenbang=lama) == "Balai Desa"
        assert far(baris=SimpleNamespace(rkp=SimpleNamespace(musrenbang=lama))) == "Balai Desa"
        with pytest.raises(TypeError, match="has no argument"):
            kunci.allowed_in(frozenset(Tahap), of="impor.musrenbang")(direct)
    finally:
        del kunci.DECLARED[-2:]
