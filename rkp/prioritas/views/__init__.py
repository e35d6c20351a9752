"""Pages of the ranking, by noun."""

from rkp.prioritas.views import calon, peringkat, skema, suara, unduh

__all__ = ["calon", "peringkat", "skema", "suara", "unduh"]
