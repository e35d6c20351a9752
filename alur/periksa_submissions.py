"""Invariants over the forms that were stored once: each entry is one row of the event, each row came from one form."""

from collections.abc import Iterator

from django.apps import apps

from alur.aula.names import EVENT
from musrenbang.models import FromForm, JejakAudit, Kiriman, Musrenbang

JENIS = {m._meta.label_lower: m for m in apps.get_models() if issubclass(m, FromForm)}
JALAN = {t.model: t.jalan for t in EVENT.values()}


def check_entries(musrenbang: Musrenbang) -> Iterator[str]:
    """No form became two rows, no row stands for two forms, and what a form became is of this event or in the trail."""
    per: dict[str, list[Kiriman]] = {}
    for k in Kiriman.objects.filter(musrenbang=musrenbang):
        per.setdefault(k.jenis, []).append(k)
    for jenis, delivery in per.items():
        model = JENIS.get(jenis)
        if model is None:
            yield f"Kiriman formulir: jenis “{jenis}” tidak dikenal."
            continue
        yield from _rows(musrenbang, model, delivery)


def _rows(musrenbang: Musrenbang, model: type[FromForm], kiriman: list[Kiriman]) -> Iterator[str]:
    nama = model._meta.model_name
    single_acara = {JALAN[model._meta.label]: musrenbang}
    own = set(model._default_manager.filter(**single_acara).values_list("pk", flat=True))
    outside = [k.objek_id for k in kiriman if k.objek_id not in own]
    others = set(model._default_manager.filter(pk__in=outside).values_list("pk", flat=True))
    kunci = [f"{nama}:{pk}" for pk in outside]
    jejak = JejakAudit.objects.filter(musrenbang=musrenbang, objek_id__in=kunci)
    recognised_ones = set(jejak.values_list("objek_id", flat=True))
    seen: set[int] = set()
    for k in kiriman:
        sebutan = f"Kiriman formulir {k.pk} ({model._meta.verbose_name} {k.objek_id})"
        if k.objek_id in seen:
            yield f"{sebutan}: isian lain sudah menjadi catatan yang sama."
        seen.add(k.objek_id)
        if k.objek_id in others:
            yield f"{sebutan}: catatannya milik Musrenbang lain."
        elif k.objek_id not in own and f"{nama}:{k.objek_id}" not in recognised_ones:
            yield f"{sebutan}: catatannya tidak ada dan tidak tercatat di riwayat perubahan."
