// The projector: asks what to show, keeps the last state when the connection is lost, and counts down by itself.
(function () {
  "use strict";
  const tempat = document.getElementById("layar"), tanda = document.getElementById("putus");
  const KATA = tanda.textContent;
  let etag = "", geser = 0;
  async function ambil() {
    let jeda = 900;
    try {
      const jawab = await window.alat.minta(tempat.dataset.isi, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store" }, 5000);
      if (jawab.status === 200) { tempat.innerHTML = await jawab.text(); etag = jawab.headers.get("ETag") || ""; }
      else if (jawab.status !== 304) throw new Error(jawab.status);
      geser = Number(jawab.headers.get("X-Waktu")) - Date.now();
      tanda.hidden = true;
    } catch (putus) {
      // An address that is gone stays gone: say so and ask seldom. Anything else comes back by itself.
      const hilang = putus.message === "404";
      tanda.textContent = hilang ? "Alamat layar ini tidak berlaku lagi. Buka alamat baru dari halaman Hari-H." : KATA;
      tanda.hidden = false;
      if (hilang) jeda = 10000;
    }
    detik();
    setTimeout(ambil, jeda);
  }
  function detik() { window.alat.tampilkanWaktu(Date.now() + geser, "+", "habis"); }
  setInterval(detik, 500);
  ambil();
})();
