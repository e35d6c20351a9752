// The clock of the place, and the minutes of the running item.
(function () {
  "use strict";
  function detik() { window.alat.tampilkanWaktu(Date.now(), "lewat ", "text-danger"); }
  detik();
  setInterval(detik, 1000);
})();
