// The attendance desk: what was noted while the connection was away is kept on this device and sent later.
(function () {
  "use strict";
  const { kunciBaru, baca, tulis, kirim } = window.alat;
  // --- a queue that outlives the page: what was noted while the connection was away is sent once when it is back.
  // What the server refuses or asks about stays on this device until somebody has read it and answered. ---
  const ANTRE = "musrenbang-antrean";
  let mengirim = false, menungguMasuk = false; // the session ended: what waits goes by itself once its owner is back
  function antrean() {
    return (baca(ANTRE) || []).map(function (b) { return b.id ? b : Object.assign({ id: kunciBaru() }, b); });
  }
  function ubahAntrean(id, ubah) {
    const baru = antrean().map(function (b) { return b.id === id ? ubah && Object.assign({}, b, ubah) : b; }).filter(Boolean);
    tulis(ANTRE, baru.length ? baru : null);
  }
  function siapa(butir) {
    const nama = butir.isi.find(function (p) { return p[0] === "nama" || p[0] === "wakil" || p[0] === "kode"; });
    return (nama && nama[1]) || butir.siapa || "Satu catatan";
  }
  function tampilkanAntrean() {
    const tempat = document.getElementById("antrean"), semua = antrean();
    if (!tempat) return;
    const ditanya = semua.filter(function (b) { return b.kata; }), n = semua.length - ditanya.length;
    tempat.hidden = semua.length === 0;
    tempat.replaceChildren();
    const sebab = menungguMasuk ? ["Sesi Anda berakhir. ", "setelah Anda masuk lagi."] : ["Sambungan terputus. ", "begitu tersambung."];
    if (n) tempat.append(sebab[0] + n + " catatan tersimpan di perangkat ini dan dikirim sendiri " + sebab[1]);
    ditanya.forEach(function (b) {
      const kotak = document.createElement("div"), judul = document.createElement("strong"), tombol = document.createElement("p");
      kotak.dataset.butir = b.id;
      judul.textContent = siapa(b) + " belum tercatat:";
      kotak.append(judul);
      kotak.insertAdjacentHTML("beforeend", b.kata);
      [["lagi", "Kirim lagi"], ["buang", "Buang catatan ini"]].forEach(function (p) {
        const t = document.createElement("button");
        t.type = "button"; t.className = "btn btn-garis btn-sm me-2"; t.dataset.putus = p[0]; t.textContent = p[1];
        tombol.append(t);
      });
      kotak.append(tombol);
      tempat.append(kotak);
    });
  }
  document.addEventListener("click", function (event) {
    const tombol = event.target.closest("#antrean [data-butir] button"), kotak = tombol && tombol.closest("[data-butir]");
    if (!kotak) return;
    event.preventDefault();
    const butir = antrean().find(function (b) { return b.id === kotak.dataset.butir; });
    if (tombol.dataset.putus === "buang" || tombol.hasAttribute("data-batal")) {
      if (!tombol.hasAttribute("data-batal") && !window.confirm("Buang catatan " + siapa(butir) + " dari perangkat ini?")) return;
      ubahAntrean(butir.id, null);
    } else {
      const isi = butir.isi.filter(function (p) { return p[0] !== tombol.name; });
      if (tombol.name) isi.push([tombol.name, tombol.value]);
      ubahAntrean(butir.id, { isi: isi, kata: "", untuk: window.bagian.untuk });
    }
    tampilkanAntrean();
    kirimAntrean();
  });
  async function kirimAntrean() {
    if (mengirim) return;
    mengirim = true;
    tulis(ANTRE, antrean().length ? antrean() : null);
    try {
      for (let b; (b = antrean().find(function (x) { return !x.kata; }));) {
        const tadi = b.t ? [["moment", Math.max(0, Math.round((Date.now() - b.t) / 1000))]] : [];
        const jawab = await kirim(b.url, b.isi.concat(tadi), Object.assign({ "HX-Request": "true" }, window.bagian.kepala("isian", b.untuk)));
        if (jawab.status >= 500) break;
        const teks = await jawab.text();
        menungguMasuk = jawab.status === 401 && (b.untuk || "") === window.bagian.untuk;
        if (menungguMasuk) { window.bagian.gangguan(window.bagian.sebab(jawab, teks)); break; }
        if (jawab.ok && !jawab.redirected) { ubahAntrean(b.id, null); document.body.dispatchEvent(new Event("hadir")); continue; }
        ubahAntrean(b.id, { kata: window.bagian.sebab(jawab, teks) });
      }
    } catch (putus) { /* still away: try again later */ }
    mengirim = false;
    tampilkanAntrean();
  }
  function kabar(tempat, html) { if (tempat) { tempat.hidden = false; tempat.innerHTML = html; } }
  function lanjut() {
    if (document.visibilityState !== "visible" || !antrean().some(function (b) { return !b.kata; })) return;
    menungguMasuk = false;
    kirimAntrean();
  }
  ["online", "focus"].forEach(function (kapan) { window.addEventListener(kapan, lanjut); });
  document.addEventListener("visibilitychange", lanjut);
  setInterval(function () { if (!menungguMasuk) lanjut(); }, 4000);
  tampilkanAntrean();
  lanjut();
  // A page that the device kept comes with the key that it was kept with: each opening begins with a key of its own.
  if (!window.htmx) document.querySelectorAll("form[data-antre] [name=kunci]").forEach(function (isian) { isian.value = kunciBaru(); });

  // The desk's own name, kept on this device: whoever is asked "the same person?" elsewhere reads where it was noted.
  document.querySelectorAll("[data-meja]").forEach(function (isian) {
    isian.value = baca("musrenbang-meja") || "";
    isian.closest("[data-tempat-meja]").hidden = false;
    isian.addEventListener("input", function () { tulis("musrenbang-meja", isian.value.trim()); });
  });
  function bersihkan(form) {
    form.reset();
    form.querySelector("[name=kunci]").value = kunciBaru();
    delete form.dataset.kotor;
  }
  document.addEventListener("submit", async function (event) {
    const form = event.target;
    if (!form.matches("form[data-antre]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.dataset.dikirim) return;
    form.dataset.dikirim = "1";
    const isi = new FormData(form);
    if (event.submitter && event.submitter.name) isi.set(event.submitter.name, event.submitter.value);
    if (baca("musrenbang-meja")) isi.set("meja", baca("musrenbang-meja"));
    const data = Array.from(isi.entries()).filter(function (p) { return typeof p[1] === "string"; });
    const kosongkan = form.hasAttribute("data-kosongkan"), baris = form.closest("[data-ganti]");
    try {
      const jawab = await kirim(form.action, data, Object.assign({ "HX-Request": "true" }, window.bagian.kepala("isian")));
      const teks = await jawab.text();
      if (jawab.status >= 500) throw new Error("server");
      if (jawab.ok && !jawab.redirected) {
        document.body.dispatchEvent(new Event("hadir"));
        if (kosongkan) { bersihkan(form); form.querySelector("input:not([type=hidden])").focus(); }
        kabar(form.querySelector("[data-kabar]") || baris, teks);
      } else kabarFormulir(form, window.bagian.sebab(jawab, teks));
    } catch (putus) {
      const siapa = baris && baris.querySelector("strong");
      tulis(ANTRE, antrean().concat({ id: kunciBaru(), t: Date.now(), url: form.action, isi: data, untuk: window.bagian.untuk, siapa: siapa ? siapa.textContent : "" }));
      tampilkanAntrean();
      if (kosongkan) bersihkan(form);
      kabar(form.querySelector("[data-kabar]") || baris, '<span class="lencana perlu">menunggu sambungan</span>');
    }
    delete form.dataset.dikirim;
  }, true);
  // A refusal or a question stands inside the form that it is about, so that its buttons send that form again.
  function kabarFormulir(form, html) {
    let tempat = form.querySelector("[data-kabar]");
    if (!tempat) { tempat = document.createElement("div"); tempat.dataset.kabar = ""; tempat.className = "mt-2"; tempat.setAttribute("aria-live", "polite"); form.append(tempat); }
    kabar(tempat, html);
  }
  // "The same person": nothing is noted, the form is empty again.
  document.addEventListener("click", function (event) {
    const batal = event.target.closest("form[data-antre] [data-batal]");
    if (!batal) return;
    const form = batal.closest("form");
    bersihkan(form);
    kabar(form.querySelector("[data-kabar]"), "");
  });
})();
