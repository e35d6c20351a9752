/* What a QR code of a village's sheet proves: musrenbang/jangkar/proof.py tells of its bytes. Runs in a saved page
   without any network; needs ed25519.js, and jsQR for pictures. */
(function (luar) {
  "use strict";
  const ABJAD = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  const { isSigned, sha256, join } = luar.Ed25519;
  const utf8 = new TextEncoder(), baca = new TextDecoder("utf-8", { fatal: true });
  const SALAH = "Kode ini bukan bukti musrenbang yang utuh.";

  class BuktiSalah extends Error {}
  function fail(kata) { throw new BuktiSalah(kata); }

  function fromBase45(teks) {
    const r = [];
    for (let i = 0; i < teks.length; i += 3) {
      const a = [...teks.slice(i, i + 3)].map((h) => ABJAD.indexOf(h));
      const n = a.reduce((jumlah, nilai, k) => jumlah + nilai * 45 ** k, 0);
      if (a.includes(-1) || a.length < 2 || n >= 256 ** (a.length - 1)) fail(SALAH);
      if (a.length === 3) r.push(n >> 8);
      r.push(n & 255);
    }
    return new Uint8Array(r);
  }
  function unpack(teks) {
    teks = teks.trim();
    if (!teks.startsWith("MRB1:")) fail(SALAH);
    const isi = fromBase45(teks.slice(5));
    let i = 0;
    const ambil = (n) => { if (i + n > isi.length) fail(SALAH); i += n; return isi.slice(i - n, i); };
    const angka = () => ambil(4).reduce((n, b) => n * 256 + b, 0);
    if (ambil(1)[0] !== 1) fail(SALAH);
    try {
      const asal = baca.decode(ambil(ambil(1)[0]));
      const b = { asal, nomor: angka(), ukuran: angka(), waktu: angka(), kunci: ambil(32), tanda: ambil(64), jalan: [] };
      for (let n = ambil(1)[0]; n; n--) b.jalan.push(ambil(32));
      b.fakta = baca.decode(isi.slice(i));
      return b;
    } catch (galat) { return fail(SALAH); }
  }
  const node = (kiri, kanan) => sha256(join(new Uint8Array([1]), kiri, kanan));
  function rootOf(b) {
    if (b.nomor >= b.ukuran) return null;
    let fn = b.nomor, sn = b.ukuran - 1;
    let r = sha256(join(new Uint8Array([0]), utf8.encode("fakta\n" + b.fakta)));
    for (const p of b.jalan) {
      if (sn === 0) return null;
      if (fn % 2 || fn === sn) {
        r = node(p, r);
        while (fn && fn % 2 === 0) { fn = Math.floor(fn / 2); sn = Math.floor(sn / 2); }
      } else r = node(r, p);
      fn = Math.floor(fn / 2);
      sn = Math.floor(sn / 2);
    }
    return sn === 0 ? r : null;
  }
  const base64 = (b) => btoa(String.fromCharCode(...b));
  function fingerprint(kunci) {
    const hex = [...sha256(kunci)].map((b) => b.toString(16).padStart(2, "0")).join("").slice(0, 32).toUpperCase();
    return hex.match(/.{4}/g).join(" ");
  }
  /* Return {bukti, isi, sidik, dikenal}; throws BuktiSalah in words. `kunci`: base64 of the keys that are trusted. */
  function check(teks, kunci) {
    const b = unpack(teks), akar = rootOf(b);
    if (!akar) fail("Bukti ini tidak menyambung.");
    const waktu = new Date(b.waktu * 1000).toISOString().slice(0, 19) + "Z";
    const badan = `${b.asal}\n${b.ukuran}\n${base64(akar)}\nwaktu ${waktu}\n`;
    if (!isSigned(b.kunci, utf8.encode(badan), b.tanda)) fail("Isi kode ini tidak sama dengan yang ditandatangani.");
    let isi;
    try { isi = JSON.parse(b.fakta); } catch (galat) { fail(SALAH); }
    if (isi.j !== "kabar") fail("Kode ini bukan kabar desa.");
    return { bukti: b, isi, waktu, sidik: fingerprint(b.kunci), dikenal: kunci.includes(base64(b.kunci)) };
  }
  luar.Bukti = { check, unpack, fingerprint, BuktiSalah };
})(window);
