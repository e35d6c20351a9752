// The guide of training mode stays open from page to page for who opened it, until the demo is made anew: the stamp of
// the account is then another one. What was done stands in the record, never here.
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    const pandu = document.querySelector("details[data-pandu]");
    if (!pandu) return;
    const nama = "pandu-" + document.body.dataset.untuk, { baca, tulis } = window.alat;
    pandu.addEventListener("toggle", function () { tulis(nama, pandu.open ? pandu.dataset.pandu : null); });
    if (baca(nama) === pandu.dataset.pandu) pandu.open = true;
  });
})();
