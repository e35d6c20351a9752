"""What the audit trail says of this app."""

AKSI = {
    "delegasi.dipilih": "Delegat dipilih",
    "delegasi.dipungut": "Delegat dipilih dengan suara",
    "delegasi.diganti": "Delegat diganti",
    "delegasi.susunan": "Susunan delegasi diubah",
    "delegasi.dikeluarkan": "Delegat dikeluarkan",
}
STATUS = {
    "pemilihandelegat.status": "Hitungan suara delegasi",
}
