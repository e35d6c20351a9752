"""Documents on paper: one renderer for every PDF, and the keeper of issued documents.

``cetak`` turns a template into a PDF, ``bagian`` cuts it into what can be laid out by itself, ``tata`` lays that out
in workers (``pekerja``, of which ``kumpulan`` takes care), ``rakit`` joins it again and stamps every page, ``simpan``
keeps it.
"""
