"""The quorum as it stood at each move that binds the meeting, and why the meeting went on below it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from musrenbang.models import Musrenbang
from musrenbang.sebutan import sebutan
from musrenbang.states import MENGIKAT, Tahap


class CatatanKuorum(models.Model):
    """The figures at one binding move (to stage ``ke``), and the meeting's reason where the quorum was missed.

    A row with a reason is written when the meeting decides to go on; one without when the move is made with its
    quorum. ``berlaku`` goes when it is replaced or when the meeting steps back over the move: one stands per move.
    ``kuorum`` and ``target`` (percent) are what the kecamatan had set at that moment.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="kuorum")
    ke = models.CharField(max_length=16, choices=[(Tahap(t).value, Tahap(t).label) for t in MENGIKAT])
    desa_hadir = models.PositiveSmallIntegerField()
    desa = models.PositiveSmallIntegerField()
    hadir = models.PositiveIntegerField()
    perempuan = models.PositiveIntegerField()
    kuorum = models.PositiveSmallIntegerField()
    target = models.PositiveSmallIntegerField()
    alasan = models.CharField(max_length=300, blank=True)
    berlaku = models.BooleanField(default=True, editable=False)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "catatan kuorum"
        constraints = [
            models.UniqueConstraint(fields=["musrenbang", "ke"], condition=Q(berlaku=True), name="kuorum_satu_berlaku"),
            models.CheckConstraint(
                condition=Q(desa_hadir__lte=F("desa"), perempuan__lte=F("hadir")), name="kuorum_angka_wajar"
            ),
        ]

    def __str__(self) -> str:
        return f"Kuorum menuju {Tahap(self.ke).label}: {self.desa_hadir} dari {self.desa} {sebutan.desa}"
