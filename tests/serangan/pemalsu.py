"""What an owner of the database does: rows, chain, checkpoints and papers written anew, behind the program's back."""

import json

from django.db import connection

from delegasi.models import Delegat
from musrenbang.jangkar.baca import origin, read_record, read_reference, reference_origin
from musrenbang.jangkar.daun import BAKU, TITIK
from musrenbang.jangkar.kunci import sign
from musrenbang.jangkar.nota import Checkpoint, read_note
from musrenbang.models import Dokumen, JejakAcuan, JejakAudit, Musrenbang
from musrenbang.rantai import ISI_ACUAN, link
from musrenbang.sidang.models import Kehadiran
from rkp.models import BarisVersi, DanaProgram, RkpVersi
from rkp.prioritas.hitung.mesin import compute, digest
from rkp.prioritas.models import Pemeringkatan
from rkp.queries.baris import content_hash, version_rows


def jejak(acara, **saring):
    return list(JejakAudit.objects.filter(musrenbang=acara, **saring).order_by("pk"))


def ganti(tabel, pk, **kolom):
    """Overwrite columns of a row behind the program's back."""
    isi = [json.dumps(n) if isinstance(n, dict | list) else n for n in kolom.values()]
    with connection.cursor() as kursor:
        kursor.execute(f"UPDATE {tabel} SET {', '.join(f'{k} = %s' for k in kolom)} WHERE id = %s", [*isi, pk])


def hapus(tabel, pk):
    with connection.cursor() as kursor:
        kursor.execute(f"DELETE FROM {tabel} WHERE id = %s", [pk])


TABEL = "musrenbang_jejakaudit"


def rantai_ulang(acara, urut=None):
    """Compute the chain anew, in the order given, so that it holds in itself."""
    if urut is None:
        menurut = {b.pk: b for b in jejak(acara)}
        urut = [menurut[t.pk] for t in read_record(acara).urut]
    kepala = ""
    for b in urut:
        sidik = link(b, kepala)
        ganti(TABEL, b.pk, sebelum=kepala, sidik=sidik)
        kepala = sidik
    ganti("musrenbang_musrenbang", acara.pk, sidik_jejak=kepala)


def tanda_ulang(acara):
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
        rantai_ulang(acara)


def alasan_lain(acara):
    ganti(TABEL, jejak(acara)[3].pk, alasan="Disetujui bersama.")


def pelaku_lain(acara):
    ganti(TABEL, jejak(acara)[3].pk, pelaku_id=jejak(acara)[-1].pelaku_id or jejak(acara)[0].pelaku_id, aksi="lain")


def baris_hilang(acara):
    hapus(TABEL, jejak(acara)[4].pk)


def ujung_hilang(acara):
    semua = jejak(acara)
    for b in semua[-4:]:
        hapus(TABEL, b.pk)
    ganti("musrenbang_musrenbang", acara.pk, sidik_jejak=semua[-5].sidik)


def kepala_mundur(acara):
    ganti("musrenbang_musrenbang", acara.pk, sidik_jejak=jejak(acara)[-6].sidik)


def tulis_ulang(acara):
    alasan_lain(acara)
    rantai_ulang(acara)


def tulis_dan_tanda_ulang(acara):
    tulis_ulang(acara)
    tanda_ulang(acara)


def segalanya_ulang(acara):
    """Rows, chain, checkpoints, and the roots on papers: the database and the server's key agree with each other."""
    tulis_dan_tanda_ulang(acara)
    catatan = read_record(acara)
    for d in Dokumen.objects.filter(musrenbang=acara):
        if "jangkar" in d.isi:
            akar = catatan.root_at(d.isi["jangkar"]["ukuran"]).hex()
            ganti("musrenbang_dokumen", d.pk, isi=d.isi | {"jangkar": d.isi["jangkar"] | {"akar": akar}})


def baris_disisipkan(acara):
    b = jejak(acara)[2]
    b.pk, b.alasan = None, "Atas petunjuk."
    JejakAudit.objects.bulk_create([b])
    *lama, baru = jejak(acara)
    rantai_ulang(acara, [*lama[:3], baru, *lama[3:]])
    tanda_ulang(acara)


