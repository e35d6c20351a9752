"""Everything that makes or receives documents."""

from berita_acara.services.adendum import approve_adendum
from berita_acara.services.cocok import COCOK_MAKS, compare_file
from berita_acara.services.elektronik import sign_by_esign, sign_dokumen
from berita_acara.services.kirim import send_to_skpd
from berita_acara.services.paket import build_paket, retry_paket, revive_paket, start_paket
from berita_acara.services.pengaturan import save_pengaturan
from berita_acara.services.penyampaian import hand_over
from berita_acara.services.publik import public_dokumen
from berita_acara.services.salinan import accept_salinan, excuse_salinan, upload_salinan
from berita_acara.services.terbit import (
    issue_berita_acara,
    issue_dokumen,
    pdf_context,
    preview_berita_acara,
    print_dokumen,
    read_or_draft,
    with_file,
)
from berita_acara.services.undangan import issue_perubahan, issue_undangan, print_perubahan, print_undangan

__all__ = [
    "COCOK_MAKS",
    "accept_salinan",
    "approve_adendum",
    "build_paket",
    "compare_file",
    "excuse_salinan",
    "hand_over",
    "issue_berita_acara",
    "issue_dokumen",
    "issue_perubahan",
    "issue_undangan",
    "pdf_context",
    "preview_berita_acara",
    "print_dokumen",
    "print_perubahan",
    "print_undangan",
    "public_dokumen",
    "read_or_draft",
    "retry_paket",
    "revive_paket",
    "save_pengaturan",
    "send_to_skpd",
    "sign_by_esign",
    "sign_dokumen",
    "start_paket",
    "upload_salinan",
    "with_file",
]
