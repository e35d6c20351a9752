"""What an owner of the database does: rows, chain, checkpoints and papers written anew, behind the program's back."""

import json

from django.db import connection

from delegasi.models import Delegat
from musrenbang.jangkar.kunci import sign
from musrenbang.jangkar.leaves import BAKU, TITIK
from musrenbang.jangkar.note import Checkpoint, read_note
from musrenbang.jangkar.read import origin, read_record, read_reference, reference_origin
from musrenbang.models import Dokumen, JejakAcuan, JejakAudit, Musrenbang
from musrenbang.rantai import ISI_ACUAN, link
from musrenbang.sidang.models import Kehadiran
from rkp.models import BarisVersi, DanaProgram, RkpVersi
from rkp.prioritas.engine.published import compute, digest
from rkp.prioritas.models import Pemeringkatan
from rkp.queries.baris import content_hash, version_rows


def jejak(acara, **filters):
    return list(JejakAudit.objects.filter(musrenbang=acara, **filters).order_by("pk"))


def ganti(tabel, pk, **kolom):
    """Overwrite columns of a row behind the program's back."""
    content = [json.dumps(n) if isinstance(n, dict | list) else n for n in kolom.values()]
    with connection.cursor() as db_cursor:
        db_cursor.execute(f"UPDATE {tabel} SET {', '.join(f'{k} = %s' for k in kolom)} WHERE id = %s", [*content, pk])


def remove(tabel, pk):
    with connection.cursor() as db_cursor:
        db_cursor.execute(f"DELETE FROM {tabel} WHERE id = %s", [pk])


TABEL = "musrenbang_jejakaudit"


def chain_again(acara, order=None):
    """Compute the chain anew, in the order given, so that it holds in itself."""
    if order is None:
        according = {b.pk: b for b in jejak(acara)}
        order = [according[t.pk] for t in read_record(acara).urut]
    head_of = ""
    for b in order:
        sidik = link(b, head_of)
        ganti(TABEL, b.pk, sebelum=head_of, sidik=sidik)
        head_of = sidik
    ganti("musrenbang_musrenbang", acara.pk, sidik_jejak=head_of)


def mark_again(acara):
    """Sign every checkpoint again with the server's key, over the rows as they are now."""
    for b in jejak(acara, aksi=TITIK):
        catatan, n = read_record(acara), 0
        for t in catatan.urut:
            n += len(catatan.fakta.get(t.pk, ()))
            if t.pk == b.pk:
                break
            n += 1
        baru = sign(Checkpoint(origin(acara), n, catatan.root_at(n), read_note(b.rincian["nota"]).waktu))
        ganti(TABEL, b.pk, rincian={"nota": baru.teks})
        chain_again(acara)


def alasan_other(acara):
    ganti(TABEL, jejak(acara)[3].pk, alasan="Disetujui bersama.")


def actor_other(acara):
    ganti(TABEL, jejak(acara)[3].pk, pelaku_id=jejak(acara)[-1].pelaku_id or jejak(acara)[0].pelaku_id, aksi="lain")


def baris_lost(acara):
    remove(TABEL, jejak(acara)[4].pk)


def tip_lost(acara):
    everything = jejak(acara)
    for b in everything[-4:]:
        remove(TABEL, b.pk)
    ganti("musrenbang_musrenbang", acara.pk, sidik_jejak=everything[-5].sidik)


def head_backward(acara):
    ganti("musrenbang_musrenbang", acara.pk, sidik_jejak=jejak(acara)[-6].sidik)


def write_again(acara):
    alasan_other(acara)
    chain_again(acara)


def write_and_mark_again(acara):
    write_again(acara)
    mark_again(acara)


def everything_again(acara):
    """Rows, chain, checkpoints, and the roots on papers: the database and the server's key agree with each other."""
    write_and_mark_again(acara)
    catatan = read_record(acara)
    for d in Dokumen.objects.filter(musrenbang=acara):
        if "jangkar" in d.isi:
            root = catatan.root_at(d.isi["jangkar"]["ukuran"]).hex()
            ganti("musrenbang_dokumen", d.pk, isi=d.isi | {"jangkar": d.isi["jangkar"] | {"akar": root}})


