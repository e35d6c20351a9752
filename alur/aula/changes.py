"""What a day in the hall changed, as its two confirmers read it: figures by the same functions as on every page."""

from collections import Counter
from typing import Any

from berita_acara.dokumen.kinds import CETAKAN
from berita_acara.models import SalinanTtd
from delegasi.models import Delegat
from musrenbang import format as tulis
from musrenbang.models import Dokumen, JejakAudit, Musrenbang, Pengguna
from musrenbang.sidang.models import Kehadiran, Unsur
from musrenbang.sidang.queries.kehadiran import count_attendance
from musrenbang.states import Tahap
from musrenbang.trail_words import AKSI
from musrenbang.trail_words import STATUS as KATA_STATUS
from rkp.models import BarisRkp, Keputusan
from rkp.prioritas.models import Pemeringkatan, StatusPemeringkatan
from rkp.queries.sums import sum_plan

BARIS = {"keputusan": "Keputusan", "biaya": "Biaya", "volume": "Volume", "lokasi": "Lokasi", "kegiatan": "Kegiatan"}


def state_of(musrenbang: Musrenbang) -> dict[str, Any]:
    """Return the event in figures and rows, JSON-safe, for ``compare``."""
    plan = sum_plan(BarisRkp.objects.filter(rkp__musrenbang=musrenbang))
    hadir = count_attendance(musrenbang, everything=True)
    dokumen = Dokumen.objects.filter(musrenbang=musrenbang).order_by("pk")
    salinan = SalinanTtd.objects.filter(dokumen__musrenbang=musrenbang).select_related("dokumen").order_by("pk")
    fixed = Pemeringkatan.objects.filter(musrenbang=musrenbang, status=StatusPemeringkatan.DITETAPKAN).order_by("pk")
    return {
        "tahap": musrenbang.get_tahap_display(),
        "rencana": {k: plan.of(k).as_data() for k in Keputusan.values} | {"sepakat": plan.sepakat.as_data()},
        "hadir": {"n": hadir.jumlah, "perempuan": hadir.perempuan},
        "orang": {
            str(pk): f"{nama} ({Unsur(unsur).label})"
            for pk, nama, unsur in Kehadiran.objects.filter(musrenbang=musrenbang).values_list("pk", "nama", "unsur")
        },
        "baris": {str(b.pk): _row(b) for b in BarisRkp.objects.filter(rkp__musrenbang=musrenbang).order_by("nomor")},
        "dokumen": {str(d.pk): f"{_kind(d)}{f' {d.nomor}' if d.nomor else ''} (versi {d.versi})" for d in dokumen}
        | {f"salinan {s.pk}": str(s) for s in salinan},
        "peringkat": {str(p.pk): [p.nama, (p.hasil or {}).get("ringkasan", {}).get("didanai", 0)] for p in fixed},
        "delegat": {
            str(d.pk): f"{d.nama} ({d.get_unsur_display()})"
            for d in Delegat.objects.filter(musrenbang=musrenbang, cadangan_ke=None).order_by("pk")
        },
    }


def _row(b: BarisRkp) -> dict[str, Any]:
    volume = f"{tulis.number(b.volume)} {b.satuan}" if b.volume is not None else ""
    keputusan = b.get_keputusan_display()
    content = {"nomor": b.nomor, "kegiatan": b.kegiatan, "biaya": b.biaya, "volume": volume, "lokasi": b.lokasi}
    return content | {"keputusan": keputusan}


def _kind(dokumen: Dokumen) -> str:
    return CETAKAN[dokumen.jenis].label if dokumen.jenis in CETAKAN else dokumen.jenis.replace("_", " ").capitalize()


def compare(before: dict[str, Any], current: dict[str, Any], trail: list[JejakAudit]) -> dict[str, Any]:
    """Return what changed between two states, and who did how much of it by the trail."""
    pelaku = Counter(j.pelaku_id for j in trail)
    nama = {p.pk: str(p) for p in Pengguna.objects.filter(pk__in=[p for p in pelaku if p])}
    steps = [
        {
            "ke": Tahap(j.ke).label,
            "oleh": nama.get(j.pelaku_id or 0, ""),
            "alasan": j.alasan,
            "waktu": j.waktu.isoformat(),
        }
        for j in trail
        if j.aksi == "musrenbang.tahap"
    ]
    plans = [before["rencana"], current["rencana"]]
    deed = Counter(j.aksi for j in trail if j.aksi != "musrenbang.tahap")
    return {
        "tahap": [before["tahap"], current["tahap"]],
        "langkah": steps,
        "putusan": [
            {"nama": Keputusan(k).label, "dulu": plans[0][k], "kini": plans[1][k]}
            for k in Keputusan.values
            if plans[0][k] != plans[1][k]
        ],
        "sepakat": [r["sepakat"] for r in plans],
        "hadir": [before["hadir"], current["hadir"]],
        "hadir_hilang": _gone(before["orang"], current["orang"]),
        "baris": list(_rows(before["baris"], current["baris"])),
        "dokumen": _gone(current["dokumen"], before["dokumen"]),
        "peringkat": [v for k, v in current["peringkat"].items() if before["peringkat"].get(k) != v],
        "delegat": _gone(current["delegat"], before["delegat"]),
        "delegat_hilang": _gone(before["delegat"], current["delegat"]),
        "pelaku": [[nama.get(p or 0, "sistem"), n] for p, n in pelaku.most_common()],
        "perbuatan": [[AKSI.get(a) or KATA_STATUS.get(a, a), n] for a, n in deed.most_common()],
        "jejak": len(trail),
    }


def _gone(dari: dict[str, Any], ke: dict[str, Any]) -> list[Any]:
    """Return what one state has and the other has not."""
    return [v for k, v in dari.items() if k not in ke]


def _rows(before: dict[str, Any], current: dict[str, Any]) -> Any:
    """Yield the works that changed, came or went, each with its values before and after."""
    for kunci, new in current.items():
        old = before.get(kunci)
        if old is None:
            yield {"nomor": new["nomor"], "kegiatan": new["kegiatan"], "baru": True, "beda": []}
        elif difference := [[BARIS[k], old[k], new[k], k == "biaya"] for k in BARIS if old[k] != new[k]]:
            yield {"nomor": new["nomor"], "kegiatan": new["kegiatan"], "beda": difference}
    for kunci, old in before.items():
        if kunci not in current:
            yield {"nomor": old["nomor"], "kegiatan": old["kegiatan"], "hilang": True, "beda": []}
