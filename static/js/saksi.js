/* A witness's telephone: makes and keeps its key, remembers the last checkpoint it saw, and signs the next one only when
   the server proves that it continues that one (RFC 9162 2.1.4.2). Needs ed25519.js; works over http in a hall. */
(function () {
  "use strict";
  const { isSigned, sign, publicKey, sha256, join } = window.Ed25519;
  const utf8 = new TextEncoder();
  const hex = (b) => [...b].map((n) => n.toString(16).padStart(2, "0")).join("");
  const unhex = (t) => Uint8Array.from(t.match(/../g) || [], (n) => parseInt(n, 16));
  const unbase64 = (t) => Uint8Array.from(atob(t), (h) => h.charCodeAt(0));
  const node = (kiri, kanan) => sha256(join(new Uint8Array([1]), kiri, kanan));

  function isConsistent(lama, akarLama, baru, akarBaru, bukti) {
    if (!(lama > 0 && lama <= baru)) return false;
    if (lama === baru) return !bukti.length && hex(akarLama) === hex(akarBaru);
    const semua = (lama & (lama - 1)) === 0 ? [akarLama, ...bukti] : bukti.slice();
    if (!semua.length) return false;
    let fn = lama - 1, sn = baru - 1;
    while (fn % 2) { fn = Math.floor(fn / 2); sn = Math.floor(sn / 2); }
    let fr = semua[0], sr = semua[0];
    for (const c of semua.slice(1)) {
      if (sn === 0) return false;
      if (fn % 2 || fn === sn) {
        fr = node(c, fr);
        sr = node(c, sr);
        while (fn && fn % 2 === 0) { fn = Math.floor(fn / 2); sn = Math.floor(sn / 2); }
      } else sr = node(sr, c);
      fn = Math.floor(fn / 2);
      sn = Math.floor(sn / 2);
    }
    return sn === 0 && hex(fr) === hex(akarLama) && hex(sr) === hex(akarBaru);
  }
  function readNote(teks) {
    const [badan, tanda] = teks.split("\n\n"), baris = badan.split("\n");
    const semua = tanda.trim().split("\n").map((b) => unbase64(b.split(" ")[2]).slice(4)).filter((b) => b.length === 64);
    return { badan: badan + "\n", asal: baris[0], ukuran: Number(baris[1]), akar: unbase64(baris[2]), tanda: semua };
  }
  window.Saksi = { isConsistent, readNote };

  const papan = document.getElementById("saksi");
  if (!papan) return;
  const keadaan = document.getElementById("keadaan"), tombol = document.getElementById("tandatangani");
  const formulir = document.getElementById("kesaksian"), tempat = "saksi:" + papan.dataset.asal + ":" + papan.dataset.pihak;
  function say(kelas, teks) {
    keadaan.className = "alert alert-" + kelas;
    keadaan.textContent = teks;
    if (/muat ulang/i.test(teks)) keadaan.insertAdjacentHTML("beforeend", ' <a class="btn btn-garis btn-sm" href="">Muat ulang</a>');
  }
  function refuse(teks) {
    tombol.disabled = true;
    say("danger", "JANGAN tanda tangani. " + teks + " Simpan layar ini dan beri tahu wakil desa lain dan Bappeda.");
  }
  function load() {
    const ada = JSON.parse(localStorage.getItem(tempat) || "null");
    if (ada) return ada;
    const baru = { benih: hex(crypto.getRandomValues(new Uint8Array(32))), kunci: papan.dataset.kunci };
    localStorage.setItem(tempat, JSON.stringify(baru));
    return baru;
  }
  async function start() {
    let simpanan;
    try { simpanan = load(); } catch (galat) {
      return say("warning", "HP ini tidak dapat menyimpan kunci. Buka tautannya di browser biasa, bukan mode penyamaran.");
    }
    const nota = readNote(papan.dataset.nota);
    if (nota.asal !== papan.dataset.asal || simpanan.kunci !== papan.dataset.kunci) return refuse("Kunci server atau acaranya lain dari yang HP ini kenal.");
    if (!nota.tanda.some((t) => isSigned(unbase64(simpanan.kunci), utf8.encode(nota.badan), t))) return refuse("Titik periksa ini tidak ditandatangani server.");
    if (simpanan.ukuran) {
      let jawab;
      try {
        const alamat = papan.dataset.bukti + "?dari=" + simpanan.ukuran;
        const kiriman = await fetch(alamat, { signal: AbortSignal.timeout(20000) });
        jawab = await kiriman.json();
      } catch (galat) { return say("warning", "Bukti sambungannya belum sampai. Muat ulang halaman ini."); }
      const utuh = jawab.bukti && isConsistent(simpanan.ukuran, unhex(simpanan.akar), nota.ukuran, nota.akar, jawab.bukti.map(unhex));
      if (!utuh) return refuse("Catatan sekarang tidak menyambung dengan yang terakhir disaksikan HP ini (" + simpanan.ukuran + " butir).");
    }
    const kata = simpanan.ukuran ? "Catatan menyambung utuh dengan yang terakhir Anda saksikan." : "Ini yang pertama disaksikan HP ini.";
    say("success", kata + (papan.dataset.sudah ? " Titik periksa ini sudah Anda saksikan." : ""));
    if (papan.dataset.sudah) return undefined;
    tombol.disabled = false;
    formulir.addEventListener("submit", () => {
      const waktu = Math.floor(Date.now() / 1000), benih = unhex(simpanan.benih);
      formulir.ukuran.value = nota.ukuran;
      formulir.waktu.value = waktu;
      formulir.kunci_saksi.value = hex(publicKey(benih));
      formulir.tanda_saksi.value = hex(sign(benih, utf8.encode(`cosignature/v1\ntime ${waktu}\n${nota.badan}`)));
      localStorage.setItem(tempat, JSON.stringify({ ...simpanan, ukuran: nota.ukuran, akar: hex(nota.akar) }));
    });
    return undefined;
  }
  start();
})();