def baris_inserted(acara):
    b = jejak(acara)[2]
    b.pk, b.alasan = None, "Atas petunjuk."
    JejakAudit.objects.bulk_create([b])
    *lama, baru = jejak(acara)
    chain_again(acara, [*lama[:3], baru, *lama[3:]])
    mark_again(acara)


def ordering_swapped(acara):
    everything = jejak(acara)
    everything[2], everything[3] = everything[3], everything[2]
    chain_again(acara, everything)


def fact(acara, change):
    """Change the facts of every row that fixes some, then make chain and checkpoints fit."""
    for b in jejak(acara, aksi=BAKU):
        ganti(TABEL, b.pk, rincian=b.rincian | {"daun": change(b.rincian["daun"])})
    chain_again(acara)
    mark_again(acara)


def fact_lost(acara):
    fact(acara, lambda leaf: leaf[1:])


def fact_changed(acara):
    fact(acara, lambda leaf: [f.replace('"hasil":"disepakati"', '"hasil":"cadangan"') for f in leaf])


def fact_inserted(acara):
    fact(acara, lambda leaf: [*leaf, '{"j":"dana","no":"1","rp":1}'])


def versi(change):
    """Change the fixed plan and its own hash."""

    def run(acara):
        v = RkpVersi.objects.filter(rkp__musrenbang=acara, jenis="ditetapkan").latest("pk")
        change(v)
        RkpVersi.objects.filter(pk=v.pk).update(sha256=content_hash(version_rows(v)))

    return run


def biaya_other(v):
    b = v.baris.exclude(biaya=None).first()
    BarisVersi.objects.filter(pk=b.pk).update(biaya=b.biaya + 100_000_000)


def volume_other(v):
    b = v.baris.exclude(volume=None).first()
    BarisVersi.objects.filter(pk=b.pk).update(volume=b.volume * 2)


def keputusan_other(v):
    b = v.baris.filter(keputusan="disepakati").first()
    BarisVersi.objects.filter(pk=b.pk).update(keputusan="cadangan", alasan_kode="lainnya", alasan="Tidak mendesak")


def name_other(v):
    BarisVersi.objects.filter(pk=v.baris.first().pk).update(kegiatan="Pembangunan rumah dinas")


def kegiatan_lost(v):
    v.baris.last().delete()


def kegiatan_new(v):
    b = v.baris.first()
    b.pk, b.nomor = None, 999
    b.save()


def peringkat_other(acara):
    """Another pagu in the input of a ranking: input, result, hashes and money are all made to fit."""
    p = Pemeringkatan.objects.filter(musrenbang=acara, status="ditetapkan").exclude(masukan=None).first()
    masukan = json.loads(json.dumps(p.masukan))
    masukan["skema"]["pagu"] -= 1
    result = compute(masukan)
    content = {"masukan": masukan, "hasil": result, "sha256_masukan": digest(masukan), "sha256_hasil": digest(result)}
    Pemeringkatan.objects.filter(pk=p.pk).update(**content)
    for d in result["pendanaan"]:
        DanaProgram.objects.filter(baris__rkp__musrenbang=acara, kode=p.kode, baris__nomor=int(d["kode"])).update(
            jumlah=d["didanai"]
        )


def delegat_other(acara):
    Delegat.objects.filter(pk=Delegat.objects.filter(musrenbang=acara).first().pk).update(nama="Keponakan Camat")


def delegat_reserve(acara):
    d = Delegat.objects.filter(musrenbang=acara).last()
    Delegat.objects.filter(pk=d.pk).update(unsur="kades" if d.unsur != "kades" else "tokoh")


def attendance_smuggled(acara):
    k = Kehadiran.objects.filter(musrenbang=acara, undangan=None).first()
    k.pk, k.nama = None, "Orang Titipan"
    k.save()


def attendance_replaced(acara):
    Kehadiran.objects.filter(pk=Kehadiran.objects.filter(musrenbang=acara).last().pk).update(nama="Orang Lain")


def dokumen_lost(acara):
    d = Dokumen.objects.filter(musrenbang=acara).exclude(nomor="").last()
    with connection.cursor() as db_cursor:
        db_cursor.execute("DELETE FROM berita_acara_salinanttd WHERE dokumen_id = %s", [d.pk])
    remove("musrenbang_dokumen", d.pk)


