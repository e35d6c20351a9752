"""What the audit trail says of this app."""

AKSI = {
    "delegasi.dipilih": "Anggota delegasi dipilih",
    "delegasi.dipungut": "Anggota delegasi dipilih dengan suara",
    "delegasi.diganti": "Anggota delegasi diganti",
    "delegasi.susunan": "Susunan delegasi diubah",
    "delegasi.dikeluarkan": "Anggota delegasi dikeluarkan",
}
STATUS = {
    "pemilihandelegat.status": "Hitungan suara delegasi",
}
