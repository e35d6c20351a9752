"""People and the roles they hold in a scope."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from musrenbang.labels import words
from musrenbang.models.acuan import Skpd
from musrenbang.models.wilayah import Desa, Kabupaten, Kecamatan
from musrenbang.states import Peran


class Pengguna(AbstractUser):  # type: ignore[django-manager-missing] # a base of django-otp has no types
    """A person who can sign in. ``nama`` is printed on documents as it stands."""

    nama = models.CharField("nama lengkap dan gelar", max_length=150)
    nip = models.CharField("NIP", max_length=21, blank=True)

    class Meta:
        ordering = ["username"]
        verbose_name_plural = "pengguna"

    def __str__(self) -> str:
        return self.nama or self.username


LINGKUP = {
    "kabupaten": [Peran.BAPPEDA],
    "kecamatan": [Peran.CAMAT, Peran.SEKCAM, Peran.PMD, Peran.PEMANDU, Peran.VERIFIKATOR],
    "desa": [Peran.DESA],
    "skpd": [Peran.SKPD],
}


def _fitting_scope() -> Q:
    """Exactly the one scope column that belongs to the role is filled."""
    syarat = Q()
    for column, peran in LINGKUP.items():
        one = Q(peran__in=peran)
        for other in LINGKUP:
            one &= Q(**{f"{other}__isnull": other != column})
        syarat |= one
    return syarat


class Keanggotaan(models.Model):
    """A role of a person in one kabupaten, kecamatan, desa or SKPD."""

    pengguna = models.ForeignKey(Pengguna, on_delete=models.CASCADE, related_name="keanggotaan")
    peran = models.CharField(max_length=12, choices=[p for p in Peran.choices if p[0] != Peran.ADMIN])
    kabupaten = models.ForeignKey(Kabupaten, on_delete=models.PROTECT, null=True, blank=True)
    kecamatan = models.ForeignKey(Kecamatan, on_delete=models.PROTECT, null=True, blank=True)
    desa = models.ForeignKey(Desa, on_delete=models.PROTECT, null=True, blank=True)
    skpd = models.ForeignKey(Skpd, on_delete=models.PROTECT, null=True, blank=True, verbose_name=words("SKPD"))

    class Meta:
        verbose_name_plural = "keanggotaan"
        constraints = [
            models.CheckConstraint(
                condition=_fitting_scope(),
                name="keanggotaan_lingkup_tepat",
                violation_error_message="Isi tepat satu lingkup, yaitu yang sesuai dengan perannya.",
            ),
            *(models.UniqueConstraint(fields=["pengguna", "peran", k], name=f"keanggotaan_{k}_unik") for k in LINGKUP),
        ]

    def __str__(self) -> str:
        return f"{self.get_peran_display()} {self.lingkup}"

    @property
    def lingkup(self) -> str:
        """The name of the scope."""
        return str(self.kabupaten or self.kecamatan or self.desa or self.skpd)
