// Training mode: fill in a demo account with one click.
(function () {
  "use strict";
  document.querySelectorAll("[data-akun]").forEach(function (b) {
    b.addEventListener("click", function () {
      document.getElementById("id_username").value = b.dataset.akun;
      document.getElementById("id_password").value = b.dataset.sandi;
      document.querySelector("#form-masuk button").click();
    });
  });
})();
