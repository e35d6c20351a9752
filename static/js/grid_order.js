// Places in a group's grid: typed, dragged by the place, or moved with Alt and the arrows.
(function () {
  "use strict";
  const grid = window.kisi;
  if (!grid || !grid.form.dataset.urutan) return;
  const at = grid.kinds.indexOf("peringkat"), url = grid.form.dataset.urutan;
  let changed = false;

  const ranked = () => grid.rows().filter((row) => row.cells[at].textContent.trim());
  function arrange(data) {
    if (!data.urutan) return;
    grid.form.dataset.sidik = data.sidik;
    changed = false;
    const body = grid.table.tBodies[0], known = new Set(data.urutan.map(String));
    grid.rows().forEach((row) => { if (!known.has(grid.key(row))) row.cells[at].textContent = ""; });
    data.urutan.slice().reverse().forEach(function (pk) { body.prepend(document.getElementById("b" + pk)); });
    data.urutan.forEach(function (pk, i) { document.getElementById("b" + pk).cells[at].textContent = i + 1; });
  }
  function refresh() {
    return window.alat.minta(url, { headers: window.bagian.kepala("isian") }, 15000).then((answer) => answer.json()).then(arrange);
  }
  function move(row, place) {
    grid.enqueue(function () {
      return (changed ? refresh() : Promise.resolve()).then(function () {
        return grid.send(url, [["geser", grid.key(row)], ["tempat", place], ["sidik", grid.form.dataset.sidik]]);
      }).then(function (data) {
        arrange(data);
        grid.say(data.kabar);
        if (!data.ok) return refresh().then(() => grid.stand(row.cells[at]));
        grid.stand(row.cells[at]);
      });
    });
  }
  grid.form.addEventListener("kisi:berubah", function () { changed = true; });
  grid.form.addEventListener("kisi:tempat", function (event) {
    if (Number.isInteger(event.detail.place) && event.detail.place > 0) move(event.detail.row, event.detail.place);
    else grid.say("Peringkat ditulis dengan angka, misalnya 3.");
  });
  grid.table.addEventListener("keydown", function (event) {
    const row = event.target.closest("tr[id]"), by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!row || !event.altKey || !by) return;
    event.preventDefault();
    const place = ranked().indexOf(row) + 1;
    if (place) move(row, Math.max(1, place + by)); else grid.say("Hanya yang disepakati dan cadangan yang diberi peringkat.");
  });
  if (window.Sortable) {
    window.Sortable.create(grid.table.tBodies[0], {
      handle: "td:nth-child(2)", animation: 120,
      onEnd: function (event) {
        if (event.oldIndex === event.newIndex) return;
        if (!event.item.cells[at].textContent.trim()) { refresh(); return grid.say("Hanya yang disepakati dan cadangan yang diberi peringkat."); }
        move(event.item, ranked().indexOf(event.item) + 1);
      },
    });
  }
})();
