"""The hash of an issued PDF stands in the record: who changes file and row together is found."""

import hashlib

import pytest
from django.core.files.base import ContentFile

from alur.periksa import broken_invariants
from musrenbang.jangkar.leaves import BAKU
from musrenbang.models import Dokumen, JejakAudit
from musrenbang.triggers import lifted

pytestmark = pytest.mark.django_db


def test_a_berita_acara_exchanged_with_its_hash_is_found(recorded_file, settings):
    """No ZIP was made yet; triggers are off, and file and row agree with each other."""
    settings.MODE_LATIHAN = True
    d = Dokumen.objects.get(musrenbang=recorded_file, jenis="berita_acara")
    standard = JejakAudit.objects.filter(musrenbang=recorded_file, aksi=BAKU).values_list("rincian", flat=True)
    assert any(d.sha256 in f for r in standard for f in r["daun"])
    assert broken_invariants(recorded_file) == []
    forged = b"%PDF-1.7 palsu"
    nama = d.berkas.storage.save("dokumen/palsu.pdf", ContentFile(forged))
    with lifted():
        Dokumen.objects.filter(pk=d.pk).update(berkas=nama, sha256=hashlib.sha256(forged).hexdigest())
    assert any("bukan lagi yang kode keasliannya ada" in k for k in broken_invariants(recorded_file))
