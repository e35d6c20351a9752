"""What is done to accounts. Whether one person may do it alone is asked by ``pengguna`` and ``second_person``."""

from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.text import slugify

from musrenbang import audit
from musrenbang.akun import sign_in_code
from musrenbang.akun.sesi import end_sessions
from musrenbang.models import KabarAkun, Kabupaten, Keanggotaan, Pengguna, TautanMasuk
from musrenbang.models.pengguna import LINGKUP
from musrenbang.queries import roles_elsewhere
from musrenbang.sebutan import sebutan
from musrenbang.services.pejabat import note_camat
from musrenbang.states import Peran
from musrenbang.transisi import Refused

KOLOM_LINGKUP = {peran: column for column, listing in LINGKUP.items() for peran in listing}
"""Role -> the column of its scope."""


def account_words(person: Pengguna) -> str:
    """Return "Nama (akun)", as the trail names a person."""
    return f"{person} ({person.username})"


def scope_word(kolom: str | None) -> str:
    """Return what people call the column of a scope."""
    return sebutan.Skpd if kolom == "skpd" else kolom or "lingkup"


def check_scope(peran: str, lingkup: models.Model) -> str:
    """Return the column of the scope; raise Refused where it does not fit the role."""
    column = KOLOM_LINGKUP.get(Peran(peran))
    if column is None or lingkup._meta.model_name != column:
        raise Refused(f"Peran {Peran(peran).label} harus diberi {scope_word(column)}, bukan {lingkup}.")
    return column


def check_username(username: str) -> None:
    """Raise Refused for a name of an account that is taken."""
    if username and Pengguna.objects.filter(username__iexact=username).exists():
        raise Refused(f"Nama akun “{username}” sudah dipakai. Pilih yang lain, atau kosongkan.")


def lock_own(kabupaten: Kabupaten, by: Pengguna, pengguna: Pengguna, *, oneself: bool = False) -> Pengguna:
    """Return the locked account; raise Refused for oneself, for who runs the server and for who also works elsewhere.

    The administrator may change who works in several kabupaten. The kabupaten is locked first, as every step on its
    accounts does, so that two of them never wait for each other.
    """
    Kabupaten.objects.select_for_update().get(pk=kabupaten.pk)
    current = Pengguna.objects.select_for_update().get(pk=pengguna.pk)
    if current.pk == by.pk and not oneself:
        raise Refused(f"Akun Anda sendiri tidak dapat diubah di sini; mintalah rekan di {sebutan.bappeda}.")
    if current.is_superuser:
        raise Refused(f"{current} admin server; akunnya hanya diubah di servernya sendiri.")
    if not by.is_superuser and roles_elsewhere(kabupaten).filter(pengguna=current).exists():
        raise Refused(
            f"{current} juga bertugas di luar {sebutan.kabupaten} ini; mintalah admin server mengubah akunnya."
        )
    return current


def tell_owner(*, person: Pengguna, by: Pengguna, what: str, second: Pengguna | None = None) -> None:
    """Keep a sentence for the owner's next sign-in, unless it is what the owner did."""
    if person.pk != by.pk:
        agree = f", disetujui {second}" if second else ""
        KabarAkun.objects.create(pengguna=person, kata=f"{what} oleh {by}{agree}."[:400])


def grant_link(person: Pengguna, pembuat: Pengguna) -> None:
    """Let the maker, and nobody else, see the link of the account once; what others have not looked at yet is void."""
    TautanMasuk.objects.filter(pengguna=person, ditampilkan_pada=None).delete()
    TautanMasuk.objects.create(pengguna=person, pembuat=pembuat)


def _second(second: Pengguna | None) -> dict[str, str]:
    return {"disetujui": str(second)} if second else {}


def create_account(
    *,
    kabupaten: Kabupaten,
    by: Pengguna,
    nama: str,
    peran: str,
    lingkup: models.Model,
    nip: str = "",
    username: str = "",
    second: Pengguna | None = None,
) -> Pengguna:
    """Create an account without a password, with its first role; its maker may see its link once."""
    check_username(username)
    person = Pengguna(username=username or _free_username(nama), nama=nama, nip=nip)
    person.set_unusable_password()
    person.save()
    one = new_role(person, peran, lingkup)
    grant_link(person, by)
    audit.record_acuan(
        kabupaten=kabupaten,
        by=by,
        aksi="pengguna.diundang",
        objek=account_words(person),
        rincian={"peran": str(one)} | _second(second),
    )
    return person


def _free_username(nama: str) -> str:
    base = slugify(nama.split(",")[0]).replace("-", ".")[:60] or "akun"
    existing = {
        u.lower() for u in Pengguna.objects.filter(username__istartswith=base).values_list("username", flat=True)
    }
    calon, n = base, 1
    while calon in existing:
        n += 1
        calon = f"{base}{n}"
    return calon


