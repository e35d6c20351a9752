// A session that nobody uses ends. Five minutes before, the page says so with the time that is left; any key or touch
// goes on. Who types is at work: that is said to the server too, so that a long text is no silence.
(function () {
  "use strict";
  const { minta, kirim } = window.alat;
  const lama = Number(document.body.dataset.sesi), alamat = document.body.dataset.sesiAlamat;
  if (!lama) return;
  const AWAL = Math.min(300, lama / 3), JARAK = Math.min(600, lama / 4);
  let habis = Date.now() + lama * 1000, tersentuh = Date.now(), bertanya = false, kotak = null;

  const sisa = () => Math.round((habis - Date.now()) / 1000);
  const dibaca = (jawab) => jawab.ok ? jawab.json().then(function (data) { habis = Date.now() + data.sisa * 1000; }) : null;
  function tanya() { // another tab may have gone on: asking is nobody's touch
    return minta(alamat, { headers: window.bagian.kepala("sendiri") }, 10000).then(dibaca).catch(() => null);
  }
  function lanjut() {
    if (bertanya) return;
    bertanya = true;
    tersentuh = Date.now();
    kirim(alamat, [], window.bagian.kepala("isian")).then(dibaca).catch(() => null).then(function () { bertanya = false; tampil(); });
  }
  function tampil() {
    const n = sisa();
    if (n > AWAL || n <= 0) { if (kotak) kotak.remove(); kotak = null; return; }
    if (!kotak) {
      kotak = document.createElement("div");
      kotak.className = "alert alert-warning sesi-habis";
      kotak.innerHTML = '<p class="mb-1" role="alert">Halaman ini lama tidak dipakai, jadi sesi Anda segera berakhir. Tekan tombol apa saja untuk tetap masuk. Isian Anda tidak hilang.</p><p class="mb-1">Sisa waktu <b data-sesi-sisa></b></p><button type="button" class="btn btn-primary btn-sm">Tetap masuk</button>';
      (document.getElementById("isi") || document.body).append(kotak);
    }
    kotak.querySelector("[data-sesi-sisa]").textContent = Math.floor(n / 60) + ":" + String(n % 60).padStart(2, "0");
  }
  function dipakai() {
    if (kotak || Date.now() - tersentuh > JARAK * 1000) lanjut();
  }
  ["keydown", "pointerdown", "input"].forEach((nama) => document.addEventListener(nama, dipakai, { capture: true, passive: true }));
  document.body.addEventListener("htmx:beforeRequest", function (event) {
    const p = event.detail.requestConfig && event.detail.requestConfig.triggeringEvent;
    if (p && p.isTrusted) tersentuh = Date.now();
  });
  setInterval(function () {
    if (sisa() > AWAL || bertanya) return tampil();
    if (kotak) return tampil();
    bertanya = true;
    tanya().then(function () { bertanya = false; tampil(); });
  }, 1000);
})();
