/* The page that a villager saves: a photo of the code, or its text, and what it proves. */
(function () {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const kunci = JSON.parse($("kunci").textContent);
  const BULAN = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(" ");

  function el(nama, kelas, teks) {
    const e = document.createElement(nama);
    if (kelas) e.className = kelas;
    e.textContent = teks;
    return e;
  }
  const rupiah = (n) => (n === null ? "biaya belum diisi" : "Rp" + String(n).replace(/\B(?=(\d{3})+$)/g, "."));
  const tanggal = (w) => `${Number(w.slice(8, 10))} ${BULAN[Number(w.slice(5, 7)) - 1]} ${w.slice(0, 4)}`;

  function show(kelas, judul, ...isi) {
    $("hasil").replaceChildren(el("h2", kelas, judul), ...isi);
    $("hasil").className = "kotak " + kelas;
    $("hasil").focus();
  }
  function prove(teks) {
    let h;
    try {
      h = window.Bukti.check(teks, kunci);
    } catch (galat) {
      const kata = galat instanceof window.Bukti.BuktiSalah ? galat.message : "Kode ini tidak dapat dibaca.";
      return show("salah", "Tidak terbukti", el("p", "", kata), el("p", "", "Foto ulang, atau tanyakan ke kecamatan dan Bappeda."));
    }
    const daftar = document.createElement("ul");
    for (const [no, nama, volume, rp, hasil] of h.isi.u) {
      const li = document.createElement("li");
      li.append(el("strong", "", `No. ${no} ${nama}`), el("div", "", [volume, rupiah(rp)].filter(Boolean).join(" · ")), el("div", "hasil", hasil));
      daftar.append(li);
    }
    const ket = `Desa ${h.isi.desa}, Kecamatan ${h.isi.kec}, rencana tahun ${h.isi.tahun}. Ditandatangani ${tanggal(h.waktu)}.`;
    if (h.dikenal) {
      return show("benar", "Terbukti: usulan ini, volume, rupiah, hasilnya, ada dalam catatan yang ditandatangani",
        el("p", "", ket), daftar, el("p", "kecil", "Bandingkan dengan yang tertulis di kertas Anda. Kode keaslian kunci: " + h.sidik));
    }
    return show("ragu", "Belum terbukti: kuncinya tidak dikenal halaman ini", el("p", "", ket), daftar,
      el("p", "", "Bandingkan kode keaslian ini dengan yang tercetak pada undangan atau Berita Acara. Bila berbeda, kertasnya palsu."),
      el("p", "sidik", h.sidik));
  }
  function find(gambar) {
    // A photo is larger than it needs to be: several sizes are tried, the finest last.
    for (const lebar of [900, 1400, 2000, 2800]) {
      const skala = Math.min(1, lebar / Math.max(gambar.width, gambar.height)), kanvas = document.createElement("canvas");
      kanvas.width = Math.round(gambar.width * skala);
      kanvas.height = Math.round(gambar.height * skala);
      const alas = kanvas.getContext("2d", { willReadFrequently: true });
      alas.drawImage(gambar, 0, 0, kanvas.width, kanvas.height);
      const titik = alas.getImageData(0, 0, kanvas.width, kanvas.height);
      const kode = window.jsQR(titik.data, titik.width, titik.height, { inversionAttempts: "dontInvert" });
      if (kode && kode.data.startsWith("MRB1:")) return kode.data;
      if (skala === 1) break;
    }
    return null;
  }
  $("foto").addEventListener("change", () => {
    const berkas = $("foto").files[0];
    if (!berkas) return;
    show("", "Membaca foto…");
    const gambar = new Image(), alamat = URL.createObjectURL(berkas);
    gambar.onload = () => {
      setTimeout(() => {
        const teks = find(gambar);
        URL.revokeObjectURL(alamat);
        if (teks) prove(teks);
        else show("salah", "Kodenya tidak terbaca", el("p", "", "Foto dari dekat, tegak lurus, terang, satu kotak saja memenuhi foto."));
      }, 20);
    };
    gambar.onerror = () => show("salah", "Berkas ini bukan foto", el("p", "", "Pilih foto dari kotak di lembar kabar desa."));
    gambar.src = alamat;
  });
  $("periksa").addEventListener("click", () => prove($("teks").value));
})();
