"""Why a stranger's file was not read, in words; known to the child and to who started it."""

import signal

RUSAK, BESAR, LAMA, SIBUK = 64, 65, 66, 67
KATA = {
    RUSAK: "Berkas rusak, terkunci kata sandi, atau bukan jenis yang diminta. Buat atau pindai ulang, lalu "
    "unggah lagi.",
    BESAR: "Isi berkas ini terlalu besar setelah dibuka. Kecilkan atau bagi berkasnya, lalu unggah lagi.",
    LAMA: "Berkas ini terlalu lama dibaca. Simpan ulang dengan isi yang lebih sederhana, lalu unggah lagi.",
    SIBUK: "Server sedang memeriksa berkas lain. Tunggu sebentar, lalu kirim sekali lagi.",
}
OLEH_INTI = {-signal.SIGXCPU: LAMA, -signal.SIGKILL: LAMA, -signal.SIGXFSZ: BESAR}


class UnreadableFile(ValueError):
    """A file cannot be used; the text says why and what to do. ``sebab``: one of the codes above, 0 for own words."""

    sebab = 0

    @classmethod
    def because(cls, kode: int) -> "UnreadableFile":
        """Return the refusal for the way in which a child ended; anything unknown means a damaged file."""
        reason = OLEH_INTI.get(kode, kode)
        reason = reason if reason in KATA else RUSAK
        error = cls(KATA[reason])
        error.sebab = reason
        return error
