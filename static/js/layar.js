// The projector: asks what to show, keeps the last state when the connection is lost, and counts down by itself.
(function () {
  "use strict";
  const tempat = document.getElementById("layar"), tanda = document.getElementById("putus");
  const KATA = tanda.textContent;
  let etag = "", geser = 0;
  async function ambil() {
    let jeda = 900;
    const batas = new AbortController(), jam = setTimeout(function () { batas.abort(); }, 5000);
    try {
      const jawab = await fetch(tempat.dataset.isi, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store", signal: batas.signal });
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
    clearTimeout(jam);
    detik();
    setTimeout(ambil, jeda);
  }
  function detik() {
    const kini = Date.now() + geser;
    document.querySelectorAll("[data-jam]").forEach(function (el) {
      el.textContent = new Date(kini).toLocaleTimeString("id-ID", { timeZone: el.dataset.jam, hour: "2-digit", minute: "2-digit" });
    });
    document.querySelectorAll("[data-mundur]").forEach(function (el) {
      const s = Math.round((Number(el.dataset.mundur) - kini) / 1000), a = Math.abs(s);
      el.textContent = (s < 0 ? "+" : "") + Math.floor(a / 60) + ":" + String(a % 60).padStart(2, "0");
      el.classList.toggle("habis", s < 0);
    });
  }
  setInterval(detik, 500);
  ambil();
})();
