"""Everything that changes the RKP Kecamatan."""
