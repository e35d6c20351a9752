"""Figures of our own for Prometheus, read when it asks; the requests themselves are counted by django-prometheus."""

from collections.abc import Iterator

from django.db.models import Count, Min
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from musrenbang.models import Musrenbang


class JobQueue(Collector):
    """Jobs by status, how long the oldest has waited (seconds), and events by stage."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        work = GaugeMetricFamily("musrenbang_pekerjaan", "Pekerjaan latar menurut keadaan", labels=["keadaan"])
        for state, n in DBTaskResult.objects.order_by().values_list("status").annotate(n=Count("pk")):
            work.add_metric([state.lower()], n)
        yield work
        oldest = DBTaskResult.objects.ready().aggregate(t=Min("enqueued_at"))["t"]
        wait = (timezone.now() - oldest).total_seconds() if oldest else 0
        yield GaugeMetricFamily("musrenbang_pekerjaan_menunggu_detik", "Tunggu terlama di antrean", value=wait)
        acara = GaugeMetricFamily("musrenbang_acara", "Musrenbang menurut tahap", labels=["tahap"])
        for tahap, n in Musrenbang.objects.held().order_by().values_list("tahap").annotate(n=Count("pk")):
            acara.add_metric([tahap], n)
        yield acara
