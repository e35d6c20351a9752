"""A stored file is read only while it is what was stored; a row without one says so in words."""

import pytest

from berita_acara.models import SalinanTtd, TandaElektronik
from berita_acara.queries import read_electronic, read_salinan
from musrenbang.transisi import Refused


@pytest.mark.parametrize("read, row", [(read_salinan, SalinanTtd()), (read_electronic, TandaElektronik())])
def test_a_row_without_a_file_is_a_sentence(read, row):
    with pytest.raises(Refused, match="tidak ditemukan di penyimpanan"):
        read(row)