def point_other(acara):
    """A checkpoint of an earlier state is put in place of a later one."""
    start, end = jejak(acara, aksi=TITIK)[0], jejak(acara, aksi=TITIK)[-1]
    ganti(TABEL, end.pk, rincian=start.rincian)
    chain_again(acara)


def point_forged(acara):
    """The last checkpoint holds the right root under a signature that the server never made."""
    b = jejak(acara, aksi=TITIK)[-1]
    t = read_note(b.rincian["nota"])
    ((nama, id_kunci, tanda),) = t.tanda
    forged = Checkpoint(t.asal, t.ukuran, t.akar, t.waktu, ((nama, id_kunci, tanda[:-1] + bytes([tanda[-1] ^ 1])),))
    ganti(TABEL, b.pk, rincian={"nota": forged.teks})
    chain_again(acara)


def point_empty(acara):
    ganti(TABEL, jejak(acara, aksi=TITIK)[-1].pk, rincian={})
    chain_again(acara)


def tahap_forward(acara):
    ganti("musrenbang_musrenbang", acara.pk, tahap="disahkan")


def tahap_forward_trailed(acara):
    """The Camat's approval is made up: a row of the trail, chained as it should be, after the last one."""
    example = jejak(acara, aksi="musrenbang.tahap")[-1]
    example.pk, example.dari, example.ke = None, "pleno", "disahkan"
    example.sebelum = Musrenbang.objects.get(pk=acara.pk).sidik_jejak
    example.sidik = link(example, example.sebelum)
    JejakAudit.objects.bulk_create([example])
    ganti("musrenbang_musrenbang", acara.pk, tahap="disahkan", sidik_jejak=example.sidik)


def acuan(aksi):
    def run(acara):
        everything = list(JejakAcuan.objects.filter(kabupaten=acara.kecamatan.kabupaten).order_by("pk"))
        if aksi == "ubah":
            ganti("musrenbang_jejakacuan", everything[0].pk, alasan="lain")
        else:
            remove("musrenbang_jejakacuan", everything[0 if aksi == "awal" else -1].pk)

    return run


def acuan_again(acara):
    """Rewrite the reference trail, chain it anew, and sign its checkpoints again with the server's key."""
    kabupaten, head_of = acara.kecamatan.kabupaten, ""
    for n, b in enumerate(JejakAcuan.objects.filter(kabupaten=kabupaten).order_by("pk")):
        if n == 0:
            b.objek = "Harga tanah Pak Haji"
        if b.aksi == TITIK:
            root = read_reference(kabupaten).root_at(n)
            baru = sign(Checkpoint(reference_origin(kabupaten), n, root, read_note(b.rincian["nota"]).waktu))
            b.rincian = b.rincian | {"nota": baru.teks}
        sidik = link(b, head_of, ISI_ACUAN)
        ganti("musrenbang_jejakacuan", b.pk, objek=b.objek, rincian=b.rincian, sebelum=head_of, sidik=sidik)
        ganti("musrenbang_kabupaten", kabupaten.pk, sidik_acuan=sidik)
        head_of = sidik


def acuan_mark_forged(acara):
    """The checkpoint of the reference trail holds a signature of nobody; its chain fits."""
    b = JejakAcuan.objects.get(kabupaten=acara.kecamatan.kabupaten, aksi=TITIK)
    t = read_note(b.rincian["nota"])
    ((nama, id_kunci, tanda),) = t.tanda
    forged = Checkpoint(t.asal, t.ukuran, t.akar, t.waktu, ((nama, id_kunci, tanda[:-1] + bytes([tanda[-1] ^ 1])),))
    b.rincian = b.rincian | {"nota": forged.teks}
    sidik = link(b, b.sebelum, ISI_ACUAN)
    ganti("musrenbang_jejakacuan", b.pk, rincian=b.rincian, sidik=sidik)
    ganti("musrenbang_kabupaten", acara.kecamatan.kabupaten_id, sidik_acuan=sidik)


