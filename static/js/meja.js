// The desk at the door: one box for a name, a code or a scanner. What it says is decided here, from the list on this
// device; the server hears of it as soon as it can.
(function () {
  "use strict";
  const { meja } = window, pintu = document.getElementById("meja-pintu"), kotak = document.getElementById("undangan");
  if (!meja || !kotak) return;
  const { kunciBaru, baca, tulis } = window.alat, hasil = document.getElementById("hasil");
  const tempatJawab = document.getElementById("jawab-meja"), contoh = document.getElementById("contoh-tamu");
  // Whom this desk noted -> how many other desks it was told of; a reload of the page keeps it.
  let milik = new Map();
  try { milik = new Map(JSON.parse(sessionStorage.getItem("musrenbang-milik:" + pintu.dataset.slug)) || []); } catch (rusak) { /* begins anew */ }
  function ingatMilik() { try { sessionStorage.setItem("musrenbang-milik:" + pintu.dataset.slug, JSON.stringify(Array.from(milik))); } catch (penuh) { /* until the page is left */ } }
  let ditekan = 0, ditanya = null;

  const namaMeja = () => baca("musrenbang-meja") || "";
  const pukul = (t) => new Date(t + ((meja.daftar && meja.daftar.selisih) || 0)).toLocaleTimeString("id-ID", { timeZone: pintu.dataset.zona, hour: "2-digit", minute: "2-digit" });
  const diMeja = (nama, oleh) => (nama ? " di meja " + nama : oleh ? " oleh " + oleh : " di meja ini");

  // --- a sound for each answer, which can be switched off ---
  let suara = null;
  const tombolSuara = document.querySelector("[data-suara]");
  const sunyi = () => baca("musrenbang-suara") === "mati";
  function bunyi(nada) {
    if (sunyi() || !(window.AudioContext || window.webkitAudioContext)) return;
    suara = suara || new (window.AudioContext || window.webkitAudioContext)();
    nada.forEach(function (hz, i) {
      const o = suara.createOscillator(), g = suara.createGain(), t = suara.currentTime + i * 0.13;
      o.frequency.value = hz; g.gain.value = 0.08; o.connect(g); g.connect(suara.destination);
      o.start(t); o.stop(t + 0.1);
    });
  }
  const NADA = { hadir: [880], ulang: [440, 440], tanya: [660, 520], salah: [220], pilih: [] };
  function gambarSuara() { tombolSuara.setAttribute("aria-pressed", String(!sunyi())); tombolSuara.lastElementChild.textContent = sunyi() ? "Suara mati" : "Suara"; }
  if (tombolSuara) {
    tombolSuara.hidden = false;
    tombolSuara.addEventListener("click", function () { tulis("musrenbang-suara", sunyi() ? null : "mati"); gambarSuara(); bunyi(NADA.hadir); kotak.focus(); });
    gambarSuara();
  }

  // --- the answer beside the box ---
  function jawab(jenis, nama, teks, ...tombol) {
    const p = document.createElement("span"), b = document.createElement("strong");
    b.textContent = nama;
    p.append(b, " ", teks);
    tempatJawab.className = "jawab-meja jawab-" + jenis;
    tempatJawab.replaceChildren(p, ...tombol);
    ditanya = null;
    bunyi(NADA[jenis]);
  }
  function buatTombol(kata, tekan, kelas) {
    const t = document.createElement("button");
    t.type = "button"; t.className = "btn btn-sm me-2 " + (kelas || "btn-garis"); t.textContent = kata;
    t.addEventListener("click", tekan);
    return t;
  }

  // --- deciding ---
  function sudah(u) {
    const b = meja.menunggu(u.pk);
    if (b) return "sudah hadir pukul " + pukul(b.t) + diMeja(b.meja) + "; tidak dicatat dua kali.";
    if (u.h && u.h.di) return "sudah hadir pukul " + u.h.jam + diMeja(u.h.meja, u.h.oleh) + (u.h.wakil ? ", diwakili " + u.h.nama : "") + "; tidak dicatat dua kali.";
    return "";
  }
  function catat(u, dipilih) {
    const ada = sudah(u), jk = dipilih || u.jk;
    if (meja.daftar.berhenti) return jawab("salah", u.nama, "belum dicatat. " + meja.daftar.berhenti);
    if (ada) return jawab("ulang", u.nama, ada);
    if (!jk) return tanyaJenis(u);
    const t = Date.now();
    meja.simpan({ kunci: kunciBaru(), slug: pintu.dataset.slug, untuk: window.bagian.untuk, oleh: document.body.dataset.nama || "", u: u.pk, nama: u.nama, jk: jk, t: t, meja: namaMeja() });
    milik.set(u.pk, ((u.h && u.h.lagi) || []).length);
    ingatMilik();
    jawab("hadir", u.nama, "hadir pukul " + pukul(t) + (meja.daftar.tutup ? ", terlambat" : "") + ". " + [u.lembaga, u.desa].filter(Boolean).join(", "));
    // A scanner types at once: what stood in the box gives way to it.
    kotak.focus();
    kotak.select();
    gambar();
    meja.kirimSemua();
  }
  function tanyaJenis(u) {
    const L = buatTombol("L, laki-laki", () => catat(u, "L"), "btn-primary"), P = buatTombol("P, perempuan", () => catat(u, "P"), "btn-primary");
    jawab("tanya", u.nama, "laki-laki atau perempuan? Tekan L atau P. ", L, P);
    ditanya = { u: u, kunci: "" };
    L.focus();
  }
  // L and P are also letters of codes: a scanner types the next letter within a few milliseconds, nobody else does.
  document.addEventListener("keydown", function (event) {
    if (!ditanya || !tempatJawab.contains(document.activeElement) || event.key.length > 1 || event.ctrlKey || event.altKey || event.metaKey || event.key === " ") return;
    event.preventDefault();
    const kini = ditanya, huruf = event.key.toUpperCase();
    kini.kunci += event.key;
    clearTimeout(kini.batas);
    if (kini.kunci.length > 1 || !/[LP]/.test(huruf)) { kotak.value = kini.kunci; ditanya = null; kotak.focus(); return; }
    kini.batas = setTimeout(function () { if (ditanya === kini) catat(kini.u, huruf); }, 150);
  });

  // --- reading the box ---
  function bacaKode(teks) {
    const bagian = teks.split(":");
    if (bagian.length > 1 && bagian[0].trim().toLowerCase() !== pintu.dataset.slug) return { lain: bagian[0].trim() };
    const kode = bagian.pop().toUpperCase().replace(/[^A-Z0-9]/g, "");
    return { kode: kode, u: meja.kode.get(kode) };
  }
  function cocok(teks) {
    const cari = teks.toLowerCase().split(/\s+/).filter(Boolean);
    return meja.daftar.undangan.filter(function (u) {
      const isi = (u.nama + " " + u.lembaga + " " + u.desa + " " + u.kode + " " + (u.h ? u.h.nama : "")).toLowerCase();
      return cari.every((k) => isi.includes(k));
    });
  }
  function masuk() {
    const teks = kotak.value.trim();
    if (!teks) return;
    const k = bacaKode(teks);
    if (k.lain) { kotak.select(); return jawab("salah", teks, "adalah kode undangan Musrenbang lain (" + k.lain + "), jadi tidak dicatat."); }
    if (k.u) { kotak.value = ""; ditekan = Date.now(); kotak.focus(); return catat(k.u); }
    const ada = cocok(teks);
    if (!ada.length) { kotak.select(); return jawab("salah", "“" + teks + "”", "tidak ada di daftar undangan di perangkat ini. Cari namanya, atau catat di formulir “Tanpa undangan”."); }
    ditekan = Date.now();
    gambarBaris(ada);
    const tombol = hasil.querySelector("button, summary"), belum = ada.filter((u) => !sudah(u)).length;
    if (tombol) tombol.focus();
    if (ada.length > 1) jawab("pilih", ada.length + " undangan cocok;", belum ? belum + " belum dicatat hadir. Panah memilih, Enter mencatat." : "semuanya sudah hadir.");
    else if (belum) jawab("pilih", ada[0].nama, "belum dicatat hadir. Enter mencatat.");
    else jawab("ulang", ada[0].nama, sudah(ada[0]));
  }
  kotak.addEventListener("keydown", function (event) {
    if (!meja.daftar) return;
    if (event.key === "Enter") { event.preventDefault(); masuk(); }
    if (event.key === "ArrowDown") { const t = hasil.querySelector("button"); if (t) { event.preventDefault(); t.focus(); } }
  });
  kotak.addEventListener("input", function () { if (jauh() && meja.daftar) gambarBaris(cocok(kotak.value)); });
  // A scanner types wherever the focus is: letters that go to no field go to the box.
  document.addEventListener("keydown", function (event) {
    const di = document.activeElement;
    if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey && (!di || di === document.body || di === hasil)) kotak.focus();
  });
  const jauh = () => meja.keadaan.putus || !window.htmx;
  document.body.addEventListener("htmx:beforeRequest", function (event) {
    if (event.detail.elt === kotak && meja.daftar && (jauh() || Date.now() - ditekan < 600)) event.preventDefault();
    else if (meja.keadaan.putus && event.detail.elt.closest("#angka-hadir, #daftar-hadir")) event.preventDefault();
  });

  // --- rows of the list, by arrow keys too ---
  function gambarBaris(ada) {
    const daftar = document.createElement("ul");
    daftar.className = "tamu";
    ada.slice(0, 30).forEach(function (u) {
      const li = contoh.content.firstElementChild.cloneNode(true), kata = sudah(u), aksi = li.querySelector(".tamu-aksi"), wakil = li.querySelector("form");
      li.dataset.undangan = u.pk;
      li.querySelector("strong").textContent = u.nama;
      li.querySelector(".redup").textContent = [u.lembaga, u.desa].filter(Boolean).join(" · ");
      aksi.replaceChildren();
      if (kata) { aksi.append(lencana()); li.querySelector("details").remove(); daftar.append(li); return; }
      (u.jk ? [""] : ["L", "P"]).forEach(function (jk) {
        const t = buatTombol(jk ? "Hadir, " + jk : "Hadir", () => catat(u, jk), "btn-primary");
        t.setAttribute("aria-label", (jk ? "Hadir, " + (jk === "L" ? "laki-laki" : "perempuan") + ": " : "Hadir ") + u.nama);
        aksi.append(t);
      });
      // The attribute, not the property: a copy from a template has no address to resolve against and would read empty.
      wakil.setAttribute("action", wakil.getAttribute("action").replace("/0/", "/" + u.pk + "/"));
      wakil.querySelector("[name=kunci]").value = kunciBaru();
      li.querySelectorAll("[data-untuk-siapa]").forEach((e) => e.setAttribute("aria-label", e.dataset.untukSiapa + " " + u.nama));
      daftar.append(li);
    });
    const lebih = document.createElement("p");
    lebih.className = "kecil redup mb-0"; lebih.textContent = ada.length + " undangan cocok; ketik lebih banyak huruf untuk mempersempit.";
    hasil.replaceChildren(daftar, ...(ada.length > 30 ? [lebih] : []));
  }
  function lencana() {
    const s = document.createElement("span");
    s.className = "lencana disepakati"; s.textContent = "hadir";
    return s;
  }
  function tandai() {
    hasil.querySelectorAll("li[data-undangan]").forEach(function (li) {
      const u = meja.pk.get(Number(li.dataset.undangan)), aksi = li.querySelector(".tamu-aksi");
      if (!u || !aksi || !sudah(u) || li.contains(document.activeElement)) return;
      aksi.replaceWith(lencana());
      li.querySelectorAll("details").forEach((d) => d.remove());
    });
  }
  document.addEventListener("keydown", function (event) {
    const di = document.activeElement, baris = di && di.closest("#hasil li, #daftar-hadir tbody tr");
    if (!baris || !/^(ArrowDown|ArrowUp|Escape)$/.test(event.key) || di.matches("input, select")) return;
    event.preventDefault();
    if (event.key === "Escape") { kotak.focus(); return; }
    let lain = baris;
    do lain = event.key === "ArrowDown" ? lain.nextElementSibling : lain.previousElementSibling; while (lain && !lain.querySelector("button"));
    if (lain) lain.querySelector("button").focus(); else if (event.key === "ArrowUp") kotak.focus();
  });

  // --- figures and quorum, with what is not sent yet ---
  function bulat(x) { const f = Math.floor(x), d = x - f; return d < 0.5 || (d === 0.5 && f % 2 === 0) ? f : f + 1; }
  function gambarAngka() {
    const tempat = document.getElementById("angka-meja"), a = meja.daftar && meja.daftar.angka;
    if (!tempat || !a || a.hadir === undefined) return;
    const tambah = meja.milikSini().filter((b) => !b.kata && meja.pk.get(b.u) && !(meja.pk.get(b.u).h && meja.pk.get(b.u).h.di));
    const desa = new Set(tambah.map((b) => meja.pk.get(b.u).desa).filter((d) => a.desa_belum.includes(d)));
    const hadir = a.hadir + tambah.length, p = a.perempuan + tambah.filter((b) => b.jk === "P").length, d = a.desa_hadir + desa.size;
    const cukup = (a.desa ? bulat(100 * d / a.desa) : 100) >= a.kuorum, seimbang = (hadir ? bulat(100 * p / hadir) : 0) >= a.target;
    const tulisan = { hadir: hadir, perempuan: p + " (" + (hadir ? bulat(100 * p / hadir) : 0) + "%)", desa: d + " dari " + a.desa, kuorum: cukup && seimbang ? "kuorum tercapai" : cukup ? "target perempuan belum tercapai" : "kuorum belum tercapai" };
    Object.keys(tulisan).forEach(function (k) { tempat.querySelector("[data-a=" + k + "]").textContent = tulisan[k]; });
    tempat.hidden = false;
  }

  // --- what waits, what was refused or asked, what others left here ---
  function kotakAntre(kata, ...tombol) {
    const div = document.createElement("div");
    if (typeof kata === "string") div.textContent = kata + " "; else div.append(kata);
    div.append(...tombol);
    return div;
  }
  function ubah(b, baru) { meja.simpan(Object.assign({}, b, { kata: "", jadi: "", tanya: "", untuk: window.bagian.untuk }, baru)); gambar(); meja.kirimSemua(); }
  function lepas(b, tanya) {
    if (tanya && !window.confirm("Buang catatan kedatangan " + b.nama + " pukul " + pukul(b.t) + " dari perangkat ini? Di server belum tercatat.")) return;
    meja.buang(b.kunci);
    gambar();
  }
  function gambarAntre() {
    const tempat = document.getElementById("antrean-meja"), semua = meja.milikSini(), isi = [];
    const lain = semua.filter((b) => b.untuk !== window.bagian.untuk && !b.kata), n = semua.filter((b) => b.untuk === window.bagian.untuk && !b.kata).length;
    const asing = Array.from(meja.antre.values()).filter((b) => b.slug !== pintu.dataset.slug).length;
    const { putus, sebab, masuk } = meja.keadaan;
    if (sebab) {
      const html = document.createElement("div");
      html.innerHTML = sebab;
      isi.push(kotakAntre(html, buatTombol("Coba lagi", function () { meja.keadaan.sebab = ""; meja.kirimSemua(); kotak.focus(); })));
    }
    const kapan = sebab ? "." : masuk ? " dan dikirim sendiri setelah Anda masuk lagi." : " dan dikirim sendiri begitu tersambung.";
    const jangan = navigator.serviceWorker && navigator.serviceWorker.controller ? "" : " Jangan tutup atau muat ulang halaman ini sampai terkirim.";
    if (putus || (n && (sebab || masuk))) {
      isi.push(kotakAntre((putus ? "Sambungan terputus; meja ini tetap mencatat. " : "") + (n ? n + " kedatangan tersimpan di perangkat ini" + kapan : "") + jangan));
    }
    if (meja.rapuh && semua.length) isi.push(kotakAntre("Perangkat ini tidak dapat menyimpan. " + semua.length + " kedatangan hanya ada di halaman ini: jangan tutup, dan catat juga di daftar kertas."));
    if (lain.length) {
      isi.push(kotakAntre(lain.length + " kedatangan dicatat di perangkat ini oleh " + (lain[0].oleh || "orang lain") + " dan belum terkirim.",
        buatTombol("Kirim atas nama saya", () => { lain.forEach((b) => meja.simpan(Object.assign({}, b, { untuk: window.bagian.untuk }))); gambar(); meja.kirimSemua(); }),
        document.createTextNode(" Atau biarkan sampai ia masuk lagi.")));
    }
    if (asing) isi.push(kotakAntre(asing + " kedatangan Musrenbang lain menunggu di perangkat ini. Buka halaman Kehadiran Musrenbang itu untuk mengirimnya."));
    semua.filter((b) => b.kata).forEach(function (b) {
      const tombol = b.jadi === "tanya"
        ? [buatTombol("Orang lain, catat", () => ubah(b, { orang_lain: b.tanya })), buatTombol("Orang yang sama, tidak usah dicatat", () => lepas(b, false))]
        : [b.jadi === "lewat" ? buatTombol("Catat hadir sekarang", () => ubah(b, { t: Date.now() })) : buatTombol("Kirim lagi", () => ubah(b, {})), buatTombol("Buang catatan ini", () => lepas(b, true))];
      isi.push(kotakAntre(b.nama + ", " + pukul(b.t) + ": " + b.kata, ...tombol));
    });
    tempat.hidden = !isi.length;
    if (tempat.textContent !== isi.map((e) => e.textContent).join("")) tempat.replaceChildren(...isi);
  }
  function kabar(teks) {
    const tempat = document.getElementById("kabar-meja"), p = document.createElement("p");
    p.className = "mb-0";
    p.textContent = teks;
    tempat.hidden = false;
    tempat.prepend(p);
    while (tempat.children.length > 5) tempat.lastElementChild.remove();
  }
  // The desk that noted somebody first is told as well when another one did the same.
  function kabariMejaLain() {
    milik.forEach(function (sudahDikabari, pk) {
      const u = meja.pk.get(pk), lagi = (u && u.h && u.h.lagi) || [];
      if (lagi.length <= sudahDikabari) return;
      milik.set(pk, lagi.length);
      ingatMilik();
      const semua = [[u.h.jam, u.h.meja]].concat(lagi).map((k) => "pukul " + k[0] + (k[1] ? " di meja " + k[1] : "")).join(", lalu ");
      kabar(u.nama + " dicatat di lebih dari satu meja: " + semua + ". Tetap satu kehadiran.");
    });
  }
  function gambar() { gambarAngka(); gambarAntre(); tandai(); }
  document.addEventListener("meja-antre", gambar);
  document.addEventListener("meja-daftar", function () { gambar(); kabariMejaLain(); });
  document.addEventListener("meja-hasil", function (event) {
    const { hasil: h, butir } = event.detail;
    if (h.jadi === "hadir") { if (h.ragu) kabar(h.kata); return; }
    if (h.jadi === "ulang") milik.delete(butir.u);
    kabar(h.jadi === "ulang" ? h.kata : butir.nama + " belum tercatat di server; lihat di bawah kotak.");
    bunyi(NADA.ulang);
  });
  document.querySelectorAll("[data-tanpa-skrip]").forEach((e) => { e.hidden = true; });
  gambar();
  if (window.matchMedia("(pointer: fine)").matches) kotak.focus({ preventScroll: true });
})();
