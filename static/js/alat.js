// What several scripts need: the token of this moment, a request that ends, a store on this device, keys, clocks.
(function () {
  "use strict";

  // Signing in again in another tab changes the token: it is read anew each time.
  function token() {
    const m = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
    return m && m[1];
  }
  // Every request of our own is given up after a while, its answer too, so that nobody waits without a word.
  function minta(url, pilihan, milidetik) {
    const batas = new AbortController();
    setTimeout(function () { batas.abort(); }, milidetik); // once the answer is read this does nothing
    return fetch(url, Object.assign({ signal: batas.signal }, pilihan));
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
  function kirim(url, isi, kepala) {
    const badan = new URLSearchParams(isi);
    if (token()) badan.set("csrfmiddlewaretoken", token());
    return minta(url, { method: "POST", body: badan, headers: Object.assign({ "X-CSRFToken": token() || "" }, kepala) }, 15000);
  }
  // What time it is there, and how long until then: shown in every [data-jam] and [data-mundur].
  function tampilkanWaktu(kini, lewat, tanda) {
    document.querySelectorAll("[data-jam]").forEach(function (el) {
      el.textContent = new Date(kini).toLocaleTimeString("id-ID", { timeZone: el.dataset.jam, hour: "2-digit", minute: "2-digit" });
    });
    document.querySelectorAll("[data-mundur]").forEach(function (el) {
      const s = Math.round((Number(el.dataset.mundur) - kini) / 1000), a = Math.abs(s);
      el.textContent = (s < 0 ? lewat : "") + Math.floor(a / 60) + ":" + String(a % 60).padStart(2, "0");
      el.classList.toggle(tanda, s < 0);
    });
  }
  window.alat = { token: token, minta: minta, kirim: kirim, kunciBaru: kunciBaru, baca: baca, tulis: tulis, tampilkanWaktu: tampilkanWaktu };
})();
