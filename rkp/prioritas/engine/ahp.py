"""Weights from pairwise comparison (AHP: mean of the normalised columns), and whether it contradicts itself. Pure."""

from dataclasses import dataclass
from fractions import Fraction

from rkp.prioritas.engine.errors import BadInput

CR_MAKS = Fraction(1, 10)
"""Saaty: a consistency ratio over 0.10 is refused."""
RI = [Fraction(n, 100) for n in (0, 0, 0, 58, 90, 112, 124, 132, 141, 145, 149)]
"""Saaty's random index for 0 to 10 criteria."""


@dataclass(frozen=True)
class Bobot:
    """The weights, adding up to 1, and the consistency ratio."""

    bobot: list[Fraction]
    rasio: Fraction


def weigh(matrix: list[list[Fraction]]) -> Bobot:
    """Return weights and consistency ratio of a square matrix of positive ratios; raise BadInput otherwise."""
    n = len(matrix)
    if not 1 <= n < len(RI) or any(len(baris) != n for baris in matrix):
        raise BadInput("Perbandingan kriteria harus persegi, 1 sampai 10 kriteria.")
    if any(x <= 0 for baris in matrix for x in baris) or any(matrix[i][i] != 1 for i in range(n)):
        raise BadInput("Perbandingan kriteria harus lebih dari 0, dan 1 terhadap dirinya sendiri.")
    if any(abs(matrix[i][j] * matrix[j][i] - 1) > Fraction(1, 50) for i in range(n) for j in range(i)):
        raise BadInput("Perbandingan kriteria harus berkebalikan: bila A terhadap B 3, B terhadap A 1/3.")
    columns = [sum((baris[j] for baris in matrix), Fraction(0)) for j in range(n)]
    bobot = [sum((matrix[i][j] / columns[j] for j in range(n)), Fraction(0)) / n for i in range(n)]
    weighted = [sum((x * b for x, b in zip(baris, bobot, strict=True)), Fraction(0)) for baris in matrix]
    lambda_max = sum((t / b for t, b in zip(weighted, bobot, strict=True)), Fraction(0)) / n
    ratio = max((lambda_max - n) / (n - 1) / RI[n], Fraction(0)) if n > 2 else Fraction(0)
    return Bobot(bobot, ratio)