def urutan_ditukar(acara):
    semua = jejak(acara)
    semua[2], semua[3] = semua[3], semua[2]
    rantai_ulang(acara, semua)


def fakta(acara, ubah):
    """Change the facts of every row that fixes some, then make chain and checkpoints fit."""
    for b in jejak(acara, aksi=BAKU):
        ganti(TABEL, b.pk, rincian=b.rincian | {"daun": ubah(b.rincian["daun"])})
    rantai_ulang(acara)
    tanda_ulang(acara)


def fakta_hilang(acara):
    fakta(acara, lambda daun: daun[1:])


def fakta_diubah(acara):
    fakta(acara, lambda daun: [f.replace('"hasil":"disepakati"', '"hasil":"cadangan"') for f in daun])


def fakta_disisipkan(acara):
    fakta(acara, lambda daun: [*daun, '{"j":"dana","no":"1","rp":1}'])


def versi(ubah):
    """Change the fixed plan and its own hash."""

    def jalankan(acara):
        v = RkpVersi.objects.filter(rkp__musrenbang=acara, jenis="ditetapkan").latest("pk")
        ubah(v)
        RkpVersi.objects.filter(pk=v.pk).update(sha256=content_hash(version_rows(v)))

    return jalankan


def biaya_lain(v):
    b = v.baris.exclude(biaya=None).first()
    BarisVersi.objects.filter(pk=b.pk).update(biaya=b.biaya + 100_000_000)


def volume_lain(v):
    b = v.baris.exclude(volume=None).first()
    BarisVersi.objects.filter(pk=b.pk).update(volume=b.volume * 2)


def keputusan_lain(v):
    b = v.baris.filter(keputusan="disepakati").first()
    BarisVersi.objects.filter(pk=b.pk).update(keputusan="cadangan", alasan_kode="lainnya", alasan="Tidak mendesak")


def nama_lain(v):
    BarisVersi.objects.filter(pk=v.baris.first().pk).update(kegiatan="Pembangunan rumah dinas")


def kegiatan_hilang(v):
    v.baris.last().delete()


def kegiatan_baru(v):
    b = v.baris.first()
    b.pk, b.nomor = None, 999
    b.save()


def peringkat_lain(acara):
    """Another pagu in the input of a ranking: input, result, hashes and money are all made to fit."""
    p = Pemeringkatan.objects.filter(musrenbang=acara, status="ditetapkan").exclude(masukan=None).first()
    masukan = json.loads(json.dumps(p.masukan))
    masukan["skema"]["pagu"] -= 1
    hasil = compute(masukan)
    isi = {"masukan": masukan, "hasil": hasil, "sha256_masukan": digest(masukan), "sha256_hasil": digest(hasil)}
    Pemeringkatan.objects.filter(pk=p.pk).update(**isi)
    for d in hasil["pendanaan"]:
        DanaProgram.objects.filter(baris__rkp__musrenbang=acara, kode=p.kode, baris__nomor=int(d["kode"])).update(
            jumlah=d["didanai"]
        )


def delegat_lain(acara):
    Delegat.objects.filter(pk=Delegat.objects.filter(musrenbang=acara).first().pk).update(nama="Keponakan Camat")


def delegat_cadangan(acara):
    d = Delegat.objects.filter(musrenbang=acara).last()
    Delegat.objects.filter(pk=d.pk).update(unsur="kades" if d.unsur != "kades" else "tokoh")


def hadir_titipan(acara):
    k = Kehadiran.objects.filter(musrenbang=acara, undangan=None).first()
    k.pk, k.nama = None, "Orang Titipan"
    k.save()


def hadir_diganti(acara):
    Kehadiran.objects.filter(pk=Kehadiran.objects.filter(musrenbang=acara).last().pk).update(nama="Orang Lain")


def dokumen_hilang(acara):
    d = Dokumen.objects.filter(musrenbang=acara).exclude(nomor="").last()
    with connection.cursor() as kursor:
        kursor.execute("DELETE FROM berita_acara_salinanttd WHERE dokumen_id = %s", [d.pk])
    hapus("musrenbang_dokumen", d.pk)


