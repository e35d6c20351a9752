"""Taking an import back."""

from django.db.models import ProtectedError

from musrenbang import transisi
from musrenbang.kunci import allowed_in
from musrenbang.models import Pengguna
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused
from usulan.izin import BOLEH_USULAN
from usulan.models import MOVES_IMPOR, ImporUsulan, StatusImpor
from usulan.services.compare import revert_changes


@allowed_in(BOLEH_USULAN, of="impor.musrenbang", imported=True)
def undo_impor(*, impor: ImporUsulan, by: Pengguna | None) -> int:
    """Remove a preview, or a saved import with its proposals while nothing was built on them; return how many."""
    musrenbang = impor.musrenbang
    impor.refresh_from_db(fields=["status", "terapan"])
    origin = impor.status
    jumlah = impor.usulan.count()
    transisi.move(
        impor,
        dari=origin,
        ke=StatusImpor.DIBATALKAN,
        table=MOVES_IMPOR,
        musrenbang=musrenbang,
        by=by,
        rincian={"usulan": jumlah},
    )
    try:
        revert_changes(impor, by)
        impor.usulan.all().delete()
    except ProtectedError as error:
        if musrenbang.hanya_diimpor:
            raise Refused(
                "Usulan dari berkas ini sudah diajukan lagi tahun ini, jadi unggahannya tidak dapat dibatalkan atau "
                "diganti. Tarik dahulu usulan ulangnya. Tidak ada yang berubah."
            ) from error
        raise Refused(
            f"Usulan dari berkas ini sudah masuk draf RKP {sebutan.Kecamatan} atau menjadi usulan utama gabungan, "
            "jadi impornya tidak "
            "dapat dibatalkan. "
            "Tidak ada yang berubah."
        ) from error
    return jumlah
