// The projector: asks what to show, keeps the last state when the connection is lost, counts down by itself, and turns
// the pages of lists that do not fit.
(function () {
  "use strict";
  const tempat = document.getElementById("layar"), tanda = document.getElementById("putus"), nomor = document.getElementById("lembar");
  const KATA = tanda.textContent, BALIK = 8000;
  let etag = "", geser = 0, putaran = 0, judul = "", daftar = [];
  async function ambil() {
    let jeda = 900;
    try {
      const jawab = await window.alat.minta(tempat.dataset.isi, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store" }, 5000);
      if (jawab.status === 200) { tempat.innerHTML = await jawab.text(); etag = jawab.headers.get("ETag") || ""; bagi(); }
      else if (jawab.status !== 304) throw new Error(jawab.status);
      geser = Number(jawab.headers.get("X-Waktu")) - Date.now();
      tanda.hidden = true;
    } catch (putus) {
      // An address that is gone stays gone: say so and ask seldom. Anything else comes back by itself.
      const hilang = putus.message === "404";
      tanda.textContent = hilang ? "Alamat layar ini tidak berlaku lagi. Buka alamat baru dari halaman Hari sidang." : KATA;
      tanda.hidden = false;
      if (hilang) jeda = 10000;
    }
    detik();
    setTimeout(ambil, jeda);
  }
  function muat() { return tempat.scrollHeight <= tempat.clientHeight + 1; }
  function tampil(baris, dari, sampai) {
    baris.forEach(function (b, i) { b.hidden = i < dari || i >= sampai; });
    tempat.querySelectorAll("[data-bagian]").forEach(function (s) { s.hidden = !s.querySelector("[data-baris]:not([hidden])"); });
  }
  // How many rows from here on fit: at least one, and one that is too tall alone is cut with its cells.
  function cukup(baris, dari) {
    let kecil = 1, besar = Math.min(baris.length - dari, 60);
    while (kecil < besar) {
      const tengah = Math.ceil((kecil + besar) / 2);
      tampil(baris, dari, dari + tengah);
      if (muat()) kecil = tengah; else besar = tengah - 1;
    }
    tampil(baris, dari, dari + 1);
    if (!muat()) Array.from(baris[dari].children.length ? baris[dari].children : [baris[dari]]).forEach(function (s) {
      const kotak = document.createElement("div");
      kotak.className = "potong";
      kotak.append(...s.childNodes);
      s.append(kotak);
    });
    return kecil;
  }
  // Every [data-lembar] is a list of its own column; it is cut into pages while the other lists are away.
  function bagi() {
    const kepala = tempat.querySelector("h1"), baru = kepala ? kepala.textContent : "";
    if (baru !== judul) { judul = baru; putaran = 0; }
    daftar = Array.from(tempat.querySelectorAll("[data-lembar]")).map(function (d) {
      const baris = Array.from(d.querySelectorAll("tbody > tr, li"));
      baris.forEach(function (b) { b.dataset.baris = ""; });
      return { baris: baris, lembar: [] };
    });
    const gulir = getComputedStyle(tempat).overflowY !== "hidden";
    daftar.forEach(function (d) {
      if (gulir) { d.lembar = [[0, d.baris.length]]; return; }
      daftar.forEach(function (lain) { tampil(lain.baris, 0, 0); });
      for (let dari = 0; dari < d.baris.length;) {
        const n = cukup(d.baris, dari);
        d.lembar.push([dari, dari + n]);
        dari += n;
      }
    });
    buka();
  }
  function buka() {
    let banyak = 1;
    daftar.forEach(function (d) {
      if (!d.lembar.length) return;
      const kini = d.lembar[putaran % d.lembar.length];
      tampil(d.baris, kini[0], kini[1]);
      banyak = Math.max(banyak, d.lembar.length);
    });
    nomor.textContent = banyak > 1 ? "Halaman " + (putaran % banyak + 1) + " dari " + banyak : "";
  }
  function detik() { window.alat.tampilkanWaktu(Date.now() + geser, "+", "habis"); }
  setInterval(detik, 500);
  setInterval(function () { putaran += 1; buka(); }, BALIK);
  window.addEventListener("resize", bagi);
  document.fonts.ready.then(bagi); // letters of another width: other pages
  ambil();
})();