def titik_lain(acara):
    """A checkpoint of an earlier state is put in place of a later one."""
    awal, akhir = jejak(acara, aksi=TITIK)[0], jejak(acara, aksi=TITIK)[-1]
    ganti(TABEL, akhir.pk, rincian=awal.rincian)
    rantai_ulang(acara)


def titik_palsu(acara):
    """The last checkpoint holds the right root under a signature that the server never made."""
    b = jejak(acara, aksi=TITIK)[-1]
    t = read_note(b.rincian["nota"])
    ((nama, id_kunci, tanda),) = t.tanda
    palsu = Checkpoint(t.asal, t.ukuran, t.akar, t.waktu, ((nama, id_kunci, tanda[:-1] + bytes([tanda[-1] ^ 1])),))
    ganti(TABEL, b.pk, rincian={"nota": palsu.teks})
    rantai_ulang(acara)


def titik_kosong(acara):
    ganti(TABEL, jejak(acara, aksi=TITIK)[-1].pk, rincian={})
    rantai_ulang(acara)


def tahap_maju(acara):
    ganti("musrenbang_musrenbang", acara.pk, tahap="disahkan")


def tahap_maju_berjejak(acara):
    """The Camat's approval is made up: a row of the trail, chained as it should be, after the last one."""
    contoh = jejak(acara, aksi="musrenbang.tahap")[-1]
    contoh.pk, contoh.dari, contoh.ke = None, "pleno", "disahkan"
    contoh.sebelum = Musrenbang.objects.get(pk=acara.pk).sidik_jejak
    contoh.sidik = link(contoh, contoh.sebelum)
    JejakAudit.objects.bulk_create([contoh])
    ganti("musrenbang_musrenbang", acara.pk, tahap="disahkan", sidik_jejak=contoh.sidik)


def acuan(aksi):
    def jalankan(acara):
        semua = list(JejakAcuan.objects.filter(kabupaten=acara.kecamatan.kabupaten).order_by("pk"))
        if aksi == "ubah":
            ganti("musrenbang_jejakacuan", semua[0].pk, alasan="lain")
        else:
            hapus("musrenbang_jejakacuan", semua[0 if aksi == "awal" else -1].pk)

    return jalankan


def acuan_ulang(acara):
    """Rewrite the reference trail, chain it anew, and sign its checkpoints again with the server's key."""
    kabupaten, kepala = acara.kecamatan.kabupaten, ""
    for n, b in enumerate(JejakAcuan.objects.filter(kabupaten=kabupaten).order_by("pk")):
        if n == 0:
            b.objek = "Harga tanah Pak Haji"
        if b.aksi == TITIK:
            akar = read_reference(kabupaten).root_at(n)
            baru = sign(Checkpoint(reference_origin(kabupaten), n, akar, read_note(b.rincian["nota"]).waktu))
            b.rincian = b.rincian | {"nota": baru.teks}
        sidik = link(b, kepala, ISI_ACUAN)
        ganti("musrenbang_jejakacuan", b.pk, objek=b.objek, rincian=b.rincian, sebelum=kepala, sidik=sidik)
        ganti("musrenbang_kabupaten", kabupaten.pk, sidik_acuan=sidik)
        kepala = sidik


def acuan_tanda_palsu(acara):
    """The checkpoint of the reference trail holds a signature of nobody; its chain fits."""
    b = JejakAcuan.objects.get(kabupaten=acara.kecamatan.kabupaten, aksi=TITIK)
    t = read_note(b.rincian["nota"])
    ((nama, id_kunci, tanda),) = t.tanda
    palsu = Checkpoint(t.asal, t.ukuran, t.akar, t.waktu, ((nama, id_kunci, tanda[:-1] + bytes([tanda[-1] ^ 1])),))
    b.rincian = b.rincian | {"nota": palsu.teks}
    sidik = link(b, b.sebelum, ISI_ACUAN)
    ganti("musrenbang_jejakacuan", b.pk, rincian=b.rincian, sidik=sidik)
    ganti("musrenbang_kabupaten", acara.kecamatan.kabupaten_id, sidik_acuan=sidik)


def acuan_cabang(acara):
    """A row is put beside the chain: it names a row that is there, and nothing names it."""
    b = JejakAcuan.objects.filter(kabupaten=acara.kecamatan.kabupaten).order_by("pk")[1]
    b.pk, b.objek = None, "Peran diberikan"
    b.sidik = link(b, b.sebelum, ISI_ACUAN)
    JejakAcuan.objects.bulk_create([b])


