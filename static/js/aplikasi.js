// Small things that make a form safe and a table quick. Everything works without them.
(function () {
  "use strict";

  const { token } = window.alat;

  // A form that is still open takes the token of this moment with it.
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

  // On a phone the filters of a list fold, unless they are in use.
  if (window.matchMedia("(max-width: 640px)").matches) {
    document.querySelectorAll("main form.saring[role=search]").forEach(function (form) {
      const details = document.createElement("details"), summary = document.createElement("summary");
      details.className = "saring-lipat";
      details.open = location.search !== "";
      summary.textContent = "Cari dan filter";
      form.before(details);
      details.append(summary, form);
    });
  }

  // On a phone the current tab may lie outside the strip.
  document.querySelectorAll(".tab-acara [aria-current], .tab-dalam [aria-current]").forEach(function (tab) {
    tab.parentElement.scrollLeft = tab.offsetLeft - 24;
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-cetak]")) window.print();
    if (event.target.matches("[data-salin]")) event.target.select();
  });

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
  });
  document.body.addEventListener("htmx:afterSwap", hitung);

  // Leaving a page with unsaved typing asks first.
  window.addEventListener("beforeunload", function (event) {
    if (document.querySelector("form[data-jaga][data-kotor]")) event.preventDefault();
  });
})();
