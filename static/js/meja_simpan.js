// What the desk keeps on this device: the list of invitees as the server told it last, and arrivals that are not stored
// on the server yet, each under a key of its own, so that two tabs never write over each other.
(function () {
  "use strict";
  const pintu = document.getElementById("meja-pintu");
  if (!pintu) return;
  const DAFTAR = "musrenbang-daftar:" + pintu.dataset.slug, DATANG = "musrenbang-datang:";
  const antre = new Map(), menurutKode = new Map(), menurutPk = new Map();
  const isi = { daftar: null, antre: antre, rapuh: false, kode: menurutKode, pk: menurutPk };

  function pakai(daftar) {
    isi.daftar = daftar;
    menurutKode.clear();
    menurutPk.clear();
    daftar.undangan.forEach(function (u) { menurutKode.set(u.kode, u); menurutPk.set(u.pk, u); });
  }
  function ingat(daftar) {
    daftar.untuk = window.bagian.untuk;
    daftar.sampai = Date.now() + daftar.berlaku * 1000;
    daftar.selisih = daftar.kini - Date.now();
    pakai(daftar);
    try {
      if (daftar.undangan.length) localStorage.setItem(DAFTAR, JSON.stringify(daftar)); else localStorage.removeItem(DAFTAR);
    } catch (penuh) { /* the page goes on with what it has in memory */ }
  }
  // An arrival that the store does not take stays in this page, which says so and asks before it is left.
  function simpan(butir) {
    antre.set(butir.kunci, butir);
    try { localStorage.setItem(DATANG + butir.kunci, JSON.stringify(butir)); } catch (penuh) { isi.rapuh = true; }
  }
  function buang(kunci) {
    antre.delete(kunci);
    try { localStorage.removeItem(DATANG + kunci); } catch (tertutup) { /* nothing was kept there */ }
  }
  // What another tab of this device noted or sent meanwhile.
  function cermati() {
    const ada = new Set();
    try {
      Object.keys(localStorage).forEach(function (k) {
        if (!k.startsWith(DATANG)) return;
        const butir = window.alat.baca(k);
        if (!butir || !butir.kunci) return;
        ada.add(butir.kunci);
        antre.set(butir.kunci, butir);
      });
    } catch (tertutup) { return; }
    if (isi.rapuh) return;
    Array.from(antre.keys()).forEach(function (k) { if (!ada.has(k)) antre.delete(k); });
  }
  const lama = window.alat.baca(DAFTAR);
  if (lama && lama.untuk === window.bagian.untuk && lama.sampai > Date.now()) pakai(lama);
  cermati();
  window.addEventListener("storage", function (event) {
    if (!event.key || !event.key.startsWith(DATANG)) return;
    cermati();
    document.dispatchEvent(new Event("meja-antre"));
  });
  window.addEventListener("beforeunload", function (event) { if (isi.rapuh && antre.size) event.preventDefault(); });
  window.meja = Object.assign(isi, {
    ingat: ingat, simpan: simpan, buang: buang, cermati: cermati,
    milikSini: function () { return Array.from(antre.values()).filter(function (b) { return b.slug === pintu.dataset.slug; }); },
    menunggu: function (pk) { return Array.from(antre.values()).find(function (b) { return b.u === pk && b.slug === pintu.dataset.slug && !b.kata; }); },
  });
})();