KEPALSUAN = {
    "alasan pada jejak": (alasan_lain, "isinya berubah sejak ditulis"),
    "pelaku pada jejak": (pelaku_lain, "isinya berubah sejak ditulis"),
    "satu baris jejak hilang": (baris_hilang, "baris jejak yang tidak ada lagi"),
    "ujung jejak dipotong": (ujung_hilang, "tidak lagi berawal dengan"),
    "kepala rantai dimundurkan": (kepala_mundur, "tidak lagi berawal dengan"),
    "rantai dihitung ulang": (tulis_ulang, "tidak lagi berawal dengan"),
    "rantai dan tanda tangan diulang": (tulis_dan_tanda_ulang, "tidak lagi berawal dengan"),
    "rantai, tanda tangan, dan akar pada dokumen diulang": (segalanya_ulang, "tidak lagi berawal dengan"),
    "baris jejak disisipkan": (baris_disisipkan, "tidak lagi berawal dengan"),
    "urutan jejak ditukar": (urutan_ditukar, "tidak lagi berawal dengan"),
    "satu fakta hilang": (fakta_hilang, "tidak lagi berawal dengan"),
    "fakta diubah": (fakta_diubah, "tidak lagi berawal dengan"),
    "fakta disisipkan": (fakta_disisipkan, "tidak lagi berawal dengan"),
    "biaya pada RKP": (versi(biaya_lain), "berbeda dari yang dicatat ketika ditetapkan"),
    "volume pada RKP": (versi(volume_lain), "berbeda dari yang dicatat ketika ditetapkan"),
    "keputusan pada RKP": (versi(keputusan_lain), "berbeda dari yang dicatat ketika ditetapkan"),
    "nama kegiatan pada RKP": (versi(nama_lain), "berbeda dari yang dicatat ketika ditetapkan"),
    "kegiatan dihapus dari RKP": (versi(kegiatan_hilang), "berbeda dari yang dicatat ketika ditetapkan"),
    "kegiatan titipan dalam RKP": (versi(kegiatan_baru), "berbeda dari yang dicatat ketika ditetapkan"),
    "peringkat dihitung dari masukan lain": (peringkat_lain, "Peringkat berbeda dari yang dicatat"),
    "nama delegat": (delegat_lain, "Delegasi berbeda dari yang dicatat"),
    "unsur delegat": (delegat_cadangan, "Delegasi berbeda dari yang dicatat"),
    "orang titipan pada daftar hadir": (hadir_titipan, "Daftar hadir berbeda dari yang dicatat"),
    "nama pada daftar hadir": (hadir_diganti, "Daftar hadir berbeda dari yang dicatat"),
    "dokumen terbit dihapus": (dokumen_hilang, "sudah terbit, tetapi tidak tersimpan lagi"),
    "titik periksa lama dipakai lagi": (titik_lain, "bukan tentang catatan sebelum barisnya"),
    "tanda tangan titik periksa palsu": (titik_palsu, "tanda tangan titik periksa ini palsu"),
    "titik periksa dikosongkan": (titik_kosong, "bukan titik periksa"),
    "tahap dimajukan": (tahap_maju, "tidak sama dengan akhir jejak"),
    "pengesahan dikarang": (tahap_maju_berjejak, "padahal tahap waktu itu"),
    "jejak acuan diubah": (acuan("ubah"), "isinya berubah sejak ditulis"),
    "jejak acuan dihapus": (acuan("awal"), "baris jejak yang tidak ada lagi"),
    "ujung jejak acuan dihapus": (acuan("akhir"), "baris jejak yang tidak ada lagi"),
    "jejak acuan ditulis dan ditandatangani ulang": (acuan_ulang, "jejaknya tidak lagi berawal dengan"),
    "tanda tangan atas jejak acuan palsu": (acuan_tanda_palsu, "tanda tangan titik periksa ini palsu"),
    "baris jejak acuan di samping rantai": (acuan_cabang, "di luar rantai"),
}
"""What was done -> (by what, a part of the sentence by which it is found)."""
