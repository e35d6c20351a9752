"""Pages of the RKP Kecamatan, by noun."""
