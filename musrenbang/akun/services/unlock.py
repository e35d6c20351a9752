"""Freeing an account that has to wait after wrong passwords or codes."""

from django.db import transaction

from musrenbang import audit, limits
from musrenbang.akun import sign_in_code
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.transisi import Refused


@transaction.atomic
def free_account(*, musrenbang: Musrenbang, pengguna: Pengguna, by: Pengguna) -> int:
    """Let a person try again at once; return how many counts were forgotten. Password and code stay as they are.

    Raises Refused when nothing makes the account wait any more.
    """
    wrong = limits.free_account(pengguna.get_username()) + sign_in_code.free(pengguna)
    if not wrong:
        raise Refused(f"{pengguna.nama} tidak sedang menunggu; ia dapat mencoba masuk sekarang.")
    audit.record(
        musrenbang=musrenbang, by=by, aksi="akun.dibebaskan", objek=pengguna, rincian={"akun": pengguna.username}
    )
    return wrong
