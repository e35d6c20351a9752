"""What a paper says, read by the engine that people's browsers read it with."""

import pypdfium2


def texts_of(isi: bytes) -> list[str]:
    """Return the text of each page of a PDF, in the order in which it was laid out."""
    berkas = pypdfium2.PdfDocument(isi)
    try:
        return [halaman.get_textpage().get_text_range().replace("\r\n", "\n") for halaman in berkas]
    finally:
        berkas.close()
