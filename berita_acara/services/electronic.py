"""The Camat signs an issued document: through BSrE's esign client, or with a certificate file."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from berita_acara.esign import Esign, EsignFailed
from berita_acara.models import AsalAula, TandaElektronik
from berita_acara.queries import signable
from berita_acara.signature import TAK_TERBUKA, Holder, InvalidCertificate, check_strange_pdf
from musrenbang import audit
from musrenbang.infra import child
from musrenbang.infra.child import UnreadableFile
from musrenbang.infra.digest import sha256_of
from musrenbang.keeper import keep_file, read_dokumen
from musrenbang.kunci import check_here
from musrenbang.labels import words
from musrenbang.models import Dokumen, Musrenbang, Pengguna
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused

BUKAN_MILIKNYA = words("Dokumen ini sudah digantikan versi baru, atau tidak ditandatangani Camat.")


def sign_dokumen(
    *, musrenbang: Musrenbang, dokumen: Dokumen, by: Pengguna, sertifikat: bytes, sandi: str
) -> TandaElektronik:
    """Sign the newest version of a document that carries the Camat's name; a second tap returns the first signature.

    ``sertifikat``: the content of a PKCS #12 file, ``sandi`` its password; neither is kept. Raises Refused for a
    document that was replaced or is not the Camat's to sign, a certificate that cannot be used, or a full disk.
    """
    _try(sertifikat, sandi)

    from berita_acara.pades import sign_pdf  # noqa: PLC0415 -- half a second to load, for the few who sign here

    def sign(dokumen: Dokumen) -> tuple[bytes, Holder]:
        try:
            return sign_pdf(
                read_dokumen(dokumen),
                sertifikat=sertifikat,
                sandi=sandi,
                alasan=f"Menandatangani {dokumen.nomor}",
                tempat=f"{sebutan.Kecamatan} {dokumen.musrenbang.kecamatan.nama}",
            )
        except InvalidCertificate as error:
            raise Refused(str(error)) from error

    return _keep(musrenbang, dokumen, by, sign)


def sign_by_esign(*, musrenbang: Musrenbang, dokumen: Dokumen, by: Pengguna, nik: str, sandi: str) -> TandaElektronik:
    """Let BSrE's esign client sign; its answer counts once it is the issued document with an intact signature after it.

    The network is asked outside any transaction. Raises Refused in a sentence; the passphrase is kept nowhere.
    """
    if existing := TandaElektronik.objects.filter(dokumen=dokumen).first():
        return existing
    if dokumen.pk not in {d.pk for d in signable(musrenbang)}:
        raise Refused(BUKAN_MILIKNYA)
    client = Esign(settings.ESIGN_ALAMAT, settings.ESIGN_PENGGUNA, settings.ESIGN_SANDI, settings.ESIGN_DETIK)
    original = read_dokumen(dokumen)
    try:
        client.check_person(nik)
        result = client.sign(
            original,
            nik=nik,
            sandi=sandi,
            alasan=f"Menandatangani {dokumen.nomor}",
            tempat=f"{sebutan.Kecamatan} {musrenbang.kecamatan.nama}",
        )
        mark = check_strange_pdf(result, settings.PENERBIT_SERTIFIKAT, for_whom="orang")
    except (EsignFailed, UnreadableFile) as error:
        raise Refused(str(error)) from error
    if not result.startswith(original) or not mark or not all(t.utuh for t in mark):
        raise Refused(
            "Yang dikembalikan layanan BSrE bukan dokumen ini dengan tanda tangan yang utuh, jadi tidak disimpan. "
            "Tanda tangani dengan aplikasi BSrE Anda, lalu unggah hasilnya sebagai salinan bertanda tangan."
        )
    return _keep(musrenbang, dokumen, by, lambda _: (result, Holder(mark[-1].nama, mark[-1].penerbit, "")))


def _keep(
    musrenbang: Musrenbang, dokumen: Dokumen, by: Pengguna, sign: Callable[[Dokumen], tuple[bytes, Holder]]
) -> TandaElektronik:
    """Store the signed file of a document that is still the newest; who was first stays."""
    with transaction.atomic():
        dokumen = (
            Dokumen.objects.select_for_update().select_related("musrenbang__kecamatan__kabupaten").get(pk=dokumen.pk)
        )
        existing = TandaElektronik.objects.filter(dokumen=dokumen).first()
        if existing:
            return existing
        if dokumen.pk not in {d.pk for d in signable(musrenbang)}:
            raise Refused(BUKAN_MILIKNYA)
        if AsalAula.objects.filter(musrenbang=musrenbang).exists():
            raise Refused("Tanda tangan elektronik dibubuhkan di server, sesudah hasil aula disahkan di sana.")
        check_here(dokumen.musrenbang)
        content, holder = sign(dokumen)
        mark = TandaElektronik(
            dokumen=dokumen,
            sha256=sha256_of(content),
            nama=holder.nama[:200],
            penerbit=holder.penerbit[:200],
            seri=holder.seri[:80],
            oleh=by,
        )
        keep_file(mark, content, "Berkas")
        audit.record(
            musrenbang=musrenbang,
            by=by,
            aksi="dokumen.ttd_elektronik",
            objek=mark,
            rincian={"nomor": dokumen.nomor, "sertifikat": holder.nama, "sha256": mark.sha256},
        )
    return mark


def _try(sertifikat: bytes, sandi: str) -> None:
    """Refuse a certificate file that does not open within seconds: how long it takes is written in the file."""
    try:
        got = child.read("berita_acara.pades:can_open", sertifikat, cpu_seconds=5, sandi=sandi)
    except UnreadableFile as error:
        raise Refused(f"Sertifikat tidak dapat dibuka. {error}") from error
    if not got:
        raise Refused(TAK_TERBUKA)
