"""Signing in: the sessions of a person, and the spare codes for a day without the telephone."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django_otp.models import Device, ThrottlingMixin

from musrenbang.models.pengguna import Pengguna

PANJANG_KODE = 8


class Sesi(AbstractBaseSession):
    """A browser that holds a session; whose it is stands beside the data, so that people can see and end their own."""

    pengguna = models.ForeignKey(Pengguna, on_delete=models.CASCADE, null=True, related_name="sesi")
    perangkat = models.CharField(max_length=60, blank=True)
    alamat = models.CharField("alamat jaringan", max_length=45, blank=True)
    sejak = models.DateTimeField(null=True)
    dilihat = models.DateTimeField("terakhir dipakai", null=True)

    class Meta(AbstractBaseSession.Meta):
        verbose_name_plural = "sesi"

    @classmethod
    def get_session_store_class(cls) -> type:
        store: type = import_module(settings.SESSION_ENGINE).SessionStore
        return store


class KodeCadangan(ThrottlingMixin, Device):
    """Spare codes, each taken once, kept as password hashes (OWASP ASVS 5.0, 6.5.2).

    The first digit of a code is its number among them, so that one hash is compared, not all.
    """

    sandi = models.JSONField(help_text="{nomor: hash}; yang sudah dipakai tidak ada lagi")

    class Meta:
        verbose_name_plural = "kode cadangan"

    @staticmethod
    def hashes(kode: list[str]) -> dict[str, str]:
        """Return what is kept of the codes."""
        return {one[0]: make_password(one) for one in kode}

    def get_throttle_factor(self) -> int:
        """Seconds to wait after the first wrong code; it doubles with each."""
        return 1

    def verify_token(self, token: str) -> bool:
        """Take a code that is still there, and take it away. What does not look like a spare code is no wrong guess."""
        if len(token) != PANJANG_KODE or not self.verify_is_allowed()[0]:
            return False
        if not check_password(token, self.sandi.get(token[0], "")):
            self.throttle_increment()
            return False
        del self.sandi[token[0]]
        self.throttle_reset(commit=False)
        self.save()
        return True