def acuan_branch(acara):
    """A row is put beside the chain: it names a row that is there, and nothing names it."""
    b = JejakAcuan.objects.filter(kabupaten=acara.kecamatan.kabupaten).order_by("pk")[1]
    b.pk, b.objek = None, "Peran diberikan"
    b.sidik = link(b, b.sebelum, ISI_ACUAN)
    JejakAcuan.objects.bulk_create([b])


KEPALSUAN = {
    "alasan pada jejak": (alasan_other, "isinya berubah sejak ditulis"),
    "pelaku pada jejak": (actor_other, "isinya berubah sejak ditulis"),
    "satu baris jejak hilang": (baris_lost, "baris jejak yang tidak ada lagi"),
    "ujung jejak dipotong": (tip_lost, "tidak lagi berawal dengan"),
    "kepala rantai dimundurkan": (head_backward, "tidak lagi berawal dengan"),
    "rantai dihitung ulang": (write_again, "tidak lagi berawal dengan"),
    "rantai dan tanda tangan diulang": (write_and_mark_again, "tidak lagi berawal dengan"),
    "rantai, tanda tangan, dan akar pada dokumen diulang": (everything_again, "tidak lagi berawal dengan"),
    "baris jejak disisipkan": (baris_inserted, "tidak lagi berawal dengan"),
    "urutan jejak ditukar": (ordering_swapped, "tidak lagi berawal dengan"),
    "satu fakta hilang": (fact_lost, "tidak lagi berawal dengan"),
    "fakta diubah": (fact_changed, "tidak lagi berawal dengan"),
    "fakta disisipkan": (fact_inserted, "tidak lagi berawal dengan"),
    "biaya pada RKP": (versi(biaya_other), "berbeda dari yang dicatat ketika ditetapkan"),
    "volume pada RKP": (versi(volume_other), "berbeda dari yang dicatat ketika ditetapkan"),
    "keputusan pada RKP": (versi(keputusan_other), "berbeda dari yang dicatat ketika ditetapkan"),
    "nama kegiatan pada RKP": (versi(name_other), "berbeda dari yang dicatat ketika ditetapkan"),
    "kegiatan dihapus dari RKP": (versi(kegiatan_lost), "berbeda dari yang dicatat ketika ditetapkan"),
    "kegiatan titipan dalam RKP": (versi(kegiatan_new), "berbeda dari yang dicatat ketika ditetapkan"),
    "peringkat dihitung dari masukan lain": (peringkat_other, "Peringkat berbeda dari yang dicatat"),
    "nama delegat": (delegat_other, "Delegasi berbeda dari yang dicatat"),
    "unsur delegat": (delegat_reserve, "Delegasi berbeda dari yang dicatat"),
    "orang titipan pada daftar hadir": (attendance_smuggled, "Daftar hadir berbeda dari yang dicatat"),
    "nama pada daftar hadir": (attendance_replaced, "Daftar hadir berbeda dari yang dicatat"),
    "dokumen terbit dihapus": (dokumen_lost, "sudah terbit, tetapi tidak tersimpan lagi"),
    "titik periksa lama dipakai lagi": (point_other, "bukan tentang catatan sebelum barisnya"),
    "tanda tangan titik periksa palsu": (point_forged, "tanda tangan titik periksa ini palsu"),
    "titik periksa dikosongkan": (point_empty, "bukan titik periksa"),
    "tahap dimajukan": (tahap_forward, "tidak sama dengan akhir jejak"),
    "pengesahan dikarang": (tahap_forward_trailed, "padahal tahap waktu itu"),
    "jejak acuan diubah": (acuan("ubah"), "isinya berubah sejak ditulis"),
    "jejak acuan dihapus": (acuan("awal"), "baris jejak yang tidak ada lagi"),
    "ujung jejak acuan dihapus": (acuan("akhir"), "baris jejak yang tidak ada lagi"),
    "jejak acuan ditulis dan ditandatangani ulang": (acuan_again, "jejaknya tidak lagi berawal dengan"),
    "tanda tangan atas jejak acuan palsu": (acuan_mark_forged, "tanda tangan titik periksa ini palsu"),
    "baris jejak acuan di samping rantai": (acuan_branch, "di luar rantai"),
}
"""What was done -> (by what, a part of the sentence by which it is found)."""
