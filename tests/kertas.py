"""What a paper says, read by the engine that people's browsers read it with."""

import pypdfium2


def texts_of(isi: bytes) -> list[str]:
    """Return the text of each page of a PDF, in the order in which it was laid out."""
    berkas = pypdfium2.PdfDocument(isi)
    try:
        return [halaman.get_textpage().get_text_range().replace("\r\n", "\n") for halaman in berkas]
    finally:
        berkas.close()


LEBAR = 0.66
"""Three spaces of the print sheet, in heights of a letter: what a reader sees as a hole in a line."""


def holes_in(isi: bytes) -> list[str]:
    """Return the lines of a PDF that are torn open: three gaps in a row alike and wider than three spaces.

    Justification widens all gaps of a line alike; those between columns differ.
    """
    berkas = pypdfium2.PdfDocument(isi)
    try:
        return [kata for halaman in berkas for kata in _torn(halaman.get_textpage())]
    finally:
        berkas.close()


def _torn(teks) -> list[str]:
    baris: dict[int, list[tuple[float, float, float, str]]] = {}
    for i, huruf in enumerate(teks.get_text_range()):
        if huruf.strip():
            kiri, bawah, kanan, atas = teks.get_charbox(i, loose=True)
            baris.setdefault(round(bawah), []).append((kiri, kanan, atas - bawah, huruf))
    hasil = []
    for isi in baris.values():
        isi.sort()
        tinggi = max(h for _, _, h, _ in isi)
        gaps = [b[0] - a[1] for a, b in zip(isi, isi[1:], strict=False) if b[0] - a[1] > 0.1 * tinggi]
        lebar = [s if LEBAR * tinggi < s < 2 * tinggi else 0 for s in gaps]
        if any(min(t) > 0.85 * max(t) > 0 for t in zip(lebar, lebar[1:], lebar[2:], strict=False)):
            hasil.append("".join(h for *_, h in isi))
    return hasil
