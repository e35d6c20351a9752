// Parts of a page that ask the server by themselves or on a click: whose page it is, what it says when there is no
// answer, and that a page never lands inside a page. The one place for htmx and for our own fetch().
(function () {
  "use strict";
  const untuk = document.body.dataset.untuk || "";
  const BERHENTI = "berhenti";

  // --- what is typed and not yet sent ---
  document.addEventListener("input", function (event) {
    const form = event.target.closest("form");
    if (form && form.method.toLowerCase() === "post") form.dataset.kotor = "1";
  });
  document.addEventListener("submit", function (event) {
    if (!event.defaultPrevented) delete event.target.dataset.kotor;
  });
  function adaIsian() { return document.querySelector("form[data-kotor]") !== null; }

  // --- the message area ---
  function kabar(html, jangan) {
    const tempat = document.getElementById("kabar");
    if (!tempat) return;
    tempat.innerHTML = html;
    if (!jangan) tempat.scrollIntoView({ block: "nearest" });
  }
  // Trouble of a part: said once, stays in sight, goes away by itself when the part is answered again.
  function gangguan(html) {
    const tempat = document.getElementById("kabar");
    if (!tempat) return;
    let kotak = tempat.querySelector("[data-gangguan]");
    if (kotak && kotak.dataset.isi === html) return;
    if (!kotak) { kotak = document.createElement("div"); kotak.dataset.gangguan = ""; tempat.prepend(kotak); }
    kotak.dataset.isi = html;
    kotak.innerHTML = html;
    sebutPemilik(kotak);
    tempat.classList.add("kabar-lekat");
  }
  function pulih() {
    const tempat = document.getElementById("kabar"), kotak = tempat && tempat.querySelector("[data-gangguan]");
    if (!kotak) return;
    kotak.remove();
    tempat.classList.remove("kabar-lekat");
  }
  function sebutPemilik(kotak) {
    const alert = kotak.querySelector(".alert"), nama = document.body.dataset.nama;
    if (!alert || !nama || alert.querySelector("[data-pemilik]")) return;
    const p = document.createElement("span");
    p.dataset.pemilik = "";
    p.textContent = " (Halaman ini dibuka sebagai " + nama + ")";
    alert.append(p);
  }
  function kalimat(teks) {
    const p = document.createElement("div");
    p.className = "alert alert-danger";
    p.setAttribute("role", "alert");
    p.textContent = teks;
    if (/muat ulang/i.test(teks)) p.insertAdjacentHTML("beforeend", ' <a class="btn btn-garis btn-sm" href="">Muat ulang</a>');
    return p.outerHTML;
  }
  function jam() { return new Date().toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" }); }
  // The server's own sentence, or one for what never reached it (a proxy's page, no answer).
  function sebab(status, teks, sendiri, kabarServer) {
    if (kabarServer || (status === 409 && /^\s*<(?!!doctype|html)/i.test(teks))) return teks;
    const ekor = sendiri ? " Bagian halaman ini menunjukkan keadaan sebelum pukul " + jam() + "." : " Isian Anda masih ada; coba simpan lagi.";
    if (!status) return kalimat("Sambungan terputus." + ekor);
    if (status === 502 || status === 503 || status === 504) return kalimat("Server sedang tidak terjangkau." + ekor);
    return kalimat((sendiri ? "Bagian ini belum dapat diperbarui." : "Belum tersimpan.") + ekor);
  }

  // --- htmx ---
  function sendiri(detail) {
    const p = detail.triggeringEvent || (detail.requestConfig && detail.requestConfig.triggeringEvent);
    return !p || !p.isTrusted || !/^(click|submit|keydown|keyup)$/.test(p.type);
  }
  document.body.addEventListener("htmx:configRequest", function (event) {
    const d = event.detail;
    d.headers["X-Bagian"] = sendiri(d) ? "sendiri" : adaIsian() ? "isian" : "klik";
    if (untuk) d.headers["X-Untuk"] = untuk;
  });
  document.body.addEventListener("htmx:beforeRequest", function (event) {
    const bagian = event.detail.elt;
    // A part that renews itself waits while somebody stands in it, and rests once it was refused.
    const ditunggu = bagian.matches("[data-tunggu-fokus]") && bagian.contains(document.activeElement);
    if (ditunggu || (bagian.dataset.berhenti && sendiri(event.detail))) event.preventDefault();
  });
  document.body.addEventListener("htmx:beforeSwap", function (event) {
    const d = event.detail, status = d.xhr.status, teks = d.xhr.responseText;
    if (status === 422) { d.shouldSwap = true; d.isError = false; return; }
    if (status >= 400) { d.shouldSwap = false; return; }
    if (/^\s*<!doctype/i.test(teks) && !bagianDariHalaman(d)) {
      d.shouldSwap = false;
      d.xhr.bukanBagian = true;
      if (!sendiri(d) && !adaIsian()) window.location.assign(d.xhr.responseURL);
      else gangguan(kalimat("Bagian ini sudah pindah halaman. Simpan dahulu isian Anda, lalu muat ulang."));
    }
  });
  // A part may be cut out of a whole page on purpose, when what it wants is in there.
  function bagianDariHalaman(d) {
    const pilih = d.requestConfig.elt.closest("[hx-select]"), cari = pilih && pilih.getAttribute("hx-select");
    return cari && new DOMParser().parseFromString(d.xhr.responseText, "text/html").querySelector(cari) !== null;
  }
  // A part that comes along with another waits while somebody stands in it or points at one of its buttons, and stays when
  // it is the same: rows never move away under a hand.
  document.body.addEventListener("htmx:oobBeforeSwap", function (event) {
    const lama = event.detail.target, baru = event.detail.fragment.firstElementChild;
    if (!lama.matches("[data-tunggu-fokus]")) return;
    const dipakai = lama.contains(document.activeElement) || lama.querySelector("button:hover, a:hover");
    if (dipakai || (baru && baru.dataset.sidik === lama.dataset.sidik)) event.detail.shouldSwap = false;
  });
  document.body.addEventListener("htmx:afterSwap", function (event) {
    if (event.detail.xhr.status !== 422) return;
    document.querySelectorAll("form").forEach(function (f) { if (f.querySelector(".is-invalid")) f.dataset.kotor = "1"; });
  });
  document.body.addEventListener("htmx:afterRequest", function (event) {
    if (event.detail.successful && !event.detail.xhr.bukanBagian) pulih();
  });
  document.body.addEventListener("htmx:responseError", function (event) {
    const d = event.detail, xhr = d.xhr, diri = sendiri(d);
    if (!diri && d.elt.closest("form")) d.elt.closest("form").dataset.kotor = "1";
    const html = sebab(xhr.status, xhr.responseText, diri, xhr.getResponseHeader("X-Kabar"));
    if (diri && xhr.status < 500) d.elt.dataset.berhenti = xhr.status === 401 ? "masuk" : BERHENTI;
    if (diri || xhr.status === 401) { gangguan(html); if (!diri) lihatKabar(); } else kabar(html);
  });
  function putus(event) {
    const diri = sendiri(event.detail), form = event.detail.elt.closest("form");
    if (!diri && form) form.dataset.kotor = "1";
    gangguan(sebab(0, "", diri, false));
    if (!diri) lihatKabar();
  }
  function lihatKabar() { document.getElementById("kabar").scrollIntoView({ block: "nearest" }); }
  document.body.addEventListener("htmx:sendError", putus);
  document.body.addEventListener("htmx:timeout", putus);
  // Back from signing in in another tab: what rested for that asks again.
  function lanjut() {
    if (document.visibilityState !== "visible") return;
    document.querySelectorAll('[data-berhenti="masuk"]').forEach(function (b) { delete b.dataset.berhenti; });
  }
  document.addEventListener("visibilitychange", lanjut);
  window.addEventListener("focus", lanjut);

  // --- the same for our own requests and for forms ---
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (!untuk || event.defaultPrevented || form.method.toLowerCase() !== "post" || form.hasAttribute("hx-post")) return;
    let isian = form.querySelector("[name=_untuk]");
    if (!isian) { isian = document.createElement("input"); isian.type = "hidden"; isian.name = "_untuk"; form.append(isian); }
    isian.value = untuk;
  });
  window.bagian = {
    untuk: untuk, kabar: kabar, gangguan: gangguan, pulih: pulih, adaIsian: adaIsian,
    kepala: function (jenis, milik) {
      const k = { "X-Bagian": jenis };
      if (milik || untuk) k["X-Untuk"] = milik || untuk;
      return k;
    },
    sebab: function (jawab, teks) { return sebab(jawab ? jawab.status : 0, teks, false, jawab && jawab.headers.get("X-Kabar")); },
  };
})();
