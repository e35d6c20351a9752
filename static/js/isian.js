// What a typed day, hour or sum is read as, said beside its field while it is typed. The server reads it anew by the same
// rules (musrenbang/reading.py); tests/e2e/test_typed.py compares both.
(function () {
  "use strict";

  const HARI = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"];
  const BULAN = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];
  const LAIN = [["january"], ["pebruari", "february"], ["march"], [], ["may"], ["june"], ["july"], ["agt", "august"], [], ["october"], ["nopember"], ["december"]];
  const KALI = { ribu: 3, rb: 3, juta: 6, jt: 6, jta: 6, miliar: 9, milyar: 9, m: 9 };
  const UANG = /^[±~]?\s*(?:kurang lebih|sekitar|kl\.?|\+\/-)?\s*(?:rp\.?|idr)?\s*[±~:]?\s*(\d[\d.,\s]*?)\s*(?:,-+|\.-+|-+|[;:])?\s*(ribu|rb|juta|jta|jt|miliar|milyar|m)?\s*(?:rupiah)?\s*\.?\s*(?:,-+)?$/i;

  function titik(angka) { return String(angka).replace(/\B(?=(\d{3})+$)/g, "."); }

  // Digits with a point before the fraction; null when it cannot be told.
  function angka(teks) {
    teks = teks.replace(/^[ .,]+|[ .,]+$/g, "");
    if (/\d\s+\d/.test(teks) && !/^\d{1,3}(\s\d{3})+([.,]\d+)?$/.test(teks)) return null;
    teks = teks.replace(/\s/g, "").replace(/^[.,]+|[.,]+$/g, "");
    if (/^[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/.test(teks)) return teks.replace(/\./g, "").replace(",", ".");
    if (/^[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(teks)) return teks.replace(/,/g, "");
    if (/^\d+,\d+$/.test(teks)) return teks.replace(",", ".");
    return /^\d+(\.\d+)?$/.test(teks) ? teks : null;
  }
  function rupiah(teks) {
    if (teks.trim().length > 40) return null;
    const cocok = UANG.exec(teks.replace(/\([a-z ,.]*\)/gi, "").trim()), dibaca = cocok && angka(cocok[1]);
    if (!dibaca) return null;
    const bagian = dibaca.split("."), pecahan = bagian[1] || "", nol = KALI[(cocok[2] || "").toLowerCase()] || 0;
    const besar = BigInt(bagian[0] + pecahan) * 10n ** BigInt(nol), skala = 10n ** BigInt(pecahan.length);
    let nilai = besar / skala;
    const sisa = (besar % skala) * 2n;
    if (sisa > skala || (sisa === skala && nilai % 2n === 1n)) nilai += 1n; // halves to the even one, as the server does
    if (nilai <= 0n || nilai >= 10n ** 15n) return null;
    return nilai < 1000n && /\d\s*[.,]\s*\d/.test(teks) ? null : nilai;
  }
  function bulan(teks) {
    if (/^\d+$/.test(teks)) return Number(teks);
    return BULAN.findIndex(function (b, i) { return [b.toLowerCase()].concat(LAIN[i]).some(function (n) { return n.startsWith(teks); }); }) + 1;
  }
  // { hari, teks } of a day; { salah } when no calendar has it or another weekday stands before it; null when it cannot be told.
  function tanggal(teks, tahun) {
    const kata = /^(?:([a-z']+)[\s,]+)?(.*)$/.exec(teks.trim().toLowerCase().replace(/\s+/g, " "));
    if (!kata) return null;
    const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(kata[2]);
    const biasa = /^(\d{1,2})[\s.,/-]+(\d{1,2}|[a-z]{3,})\.?(?:[\s.,/-]+(\d{4}|\d{2}))?$/.exec(kata[2]);
    if (!iso && !biasa) return null;
    const y = iso ? iso[1] : biasa[3] || String(tahun), m = bulan(iso ? iso[2] : biasa[2]), d = Number(iso ? iso[3] : biasa[1]);
    const penuh = Number(y) + (y.length === 2 ? 2000 : 0), hari = new Date(Date.UTC(penuh, m - 1, d));
    const sebut = (kata[1] || "").replace(/'/g, ""), lain = HARI.find(function (h) { return h.toLowerCase() === sebut; });
    if (m < 1 || m > 12 || (sebut && !lain)) return null;
    if (penuh < 1900 || penuh > 2100) return { salah: "Tahun " + penuh + " di luar 1900 sampai 2100. Periksa tahunnya." };
    if (hari.getUTCMonth() !== m - 1 || hari.getUTCDate() !== d) return { salah: BULAN[m - 1] + " " + penuh + " tidak punya tanggal " + d + "." };
    const nama = HARI[hari.getUTCDay()], tulis = d + " " + BULAN[m - 1] + " " + penuh;
    if (lain && lain !== nama) return { salah: tulis + " jatuh pada hari " + nama + ", bukan " + lain + "." };
    return { hari: nama, teks: tulis };
  }
  function jam(teks) {
    const cocok = /^(?:pukul|jam|pkl\.?)?\s*(\d{1,2})(?:[.:,](\d{2})(?:[.:]\d{2})?|(\d{2}))?\s*(?:wib|wita|wit)?$/.exec(teks.trim().toLowerCase());
    const j = cocok && Number(cocok[1]), m = cocok && Number(cocok[2] || cocok[3] || 0);
    return cocok && j < 24 && m < 60 ? String(j).padStart(2, "0") + "." + String(m).padStart(2, "0") : null;
  }

  // What is said beside the field: "" when the text says it all, null when it cannot be read.
  function dibaca(el) {
    const teks = el.value, jenis = el.dataset.isian;
    if (!teks.trim()) return "";
    if (jenis === "tanggal") {
      const t = tanggal(teks, Number(el.dataset.tahun));
      return t && (t.salah || (t.teks === teks ? t.hari : t.hari + ", " + t.teks));
    }
    const hasil = jenis === "jam" ? jam(teks) : rupiah(teks);
    if (hasil === null) return null;
    const tulis = jenis === "jam" ? hasil : titik(hasil);
    return tulis === teks ? "" : jenis === "jam" ? tulis : "Rp" + tulis;
  }
  function tempat(el) {
    const sesudah = el.nextElementSibling;
    if (sesudah && sesudah.matches("output.terbaca")) return sesudah;
    const baru = document.createElement("output");
    baru.className = "terbaca";
    el.after(baru);
    return baru;
  }
  function sebutkan(el, selesai) {
    const kata = dibaca(el), di = tempat(el);
    di.textContent = kata === null ? (selesai ? "Belum terbaca. Misalnya " + el.placeholder.replace("misalnya ", "") + "." : "") : kata;
    di.classList.toggle("ragu", kata === null && selesai);
  }

  // A phone shows digits alone for a sum: its units are one tap.
  const sentuh = window.matchMedia("(pointer: coarse)").matches;
  document.addEventListener("focusin", function (event) {
    const el = event.target;
    if (!sentuh || !el.matches || !el.matches("[data-isian=rupiah]") || el.dataset.bersatuan) return;
    el.dataset.bersatuan = "1";
    const baris = document.createElement("span");
    baris.className = "satuan-uang";
    ["ribu", "juta", "miliar"].forEach(function (satuan) {
      const tombol = document.createElement("button");
      tombol.type = "button";
      tombol.className = "btn btn-garis btn-sm";
      tombol.textContent = satuan;
      tombol.addEventListener("click", function () {
        el.value = el.value.replace(/\s*[a-z]+\s*$/i, "") + " " + satuan;
        el.dispatchEvent(new Event("input", { bubbles: true }));
        el.dispatchEvent(new Event("change", { bubbles: true }));
      });
      baris.append(tombol);
    });
    tempat(el).after(baris);
  });
  document.addEventListener("input", function (event) { if (event.target.matches("[data-isian]")) sebutkan(event.target, false); });
  document.addEventListener("change", function (event) { if (event.target.matches("[data-isian]")) sebutkan(event.target, true); });
  window.isian = { rupiah: rupiah, tanggal: tanggal, jam: jam };
})();
