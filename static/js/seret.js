// Order by drag; the arrows do the same without a mouse.
(function () {
  "use strict";
  document.querySelectorAll("[data-seret]").forEach(function (badan) {
    const form = document.getElementById(badan.dataset.seret);
    document.querySelectorAll("[data-arah]").forEach(function (b) {
      b.addEventListener("click", function () { form.elements.arah.value = b.dataset.arah; });
    });
    if (window.Sortable) window.Sortable.create(badan, { handle: ".pegangan", animation: 120, onEnd: function () { if (form.elements.cara) form.elements.cara.value = "seret"; form.requestSubmit(); } });
  });
})();
