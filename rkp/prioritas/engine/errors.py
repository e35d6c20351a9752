"""What the engine refuses with."""


class BadInput(ValueError):
    """The input cannot be ranked; one Indonesian sentence says why."""


class UnsettledTie(BadInput):
    """Works with equal scores that the written chain does not tell apart. ``kode`` names each group of them."""

    def __init__(self, kode: list[list[str]]) -> None:
        self.kode = kode
        kelompok = "; ".join(", ".join(k) for k in kode)
        super().__init__(f"Skor berikut sama: {kelompok}. Catat putusan sidang untuk usulan itu.")