def new_role(person: Pengguna, peran: str, lingkup: models.Model) -> Keanggotaan:
    """Store a role; raise Refused for a wrong scope and for a role that is there."""
    content: dict[str, Any] = {check_scope(peran, lingkup): lingkup}
    try:
        with transaction.atomic():
            one = Keanggotaan.objects.create(pengguna=person, peran=peran, **content)
    except IntegrityError as error:
        raise Refused(f"{person} sudah berperan {Peran(peran).label} di {lingkup}.") from error
    if peran == Peran.CAMAT and one.kecamatan:
        note_camat(kecamatan=one.kecamatan, person=person, arrive=True)
    return one


def give_role(
    *,
    kabupaten: Kabupaten,
    by: Pengguna,
    pengguna: Pengguna,
    peran: str,
    lingkup: models.Model,
    second: Pengguna | None = None,
) -> Keanggotaan:
    """Give a person another role and tell the person. Raises Refused for oneself."""
    if pengguna.pk == by.pk:
        raise Refused(
            f"Anda tidak dapat memberi peran kepada diri sendiri; mintalah rekan di {sebutan.bappeda} atau "
            "admin server."
        )
    one = new_role(pengguna, peran, lingkup)
    audit.record_acuan(
        kabupaten=kabupaten,
        by=by,
        aksi="pengguna.peran_ditambah",
        objek=account_words(pengguna),
        rincian={"peran": str(one)} | _second(second),
    )
    tell_owner(person=pengguna, by=by, second=second, what=f"Peran {one} diberikan kepada Anda")
    return one


def void_password(
    *, kabupaten: Kabupaten | None, by: Pengguna, pengguna: Pengguna, second: Pengguna | None = None
) -> None:
    """Make the old password and the links before worthless, end the sessions, and let the maker see a new link once.

    ``kabupaten`` is empty for an account that has no role yet: there is no trail that it belongs to.
    """
    pengguna.set_unusable_password()
    pengguna.save(update_fields=["password"])
    end_sessions(pengguna)
    grant_link(pengguna, by)
    if kabupaten:
        audit.record_acuan(
            kabupaten=kabupaten,
            by=by,
            aksi="pengguna.sandi_direset",
            objek=account_words(pengguna),
            rincian=_second(second),
        )
    tell_owner(person=pengguna, by=by, second=second, what="Kata sandi akun Anda dibatalkan dan tautan baru dibuat")


def drop_code(*, kabupaten: Kabupaten, by: Pengguna, pengguna: Pengguna, second: Pengguna | None = None) -> None:
    """Take the sign-in code off an account. Raises Refused where there is none."""
    if not sign_in_code.remove_devices(pengguna):
        raise Refused(f"{pengguna} tidak memakai verifikasi dua langkah.")
    audit.record_acuan(
        kabupaten=kabupaten, by=by, aksi="pengguna.kode_dilepas", objek=account_words(pengguna), rincian=_second(second)
    )
    tell_owner(person=pengguna, by=by, second=second, what="Verifikasi dua langkah akun Anda dimatikan")


def switch_active(
    *, kabupaten: Kabupaten, by: Pengguna, pengguna: Pengguna, aktif: bool, second: Pengguna | None = None
) -> None:
    """Let a person in or keep the person out; what was done under the account stays."""
    pengguna.is_active = aktif
    pengguna.save(update_fields=["is_active"])
    if not aktif:
        end_sessions(pengguna)
    action = "pengguna.diaktifkan" if aktif else "pengguna.dinonaktifkan"
    audit.record_acuan(kabupaten=kabupaten, by=by, aksi=action, objek=account_words(pengguna), rincian=_second(second))
    words = "diaktifkan lagi" if aktif else "dinonaktifkan"
    tell_owner(person=pengguna, by=by, second=second, what=f"Akun Anda {words}")


@transaction.atomic
def take_links(*, by: Pengguna, pengguna: int | None = None) -> list[Pengguna]:
    """Return whose links the maker sees now, this once: of one person, or of everybody who still waits.

    Raises Refused where this maker has none left to see; compare-and-swap, so that of two tabs one gets it.
    """
    right = TautanMasuk.objects.filter(pembuat=by, ditampilkan_pada=None).select_related("pengguna").order_by("pk")
    right = right.prefetch_related(
        "pengguna__keanggotaan__kecamatan", "pengguna__keanggotaan__desa", "pengguna__keanggotaan__skpd"
    )
    right = right.prefetch_related("pengguna__keanggotaan__kabupaten")
    if pengguna:
        right = right.filter(pengguna=pengguna)
    got = [
        one.pengguna
        for one in right
        if TautanMasuk.objects.filter(pk=one.pk, ditampilkan_pada=None).update(ditampilkan_pada=timezone.now())
    ]
    got = [person for person in got if person.is_active and not person.has_usable_password()]
    if not got:
        raise Refused(
            "Tidak ada tautan yang dapat Anda lihat: tautan ditampilkan sekali saja, dan hanya kepada pembuatnya. Bila "
            "hilang, tekan “Batalkan kata sandi, buat tautan baru”."
        )
    return got


@transaction.atomic
def read_news(*, pengguna: Pengguna) -> None:
    """Note that the owner has read what was done to the account."""
    KabarAkun.objects.filter(pengguna=pengguna, dibaca_pada=None).update(dibaca_pada=timezone.now())
