"""The demo accounts, shown on the sign-in page in training mode and made by ``create_demo``."""

SANDI_DEMO = "musrenbang-demo"
AKUN_DEMO = [
    ("sekcam", "Sekretaris Camat, ketua tim"),
    ("pmd", "Kasi PMD, sekretaris tim"),
    ("pemandu", "Tim pemandu"),
    ("verifikator", "Tim Verifikasi"),
    ("camat", "Camat"),
    ("bappeda", "Bappeda Kabupaten"),
    ("desa", "Operator Desa Sikur"),
    ("skpd", "Dinas Pekerjaan Umum"),
    ("admin", "Admin"),
]
