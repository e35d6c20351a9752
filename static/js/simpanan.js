// What a desk keeps on this device is kept for the person who is signed in, for a day, and no longer: every page looks.
// Arrivals that are not sent yet stay until they are stored or somebody decides; signing out says so.
(function () {
  "use strict";
  const DAFTAR = "musrenbang-daftar:", DATANG = "musrenbang-datang:", untuk = document.body.dataset.untuk || "";
  function kunci(awal) { return Object.keys(localStorage).filter(function (k) { return k.startsWith(awal); }); }
  function bersihkan(semua) {
    let sisa = 0;
    kunci(DAFTAR).forEach(function (k) {
      let d = null;
      try { d = JSON.parse(localStorage.getItem(k)); } catch (rusak) { /* not ours any more */ }
      if (!semua && d && d.untuk === untuk && d.sampai > Date.now()) sisa += 1; else localStorage.removeItem(k);
    });
    if (sisa || !window.caches || !navigator.serviceWorker) return;
    caches.keys().then(function (nama) {
      nama.filter(function (n) { return n.startsWith("musrenbang-meja"); }).forEach(function (n) { caches.delete(n); });
    });
    navigator.serviceWorker.getRegistrations().then(function (ada) {
      ada.filter(function (r) { return r.scope.endsWith("/kehadiran/"); }).forEach(function (r) { r.unregister(); });
    });
  }
  try { bersihkan(false); } catch (tertutup) { return; } // a closed store holds nothing
  document.addEventListener("submit", function (event) {
    if (!event.target.matches("form[data-keluar]")) return;
    const n = kunci(DATANG).length;
    if (n && !window.confirm(n + " kedatangan di perangkat ini belum terkirim. Bila Anda keluar, semuanya tetap tersimpan di sini dan terkirim setelah Anda masuk lagi dan membuka halaman Kehadiran. Keluar sekarang?")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    bersihkan(true);
  }, true);
})();
