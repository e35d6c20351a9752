// Who sits where: with a hall full of people, a name is found by typing, and who has no seat yet can be shown alone.
(function () {
  "use strict";
  const saring = document.querySelector("[data-saring]"), daftar = saring && document.getElementById(saring.dataset.saring);
  if (!daftar) return;
  const cari = saring.querySelector("[type=search]"), kosong = saring.querySelector("[data-kosong]");
  const baris = Array.from(daftar.children);
  saring.hidden = false;
  function tampilkan() {
    const kata = cari.value.trim().toLocaleLowerCase("id");
    let n = 0;
    baris.forEach(function (b) {
      // Who was just given a seat stays in sight until the list is asked for anew.
      const cocok = b.querySelector("label").textContent.toLocaleLowerCase("id").includes(kata);
      b.hidden = !(cocok && (!kosong.checked || !b.querySelector("select").value));
      n += b.hidden ? 0 : 1;
    });
    document.getElementById("susunan-kosong").hidden = n > 0;
  }
  cari.addEventListener("input", tampilkan);
  kosong.addEventListener("change", tampilkan);
  cari.addEventListener("keydown", function (event) {
    if (event.key !== "Enter") return;
    event.preventDefault(); // not the whole form: to the seat of the first one found
    const pertama = baris.find(function (b) { return !b.hidden; });
    if (pertama) pertama.querySelector("select").focus();
  });
})();
