// The hall: attendance that survives a lost connection, minutes that save themselves, order by drag, codes by camera.
(function () {
  "use strict";

  function token(form) {
    const m = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
    return m ? m[1] : form && form.querySelector("[name=csrfmiddlewaretoken]").value;
  }
  function kunciBaru() {
    if (window.crypto && crypto.randomUUID) return crypto.randomUUID();
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = (b[6] & 15) | 64; b[8] = (b[8] & 63) | 128;
    const h = Array.from(b, function (x) { return x.toString(16).padStart(2, "0"); }).join("");
    return h.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
  }
  function baca(nama) { try { return JSON.parse(localStorage.getItem(nama)) || null; } catch (rusak) { return null; } }
  function tulis(nama, isi) { try { isi ? localStorage.setItem(nama, JSON.stringify(isi)) : localStorage.removeItem(nama); } catch (penuh) { /* a full or closed store: the page still works online */ } }
  async function kirim(url, isi, kepala) {
    const badan = new URLSearchParams(isi);
    if (token()) badan.set("csrfmiddlewaretoken", token());
    const batas = new AbortController();
    const jam = setTimeout(function () { batas.abort(); }, 15000);
    try {
      return await fetch(url, { method: "POST", body: badan, headers: Object.assign({ "X-CSRFToken": token() || "" }, kepala), signal: batas.signal });
    } finally { clearTimeout(jam); }
  }

  // --- a queue that outlives the page: what was noted while the connection was away is sent once when it is back.
  // What the server refuses or asks about stays on this device until somebody has read it and answered. ---
  const ANTRE = "musrenbang-antrean";
  let mengirim = false;
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
    if (n) tempat.append("Sambungan terputus. " + n + " catatan tersimpan di perangkat ini dan dikirim sendiri begitu tersambung.");
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
        const jawab = await kirim(b.url, b.isi, Object.assign({ "HX-Request": "true" }, window.bagian.kepala("isian", b.untuk)));
        if (jawab.status >= 500) break;
        const teks = await jawab.text();
        if (jawab.ok && !jawab.redirected) { ubahAntrean(b.id, null); document.body.dispatchEvent(new Event("hadir")); continue; }
        ubahAntrean(b.id, { kata: window.bagian.sebab(jawab, teks) });
      }
    } catch (putus) { /* still away: try again later */ }
    mengirim = false;
    tampilkanAntrean();
  }
  function kabar(tempat, html) { if (tempat) { tempat.hidden = false; tempat.innerHTML = html; } }
  window.addEventListener("online", kirimAntrean);
  setInterval(function () { if (antrean().some(function (b) { return !b.kata; })) kirimAntrean(); }, 4000);
  tampilkanAntrean();

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
      tulis(ANTRE, antrean().concat({ id: kunciBaru(), url: form.action, isi: data, untuk: window.bagian.untuk, siapa: siapa ? siapa.textContent : "" }));
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

  // --- minutes save themselves; what is typed stays on this device until the server has it ---
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

  // --- order by drag; the arrows do the same without a mouse ---
  document.querySelectorAll("[data-seret]").forEach(function (badan) {
    const form = document.getElementById(badan.dataset.seret);
    document.querySelectorAll("[data-arah]").forEach(function (b) {
      b.addEventListener("click", function () { form.elements.arah.value = b.dataset.arah; });
    });
    if (window.Sortable) window.Sortable.create(badan, { handle: ".pegangan", animation: 120, onEnd: function () { if (form.elements.cara) form.elements.cara.value = "seret"; form.requestSubmit(); } });
  });

  // --- clocks ---
  function detik() {
    document.querySelectorAll("[data-jam]").forEach(function (el) {
      el.textContent = new Date().toLocaleTimeString("id-ID", { timeZone: el.dataset.jam, hour: "2-digit", minute: "2-digit" });
    });
    document.querySelectorAll("[data-mundur]").forEach(function (el) {
      const s = Math.round((Number(el.dataset.mundur) - Date.now()) / 1000), a = Math.abs(s);
      el.textContent = (s < 0 ? "lewat " : "") + Math.floor(a / 60) + ":" + String(a % 60).padStart(2, "0");
      el.classList.toggle("text-danger", s < 0);
    });
  }
  detik();
  setInterval(detik, 1000);

  // --- codes by camera: the browser's own reader, or one that is fetched from this server on demand ---
  document.querySelectorAll("[data-kamera]").forEach(function (tombol) {
    const wadah = document.getElementById("kamera"), video = wadah && wadah.querySelector("video"), kata = wadah && wadah.querySelector("[data-kata]");
    let aliran = null, terakhir = "";
    tombol.addEventListener("click", async function () {
      if (aliran) { berhenti(); return; }
      wadah.hidden = false;
      if (!navigator.mediaDevices) { kata.textContent = "Kamera hanya dapat dipakai lewat alamat https atau di komputer ini sendiri. Ketik kodenya di bawah."; return; }
      try { aliran = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }); }
      catch (tolak) { kata.textContent = "Kamera tidak dapat dibuka. Izinkan kamera di peramban, atau ketik kodenya di bawah."; return; }
      video.srcObject = aliran;
      await video.play();
      cari(await pembaca());
    });
    function berhenti() { aliran.getTracks().forEach(function (t) { t.stop(); }); aliran = null; wadah.hidden = true; }
    async function pembaca() {
      if ("BarcodeDetector" in window) { const d = new window.BarcodeDetector({ formats: ["qr_code"] }); return async function () { const h = await d.detect(video); return h.length ? h[0].rawValue : ""; }; }
      if (!window.jsQR) await new Promise(function (ya) { const s = document.createElement("script"); s.src = tombol.dataset.jsqr; s.onload = ya; document.head.append(s); });
      const kanvas = document.createElement("canvas"), gambar = kanvas.getContext("2d", { willReadFrequently: true });
      return async function () {
        kanvas.width = video.videoWidth; kanvas.height = video.videoHeight;
        if (!kanvas.width) return "";
        gambar.drawImage(video, 0, 0);
        const h = window.jsQR(gambar.getImageData(0, 0, kanvas.width, kanvas.height).data, kanvas.width, kanvas.height);
        return h ? h.data : "";
      };
    }
    async function cari(baca) {
      if (!aliran) return;
      const isi = await baca();
      if (isi && isi !== terakhir) {
        terakhir = isi;
        kata.textContent = "Kode terbaca: " + isi.split(":").pop();
        const cariUndangan = document.getElementById("undangan");
        cariUndangan.value = isi.split(":").pop();
        cariUndangan.dispatchEvent(new Event("input", { bubbles: true }));
        setTimeout(function () { terakhir = ""; }, 4000);
      }
      setTimeout(function () { cari(baca); }, 200);
    }
  });
})();
