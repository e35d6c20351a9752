// The keyboard in tables: arrows between score cells, digits on the buttons of the open card.
(function () {
  "use strict";
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
    if (event.defaultPrevented || event.target.closest(".kisi, .papan-kisi")) return; // the grid has keys of its own
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    const tombol = /^[1-9u]$/.test(event.key) && document.querySelector(`[data-angka="${event.key}"]`);
    if (tombol) { event.preventDefault(); tombol.click(); }
  });
})();
