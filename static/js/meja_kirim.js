// The desk and the server: the list is asked for while the page is in sight, arrivals are sent as soon as they can be,
// some at a time. What the server does not store stays here until somebody has read why and decided.
(function () {
  "use strict";
  const { meja } = window, pintu = document.getElementById("meja-pintu");
  if (!meja) return;
  const { kirim, minta } = window.alat, SEKALI = 20, JEDA = 10000;
  const keadaan = { putus: !navigator.onLine, sebab: "", masuk: false }; // masuk: waits until its owner has signed in again
  let mengirim = false, memuat = false;
  meja.keadaan = keadaan;

  const kabari = (nama, rinci) => document.dispatchEvent(new CustomEvent(nama, { detail: rinci }));
  const boleh = (b) => !b.kata && b.untuk === window.bagian.untuk;
  function terputus(ya, sebab, masuk) {
    keadaan.putus = ya;
    keadaan.sebab = sebab || "";
    keadaan.masuk = masuk === true;
    kabari("meja-antre");
  }
  const diam = () => keadaan.sebab || keadaan.masuk;
  // Why the server did not take it. That somebody must sign in is said once, at the top of the page.
  async function ditolak(jawab) {
    if (jawab.status >= 500) return terputus(true);
    const sebab = window.bagian.sebab(jawab, await jawab.text());
    if (jawab.status === 401) window.bagian.gangguan(sebab);
    terputus(false, jawab.status === 401 ? "" : sebab, jawab.status === 401);
  }

  async function muat() {
    if (memuat) return;
    memuat = true;
    try {
      const sidik = (meja.daftar && meja.daftar.sidik) || "";
      const jawab = await minta(pintu.dataset.daftar + "?sidik=" + sidik, { headers: window.bagian.kepala("sendiri") }, 10000);
      if (jawab.status === 200 && (jawab.headers.get("Content-Type") || "").includes("json")) {
        meja.ingat(await jawab.json());
        terputus(false);
        kabari("meja-daftar");
        jaga();
      } else if (jawab.status === 204) terputus(false);
      else await ditolak(jawab);
    } catch (putus) { terputus(true); }
    memuat = false;
  }

  // Only where browsers allow it: https, or this computer itself. Elsewhere the page goes on while it stays open.
  let dijaga = false;
  function jaga() {
    if (dijaga || !navigator.serviceWorker || !meja.daftar.undangan.length) return;
    dijaga = true;
    navigator.serviceWorker.register(pintu.dataset.pekerja, { scope: pintu.dataset.lingkup }).then(function (r) {
      if (r.active && !sessionStorage.getItem("musrenbang-segar")) r.active.postMessage("segarkan");
      sessionStorage.setItem("musrenbang-segar", "1");
    }).catch(function () { /* the page works while it is open */ });
  }

  function isiKirim(b) {
    return { kunci: b.kunci, undangan: b.u, pada: b.t, jenis_kelamin: b.jk, meja: b.meja, orang_lain: b.orang_lain || "" };
  }
  function terima(hasil) {
    const b = meja.antre.get(hasil.kunci);
    if (!b) return;
    if (hasil.jadi === "hadir" || hasil.jadi === "ulang") {
      meja.buang(b.kunci);
      const u = meja.pk.get(b.u);
      if (u) u.h = { nama: hasil.nama, jam: hasil.jam, meja: hasil.meja, oleh: hasil.oleh, wakil: false, di: true, lagi: (u.h && u.h.lagi) || [] };
    } else meja.simpan(Object.assign({}, b, { kata: hasil.kata, jadi: hasil.jadi, tanya: hasil.orang_lain || "" }));
    kabari("meja-hasil", { hasil: hasil, butir: b });
  }
  async function kirimSemua() {
    if (mengirim) return;
    mengirim = true;
    let ada = false;
    try {
      for (;;) {
        const sekali = meja.milikSini().filter(boleh).sort((a, b) => a.t - b.t).slice(0, SEKALI);
        if (!sekali.length) break;
        const isi = [["sent", Date.now()], ["arrivals", JSON.stringify(sekali.map(isiKirim))]];
        const jawab = await kirim(pintu.dataset.terima, isi, window.bagian.kepala("isian"));
        if (!jawab.ok || !(jawab.headers.get("Content-Type") || "").includes("json")) {
          await ditolak(jawab);
          break;
        }
        const hasil = (await jawab.json()).hasil;
        if (!hasil.length) break;
        hasil.forEach(terima);
        ada = true;
        terputus(false);
      }
    } catch (putus) { terputus(true); }
    mengirim = false;
    if (ada) { muat(); document.body.dispatchEvent(new Event("hadir")); }
  }

  function lanjut() {
    if (document.visibilityState !== "visible") return;
    meja.cermati();
    kirimSemua();
    muat();
  }
  window.addEventListener("online", lanjut);
  window.addEventListener("offline", function () { terputus(true); });
  window.addEventListener("focus", lanjut);
  document.addEventListener("visibilitychange", lanjut);
  document.body.addEventListener("hadir", function () { if (!diam()) muat(); });
  setInterval(function () { if (document.visibilityState === "visible" && !diam()) muat(); }, JEDA);
  setInterval(function () { if (!diam() && meja.milikSini().some(boleh)) kirimSemua(); }, 4000);
  meja.kirimSemua = kirimSemua;
  muat().then(kirimSemua);
})();
