// Several files go one by one, so that a bar shows how far it is; what was read stays when the page is left.
(function () {
  "use strict";
  const { token, minta } = window.alat;
  document.addEventListener("submit", function (event) {
    const pilih = event.target.querySelector("input[type=file][data-satu-satu]");
    if (!pilih || !pilih.files.length || event.defaultPrevented) return;
    if (pilih.files.length === 1) {
      const tempat = document.getElementById("kemajuan");
      tempat.hidden = false;
      tempat.querySelector("progress").removeAttribute("value");
      tempat.querySelector("[data-kata]").textContent = "Membaca " + pilih.files[0].name;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    unggah(event.target, pilih);
  }, true);
  async function unggah(form, pilih) {
    const berkas = Array.from(pilih.files), gagal = [];
    const tempat = document.getElementById("kemajuan"), bar = tempat.querySelector("progress");
    const kata = tempat.querySelector("[data-kata]"), daftar = tempat.querySelector("ul");
    tempat.hidden = false;
    daftar.replaceChildren();
    form.querySelectorAll("button").forEach(function (b) { b.disabled = true; });
    bar.max = berkas.length;
    for (let i = 0; i < berkas.length; i++) {
      bar.value = i;
      kata.textContent = "Membaca " + (i + 1) + " dari " + berkas.length + ": " + berkas[i].name;
      const isi = new FormData(form);
      isi.delete(pilih.name);
      isi.append(pilih.name, berkas[i]);
      if (token()) isi.set("csrfmiddlewaretoken", token());
      const [sebab, habis] = await kirimSatu(form, isi);
      sebab.forEach(function (teks) {
        gagal.push(teks);
        const butir = document.createElement("li");
        butir.textContent = teks.startsWith(berkas[i].name) ? teks : berkas[i].name + ": " + teks;
        daftar.append(butir);
      });
      if (!habis) continue;
      form.querySelectorAll("button").forEach(function (b) { b.disabled = false; });
      kata.textContent = "Berhenti di berkas " + (i + 1) + " dari " + berkas.length + ". Masuk lagi di tab baru, lalu unggah yang belum.";
      return;
    }
    bar.value = berkas.length;
    form.querySelectorAll("button").forEach(function (b) { b.disabled = false; });
    if (!gagal.length) { window.location.assign(window.location.pathname); return; }
    kata.textContent = gagal.length + " catatan untuk berkas yang tidak terbaca. Yang lain sudah menunggu di atas.";
    await tampilkanMenunggu();
    tempat.scrollIntoView({ block: "nearest" });
  }
  // The files that were read stand at the top at once; what was not read stays where it was told.
  async function tampilkanMenunggu() {
    const jawab = await minta(window.location.pathname, { headers: window.bagian.kepala("isian") }, 30000).catch(function () { return null; });
    const halaman = jawab && jawab.ok && new DOMParser().parseFromString(await jawab.text(), "text/html");
    const baru = halaman && halaman.getElementById("menunggu"), lama = document.getElementById("menunggu");
    if (!baru) return;
    if (lama) lama.replaceWith(baru); else document.querySelector("main .dua").before(baru);
  }
  async function kirimSatu(form, isi) {
    try {
      const jawab = await minta(form.action, { method: "POST", body: isi, headers: Object.assign({ "X-Satu-Satu": "1" }, window.bagian.kepala("isian")) }, 300000); // 10 MB on a slow line
      if (jawab.ok) return [[], false];
      const halaman = new DOMParser().parseFromString(await jawab.text(), "text/html");
      const galat = Array.from(halaman.querySelectorAll(".invalid-feedback, .alert-danger"), function (el) { return el.textContent.trim(); });
      return [galat.length ? galat : ["belum terbaca; coba unggah lagi."], jawab.status === 401];
    } catch (putus) {
      return [["sambungan terputus; unggah lagi berkas ini."], false];
    }
  }
})();
