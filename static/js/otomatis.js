// Minutes save themselves; what is typed stays on this device until the server has it.
(function () {
  "use strict";
  const { baca, tulis, kirim } = window.alat;
  document.querySelectorAll("form[data-otomatis]").forEach(function (form) {
    // The text belongs to who typed it: another person at this device neither sees it nor sends it.
    const nama = "musrenbang-" + window.bagian.untuk + "-" + form.dataset.otomatis, keadaan = form.querySelector("[data-keadaan]");
    const versi = form.querySelector("[name$=versi]"), bentrok = form.querySelector("[data-bentrok]");
    let tunda = 0, berjalan = false, kotor = false, ditahan = false;
    function lanjut() { if (ditahan && document.visibilityState === "visible") { ditahan = false; jadwalkan(0); } }
    document.addEventListener("visibilitychange", lanjut);
    window.addEventListener("focus", lanjut);
    function isian() { return Array.from(new FormData(form).entries()); }
    const simpanan = baca(nama);
    if (simpanan) {
      simpanan.forEach(function (p) { const el = form.elements[p[0]]; if (el && !/csrf|versi$/.test(p[0])) el.value = p[1]; });
      kotor = true;
      keadaan.textContent = "memulihkan ketikan yang belum terkirim";
      jadwalkan(300);
    }
    function jadwalkan(ms) { clearTimeout(tunda); tunda = setTimeout(simpan, ms); }
    form.addEventListener("input", function () {
      kotor = true;
      tulis(nama, isian());
      keadaan.textContent = "mengetik";
      jadwalkan(900);
    });
    form.addEventListener("submit", function (event) {
      if (event.submitter && event.submitter.hasAttribute("formaction")) { tulis(nama, null); return; }
      event.preventDefault();
      event.stopImmediatePropagation();
      jadwalkan(0);
    }, true);
    async function simpan() {
      if (berjalan) { jadwalkan(400); return; }
      berjalan = true; kotor = false;
      try {
        const jawab = await kirim(form.action, isian(), Object.assign({ "X-Otomatis": "1" }, window.bagian.kepala("isian")));
        if (jawab.status >= 500 || jawab.redirected) throw new Error("server");
        const isi = (jawab.headers.get("Content-Type") || "").startsWith("application/json") ? await jawab.json() : null;
        if (!isi) {
          // Refused, not unreachable: asking again would not help until the person has done something.
          kotor = true; ditahan = true;
          keadaan.textContent = "belum tersimpan; ketikan ada di perangkat ini";
          window.bagian.gangguan(window.bagian.sebab(jawab, await jawab.text()));
        } else if (jawab.ok) {
          window.bagian.pulih();
          versi.value = isi.versi; bentrok.hidden = true;
          keadaan.textContent = "tersimpan " + isi.pukul;
          if (!kotor) { tulis(nama, null); delete form.dataset.kotor; }
        } else if (jawab.status === 409) tampilkanBentrok(isi);
        else { keadaan.textContent = "belum tersimpan: " + isi.pesan; }
      } catch (putus) {
        kotor = true;
        keadaan.textContent = "belum terkirim; tersimpan di perangkat ini, dikirim lagi sendiri";
        jadwalkan(3000);
      }
      berjalan = false;
    }
    function tampilkanBentrok(isi) {
      keadaan.textContent = "belum tersimpan";
      bentrok.replaceChildren();
      const p = document.createElement("p");
      p.textContent = isi.pesan;
      bentrok.append(p);
      Object.entries(isi.kini).forEach(function (pasang) {
        if (!pasang[1]) return;
        const d = document.createElement("p");
        d.className = "kecil mb-1";
        d.textContent = pasang[0].replace("_", " ") + " sekarang: " + pasang[1];
        bentrok.append(d);
      });
      const tombol = document.createElement("button");
      tombol.type = "button"; tombol.className = "btn btn-garis btn-sm"; tombol.textContent = "Simpan tulisan saya";
      tombol.addEventListener("click", function () { versi.value = isi.versi; bentrok.hidden = true; jadwalkan(0); });
      bentrok.append(tombol);
      bentrok.hidden = false;
    }
  });
})();
