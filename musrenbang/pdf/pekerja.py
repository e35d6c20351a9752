"""What is done in a process of its own. It is forked from one that has the renderer, styles and fonts loaded."""

from musrenbang.pdf import rakit, tata

tata.stylesheet()


def assemble(potongan: list[bytes], bingkai: str) -> bytes:
    """Return the document of all pieces, each page with its frame."""
    return rakit.assemble(potongan, tata.frame(bingkai))
