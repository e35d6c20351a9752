// A grid over a form: one Tab stop, arrows, digits and initials; every cell is saved by itself and can be taken back for
// a minute. Without this script the form stays what it is: ticks, one reason, buttons.
(function () {
  "use strict";
  const form = document.getElementById("kisi");
  if (!form) return;
  const { kirim, minta } = window.alat;
  const table = form.querySelector("table.kisi"), bar = form.querySelector(".papan-kisi");
  const part = (name) => bar.querySelector(`[data-${name}]`);
  const heads = Array.from(table.tHead.rows[0].cells);
  const kinds = heads.map((th) => th.dataset.k || "");
  const outcome = kinds.includes("usul") ? "usul" : "keputusan", outcomeAt = kinds.indexOf(outcome);
  const reason = part("alasan"), code = reason.querySelector("select"), words = reason.querySelector("input");
  const STAYS = /^u-(disepakati|dengan_perubahan|cadangan)$/, OPEN = /^u-(|belum_dibahas)$/;
  const TYPED = ["volume", "biaya", "peringkat"], UNDO = 58000;
  const waiting = new Map(), undo = [];
  let pressed = null; // the click or key that asks for a row's form: whoever has no session is led to sign in
  let cell = null, queue = Promise.resolve(), busy = 0, pending = null, timer = 0;
  let again = null; // the last outcome that had a reason: one key gives it once more, and the button says which it is

  const rows = () => Array.from(table.querySelectorAll("tbody tr[id]"));
  const key = (row) => row.id.slice(1);
  const tick = (row) => row.querySelector("input[name=baris]");
  const version = (row) => tick(row).value.split("-")[1];
  const ticked = () => rows().filter((row) => tick(row) && tick(row).checked);
  const kind = (td) => kinds[td.cellIndex];
  const number = (row) => row.cells[0].textContent.trim();
  const say = (text) => {
    const box = part("kabar");
    box.textContent = text;
    if (!/muat ulang/i.test(text)) return;
    const link = Object.assign(document.createElement("a"), { href: "", className: "btn btn-garis btn-sm", textContent: "Muat ulang" });
    box.append(" ", link);
  };

  // --- one Tab stop, remembered ---
  function prepare(row) {
    row.querySelectorAll("a, input").forEach((e) => { e.tabIndex = -1; });
  }
  function stand(td, quiet) {
    if (!td) return;
    if (cell) { cell.removeAttribute("tabindex"); cell.parentElement.removeAttribute("aria-selected"); }
    cell = td;
    td.tabIndex = 0;
    td.parentElement.setAttribute("aria-selected", "true");
    if (!quiet) td.focus();
    aim();
  }
  function aim() {
    const row = cell && cell.parentElement, scoring = cell && kind(cell).startsWith("n:");
    part("skor").hidden = !scoring || ticked().length > 0;
    const title = row && row.cells[titleAt()];
    if (!ticked().length && title && title.firstElementChild) {
      part("sasaran").textContent = "No. " + number(row) + ": " + title.firstElementChild.textContent;
    }
  }
  const titleAt = () => heads.findIndex((th) => th.textContent.trim() === "Kegiatan");
  function step(td, down, right) {
    const list = rows(), at = list.indexOf(td.parentElement);
    const row = list[Math.max(0, Math.min(list.length - 1, at + down))];
    stand(row.cells[Math.max(0, Math.min(row.cells.length - 1, td.cellIndex + right))]);
  }
  function nextOpen(row) {
    const list = rows(), at = list.indexOf(row);
    const open = (r) => tick(r) && OPEN.test(r.classList[0] || "u-");
    return list.slice(at + 1).find(open) || list.slice(0, at).find(open) || list[at + 1] || row;
  }
  function nextScore(td) {
    if ((kinds[td.cellIndex + 1] || "").startsWith("n:")) return td.nextElementSibling;
    const list = rows(), row = list.slice(list.indexOf(td.parentElement) + 1).find((r) => STAYS.test(r.classList[0]));
    return row ? row.cells[kinds.findIndex((k) => k.startsWith("n:"))] : td;
  }

  // --- saving: one request after the other, each with the version that its row has then ---
  function show(row, column, text) {
    let td = row.cells[kinds.indexOf(column)];
    if (column === "terima") td = row.cells[outcomeAt], td.textContent = "menunggu";
    else if (column === outcome) {
      const button = bar.querySelector(`[name=keputusan][value="${text}"]`);
      td.textContent = button ? button.dataset.kata : "belum";
      row.className = "u-" + text;
    } else td.textContent = text;
    td.classList.add("menyimpan");
  }
  function save(row, column, value, more) {
    const pk = key(row), before = row.outerHTML, item = { column: column, value: value };
    waiting.set(pk, (waiting.get(pk) || []).concat(item));
    show(row, column, value);
    enqueue(function () {
      if (!(waiting.get(pk) || []).includes(item)) return null; // dropped: somebody else changed the row
      const now = document.getElementById("b" + pk);
      const body = Object.assign({ baris: pk, versi: version(now), kolom: column, nilai: value }, more);
      return send(form.dataset.sel, Object.entries(body)).then(function (data) {
        waiting.set(pk, data.ok ? waiting.get(pk).filter((i) => i !== item) : []);
        if (!data.baris) replace(pk, before);
        apply(data);
        // The row shows what is stored now; what was typed must not be lost with it.
        if (!data.ok && TYPED.includes(column)) say((data.kabar || "") + " Yang tadi Anda ketik: " + value + ".");
        if (data.tanya && window.confirm(data.tanya + "\n\nSimpan jumlah ini?")) {
          save(document.getElementById("b" + pk), column, value, Object.assign({}, more, { dipastikan: data.jumlah }));
        }
      });
    });
  }
  function enqueue(job) {
    busy += 1;
    form.dataset.menyimpan = busy;
    queue = queue.then(job).catch(function () { say("Belum tersimpan. Muat ulang halaman, lalu coba lagi."); })
      .then(function () { busy -= 1; form.dataset.menyimpan = busy; });
    return queue;
  }
  function send(url, pairs) {
    return kirim(url, pairs, window.bagian.kepala("isian")).then(function (answer) {
      return answer.text().then(function (text) {
        if (!(answer.headers.get("Content-Type") || "").includes("json")) throw { html: window.bagian.sebab(answer, text) };
        window.bagian.pulih();
        return Object.assign(JSON.parse(text), { ok: answer.ok });
      });
    }).catch(function (trouble) {
      window.bagian.gangguan(trouble.html || window.bagian.sebab(null, ""));
      return { ok: false, kabar: "Belum tersimpan." };
    });
  }
  function replace(pk, html) {
    const old = document.getElementById("b" + pk), box = document.createElement("template");
    box.innerHTML = html;
    const row = box.content.firstElementChild, at = cell && cell.parentElement === old ? cell.cellIndex : -1;
    const held = at >= 0 && old.contains(document.activeElement) && !old.querySelector(".kisi-isian");
    const place = kinds.indexOf("peringkat");
    if (place >= 0 && !row.cells[place].textContent) row.cells[place].textContent = old.cells[place].textContent;
    prepare(row);
    if (tick(row) && tick(old)) tick(row).checked = tick(old).checked;
    if (old.querySelector(".kisi-isian")) { // somebody types in it: the row is drawn anew once that is saved
      if (tick(row) && tick(old)) tick(old).value = tick(row).value;
      return;
    }
    old.replaceWith(row);
    row.classList.add("baru");
    (waiting.get(pk) || []).forEach((i) => show(row, i.column, i.value));
    if (at >= 0) stand(row.cells[at], !held);
  }
  function apply(data) {
    Object.entries(data.baris || {}).forEach(([pk, html]) => replace(pk, html));
    Object.entries(data.bagian || {}).forEach(function ([id, html]) {
      const place = document.getElementById(id);
      if (place) place.innerHTML = html;
    });
    if (data.kabar) say(data.kabar);
    if (data.ok === false && data.kabar) bar.classList.add("ditolak"); else bar.classList.remove("ditolak");
    if (data.urung) remember(data.urung);
    if (part("tanpa") && data.tanpa !== undefined) { part("tanpa").firstElementChild.textContent = data.tanpa; part("tanpa").hidden = !data.tanpa; }
    if (part("sisa") && data.sisa !== undefined) { part("sisa").textContent = data.sisa; part("semua").hidden = !data.sisa; }
    form.dispatchEvent(new CustomEvent("kisi:berubah", { bubbles: true }));
  }

  // --- taking back ---
  function remember(sign) {
    const item = { sign: sign };
    undo.push(item);
    setTimeout(function () { undo.splice(undo.indexOf(item), 1); part("urungkan").hidden = !undo.length; }, UNDO);
    part("urungkan").hidden = false;
  }
  function takeBack() {
    const item = undo[undo.length - 1];
    if (!item) return say("Tidak ada lagi yang dapat diurungkan.");
    item.sign && enqueue(function () {
      const sign = item.sign;
      item.sign = "";
      undo.splice(undo.indexOf(item), 1);
      part("urungkan").hidden = !undo.length;
      return send(form.dataset.urung, [["urung", sign]]).then(apply);
    });
  }

  // --- outcomes ---
  function decide(value) {
    const many = ticked();
    if (value === "dengan_perubahan") {
      if (!cell || many.length) return say("Perubahan diisi di barisnya: pilih sel volume atau biaya, lalu Enter.");
      if (form.dataset.formulir) return openForm(cell.parentElement);
      return edit(cell.parentElement.cells[kinds.indexOf("biaya")]);
    }
    const row = cell && cell.parentElement;
    if (!many.length && (!row || !tick(row))) return say("Pilih dahulu kegiatannya.");
    withReason(value === "cadangan" || value === "belum_disepakati", function (why) {
      if (why.alasan) remembered(value, why);
      if (many.length) return sendMany(value, why, many);
      give(row, value, why);
    });
  }
  function give(row, value, why) {
    const next = nextOpen(row);
    save(row, value === "usul" ? "terima" : outcome, value, why);
    stand(next.cells[cell.cellIndex === titleAt() ? titleAt() : outcomeAt]);
  }
  function remembered(value, why) {
    const button = part("lagi"), title = bar.querySelector(`[name=keputusan][value="${value}"]`).dataset.kata;
    if (!button) return;
    again = { value: value, why: why };
    button.lastElementChild.textContent = title + ": " + why.alasan;
    button.hidden = false;
  }
  function repeat() {
    const many = ticked(), row = cell && cell.parentElement;
    if (!again || (!many.length && (!row || !tick(row)))) return say("Belum ada keputusan beralasan untuk diulang.");
    if (many.length) return sendMany(again.value, again.why, many);
    give(row, again.value, again.why);
  }
  // The whole row as a form, in its place: every value of a decision with changes.
  function openForm(row) {
    window.htmx.ajax("GET", form.dataset.formulir.replace("/0/", "/" + key(row) + "/"), { target: "#" + row.id, swap: "outerHTML", event: pressed });
  }
  document.body.addEventListener("htmx:afterSettle", function (event) {
    const row = document.getElementById(event.detail.target.id);
    if (!row || !table.contains(row)) return;
    if (!tick(row)) { const field = row.querySelector("select, input:not([type=hidden])"); if (field) field.focus(); return; }
    prepare(row);
    row.classList.add("baru");
    stand(row.cells[outcomeAt]);
    minta(form.dataset.angka, { headers: window.bagian.kepala("isian") }, 15000).then((answer) => answer.json()).then(apply)
      .catch(() => say("Jumlahnya belum diperbarui; muat ulang halaman."));
  });
  // Until the answer is there, no second bulk: the next click of a hurried hand would ask about nothing and hide the answer.
  let bulk = false;
  function sendMany(value, why, many) {
    if (bulk) return;
    bulk = true;
    const pairs = [["keputusan", value], ...Object.entries(why)];
    if (many) many.forEach((row) => pairs.push(["baris", tick(row).value])); else pairs.push(["semua", "1"]);
    enqueue(() => send(form.action, pairs).then(function (data) {
      if (data.ok && many) many.forEach((row) => { const box = tick(document.getElementById(row.id)); if (box) box.checked = false; });
      apply(data);
      count();
    })).then(function () { bulk = false; });
    if (cell) stand(cell);
  }
  function withReason(needed, act) {
    if (!needed) return act({});
    pending = act;
    reason.hidden = false;
    part("simpan-alasan").hidden = false;
    (code.value && words.value ? words : code).focus();
  }
  function confirmReason() {
    if (!code.value || words.value.trim().length < 5) return say("Pilih alasan singkat dan tuliskan penjelasannya dalam satu kalimat.");
    const act = pending;
    pending = null;
    reason.hidden = true;
    if (act) act({ alasan_kode: code.value, alasan: words.value.trim() });
  }
  function cancelReason() {
    pending = null;
    reason.hidden = true;
    document.querySelectorAll(".menyimpan").forEach((td) => { if (td.dataset.semula !== undefined) restore(td); });
    if (cell) stand(cell);
  }

  // --- typing into a cell ---
  function edit(td, first) {
    if (!TYPED.includes(kind(td)) || !tick(td.parentElement) || td.querySelector("input")) return;
    stand(td);
    const input = document.createElement("input"), shown = (td.firstChild ? td.firstChild.textContent : "").replace(/^Rp\s*/, "");
    const old = (shown.match(/^[\d.,]+/) || [""])[0];
    td.dataset.semula = td.innerHTML;
    input.className = "form-control form-control-sm kisi-isian";
    input.inputMode = "decimal";
    input.value = first || old;
    input.setAttribute("aria-label", heads[td.cellIndex].textContent.trim() + " nomor " + number(td.parentElement));
    td.replaceChildren(input);
    input.focus();
    if (!first) input.select();
    // Taking a focused field out of the page blurs it: what ended it once is not ended again.
    let ended = false;
    const end = function (how) { if (!ended) { ended = true; how(); } };
    input.addEventListener("keydown", function (event) {
      event.stopPropagation();
      if (event.key === "Escape") end(function () { restore(td); stand(td); });
      if (event.key === "Enter") { event.preventDefault(); end(() => typed(td, input, old)); }
    });
    input.addEventListener("blur", function () { if (td.contains(input)) end(() => typed(td, input, old, true)); });
  }
  function restore(td) {
    td.innerHTML = td.dataset.semula;
    delete td.dataset.semula;
    td.classList.remove("menyimpan");
  }
  function typed(td, input, old, left) {
    const value = input.value.trim(), row = td.parentElement, column = kind(td);
    if (value === old) { restore(td); if (!left) stand(td); return; }
    if (column === "peringkat") {
      restore(td);
      stand(td);
      form.dispatchEvent(new CustomEvent("kisi:tempat", { detail: { row: row, place: Number(value) } }));
      return;
    }
    const before = td.dataset.semula;
    td.textContent = value;
    td.dataset.semula = before;
    td.classList.add("menyimpan");
    withReason(!row.classList.contains("u-dengan_perubahan"), function (why) {
      restore(td);
      save(row, column, value, why);
      stand(document.getElementById(row.id).cells[td.cellIndex]);
    });
  }

  // --- keys ---
  // A row that is open as a form has its own fields and keys.
  function cellOf(event) {
    const td = event.target.closest("td");
    return td && td.parentElement.id && !td.parentElement.matches(".sunting") ? td : null;
  }
  table.addEventListener("keydown", function (event) {
    const td = cellOf(event);
    if (!td || event.target.matches(".kisi-isian") || event.altKey) return;
    const go = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], PageDown: [8, 0], PageUp: [-8, 0],
      Home: event.ctrlKey ? [-9999, -99] : [0, -99], End: event.ctrlKey ? [9999, 99] : [0, 99] }[event.key];
    if (go) { event.preventDefault(); return step(td, go[0], go[1]); }
    if (event.ctrlKey && event.key === "z") { event.preventDefault(); return takeBack(); }
    if (event.ctrlKey || event.metaKey) return;
    pressed = event;
    if (handle(td, event.key)) event.preventDefault();
  });
  function handle(td, key) {
    const column = kind(td), row = td.parentElement, small = key.toLowerCase();
    if (key === " ") { if (tick(row)) { tick(row).checked = !tick(row).checked; count(); } return true; }
    if (key === "Enter" || key === "F2") {
      if (TYPED.includes(column)) edit(td); else if (key === "Enter" && td.cellIndex === titleAt()) td.querySelector("a").click();
      return true;
    }
    if (column.startsWith("n:") && tick(row)) {
      if (/^[1-5]$/.test(key)) { const next = nextScore(td); save(row, column, key); stand(next); return true; }
      if (key === "Delete" || key === "Backspace") { save(row, column, ""); return true; }
    }
    if (TYPED.includes(column) && /^\d$/.test(key)) { edit(td, key); return true; }
    if (small === "u") { takeBack(); return true; }
    if (small === "0" && part("lagi")) { repeat(); return true; }
    if ((key === "Delete" || key === "Backspace") && column === "usul") { decide(""); return true; }
    const button = small.length === 1 && Array.from(bar.querySelectorAll("[data-tuts]")).find((b) => b.dataset.tuts.includes(small));
    if (button && !button.hidden) { decide(button.value); return true; }
    return false;
  }
  reason.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.target !== part("simpan-alasan")) { event.preventDefault(); if (pending) confirmReason(); }
    if (event.key === "Escape") cancelReason();
  });

  // --- mouse and touch ---
  table.addEventListener("mousedown", function (event) {
    const td = cellOf(event);
    if (!td || event.target.closest("a, input, label")) return;
    if (event.detail > 1) { event.preventDefault(); return edit(td); }
    event.preventDefault();
    if (document.activeElement.matches(".kisi-isian")) document.activeElement.blur();
    stand(td);
  });
  table.addEventListener("change", function (event) {
    const group = event.target.closest("[data-centang]");
    if (group) group.closest("tbody").querySelectorAll("tr[id]").forEach((row) => { if (tick(row) && OPEN.test(row.classList[0])) tick(row).checked = group.checked; });
    count();
  });
  bar.addEventListener("click", function (event) {
    const button = event.target.closest("button");
    if (!button) return;
    pressed = event;
    event.preventDefault();
    if (button === part("urungkan")) takeBack();
    else if (button === part("simpan-alasan")) confirmReason();
    else if (button === part("lagi")) repeat();
    else if (button === part("semua")) sendMany("disepakati", {}, null);
    else if (button.dataset.nilai) { handle(cell, button.dataset.nilai); }
    else decide(button.value);
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); event.stopPropagation(); });

  // --- what is ticked, against each ceiling, in the server's own figures ---
  function count() {
    clearTimeout(timer);
    const list = ticked();
    aim();
    if (!list.length) return;
    part("sasaran").textContent = list.length + " dicentang.";
    timer = setTimeout(function () {
      const query = new URLSearchParams(list.map((row) => ["baris", key(row)]));
      minta(form.dataset.hitung + "?" + query, { headers: window.bagian.kepala("isian") }, 15000)
        .then((answer) => answer.ok && answer.text().then((html) => { if (ticked().length) part("sasaran").innerHTML = html; }))
        .catch(() => say("Jumlah yang dicentang belum terbaca; sambungan terputus."));
    }, 150);
  }

  window.addEventListener("beforeunload", function (event) { if (busy) event.preventDefault(); });
  table.setAttribute("role", "grid");
  rows().forEach(prepare);
  reason.hidden = true;
  bar.querySelectorAll("[data-ubah]").forEach((b) => { b.hidden = false; });
  window.kisi = { form: form, table: table, kinds: kinds, rows: rows, key: key, say: say, send: send, enqueue: enqueue, stand: stand };
  const first = rows().find((row) => tick(row) && OPEN.test(row.classList[0] || "u-")) || rows()[0];
  if (first) stand(first.cells[outcomeAt], true);
  if (first && window.matchMedia("(max-width: 640px)").matches && rows().indexOf(first) > 2) first.scrollIntoView({ block: "center" });
})();
