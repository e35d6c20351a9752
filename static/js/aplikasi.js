// Small things that make a form safe and a table quick. Everything works without them.
(function () {
  "use strict";

  // Signing in again in another tab changes the token; a form that is still open takes the new one with it.
  function token() {
    const m = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
    return m && m[1];
  }
  document.body.addEventListener("htmx:configRequest", function (event) {
    if (!token()) return;
    event.detail.headers["X-CSRFToken"] = token();
    if (event.detail.parameters.csrfmiddlewaretoken) event.detail.parameters.csrfmiddlewaretoken = token();
  });

  // One click, one request: the button waits while its form is on the way.
  const kataTombol = new WeakMap();
  document.addEventListener("submit", function (event) {
    const form = event.target;
    const tanya = event.submitter && event.submitter.dataset.tanya;
    if (tanya && !window.confirm(tanya)) {
      event.preventDefault();
      return;
    }
    if (form.dataset.dikirim) {
      event.preventDefault();
      return;
    }
    if (form.method.toLowerCase() === "post" && !form.hasAttribute("hx-post")) {
      const isian = form.querySelector("[name=csrfmiddlewaretoken]");
      if (isian && token()) isian.value = token();
      form.dataset.dikirim = "1";
      form.querySelectorAll("button[type=submit], button:not([type])").forEach(function (b) {
        b.setAttribute("aria-disabled", "true");
        if (!b.dataset.menunggu) return;
        kataTombol.set(b, Array.from(b.childNodes));
        b.textContent = b.dataset.menunggu;
      });
    }
  });
  // Back from the browser's page cache: the form may be sent again. Its key stays as it was rendered: the server tells
  // a repetition from a changed form by the content.
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    document.querySelectorAll("form[data-dikirim]").forEach(function (f) {
      delete f.dataset.dikirim;
      f.querySelectorAll("button").forEach(function (b) {
        b.removeAttribute("aria-disabled");
        if (kataTombol.has(b)) b.replaceChildren(...kataTombol.get(b));
      });
    });
    document.querySelectorAll("#kemajuan").forEach(function (tempat) { tempat.hidden = true; });
  });

  // On a phone the current tab may lie outside the strip.
  document.querySelectorAll(".tab-acara [aria-current], .tab-dalam [aria-current]").forEach(function (tab) {
    tab.parentElement.scrollLeft = tab.offsetLeft - 24;
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-cetak]")) window.print();
    if (event.target.matches("[data-salin]")) event.target.select();
  });

  // Several files go one by one, so that a bar shows how far it is; what was read stays when the page is left.
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
      const [sebab, habis] = await kirim(form, isi);
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
    kata.textContent = "Selesai. " + gagal.length + " catatan di bawah; yang terbaca ada di daftar berkas. Muat ulang halaman untuk melihatnya.";
  }
  async function kirim(form, isi) {
    const batas = new AbortController(), jam = setTimeout(function () { batas.abort(); }, 300000); // 10 MB on a slow line
    try {
      const jawab = await fetch(form.action, { method: "POST", body: isi, headers: Object.assign({ "X-Satu-Satu": "1" }, window.bagian.kepala("isian")), signal: batas.signal });
      if (jawab.ok) return [[], false];
      const halaman = new DOMParser().parseFromString(await jawab.text(), "text/html");
      const galat = Array.from(halaman.querySelectorAll(".invalid-feedback, .alert-danger"), function (el) { return el.textContent.trim(); });
      return [galat.length ? galat : ["belum terbaca; coba unggah lagi."], jawab.status === 401];
    } catch (putus) {
      return [["sambungan terputus; unggah lagi berkas ini."], false];
    } finally {
      clearTimeout(jam);
    }
  }

  // Bulk bar: shown while something is ticked.
  function hitung() {
    const bar = document.querySelector(".massal");
    if (!bar) return;
    const n = document.querySelectorAll("input[data-pilih]:checked").length;
    bar.hidden = n === 0;
    const tempat = bar.querySelector("[data-jumlah]");
    if (tempat) tempat.textContent = n;
  }
  document.addEventListener("change", function (event) {
    const el = event.target;
    if (el.matches("input[data-pilih-semua]")) {
      const grup = el.dataset.pilihSemua;
      document.querySelectorAll("input[data-pilih]").forEach(function (c) {
        if (!grup || c.dataset.pilih === grup) c.checked = el.checked;
      });
    }
    if (el.matches("input[data-pilih], input[data-pilih-semua]")) hitung();
    if (el.matches("select[data-kirim]")) el.form.requestSubmit();
  });
  document.body.addEventListener("htmx:afterSwap", hitung);

  // Score table: arrow keys and Enter move between cells as in a spreadsheet.
  document.addEventListener("keydown", function (event) {
    const sel = event.target.closest && event.target.closest(".skor input");
    if (!sel) return;
    const naik = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
    if (!naik) return;
    event.preventDefault();
    const td = sel.closest("td");
    let tr = td.parentElement;
    do { tr = naik > 0 ? tr.nextElementSibling : tr.previousElementSibling; } while (tr && !tr.querySelector("input"));
    const tujuan = tr && tr.children[td.cellIndex] && tr.children[td.cellIndex].querySelector("input");
    if (tujuan) { tujuan.focus(); tujuan.select(); }
  });

  // Choosing by digit: the buttons of the open card carry their number, taking back is U. Can be switched off.
  const sakelar = document.querySelector("[data-angka-aktif]");
  if (sakelar) {
    sakelar.checked = localStorage.getItem("tombol-angka") !== "mati";
    sakelar.addEventListener("change", function () {
      localStorage.setItem("tombol-angka", sakelar.checked ? "hidup" : "mati");
    });
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || !sakelar || !sakelar.checked) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    const tombol = /^[1-9u]$/.test(event.key) && document.querySelector(`[data-angka="${event.key}"]`);
    if (tombol) { event.preventDefault(); tombol.click(); }
  });

  // Training mode: fill in a demo account with one click.
  document.querySelectorAll("[data-akun]").forEach(function (b) {
    b.addEventListener("click", function () {
      document.getElementById("id_username").value = b.dataset.akun;
      document.getElementById("id_password").value = b.dataset.sandi;
      document.querySelector("#form-masuk button").click();
    });
  });

  // Leaving a page with unsaved typing asks first.
  window.addEventListener("beforeunload", function (event) {
    if (document.querySelector("form[data-jaga][data-kotor]")) event.preventDefault();
  });
})();
