// The ballot: says how many are still to be picked, and lets it be sent only with exactly as many.
(function () {
  const form = document.querySelector("form[data-suara]");
  if (!form) return;
  const perlu = Number(form.dataset.suara), kata = form.querySelector("[data-terpilih]"), tombol = form.querySelector("button");
  function hitung() {
    const ada = form.querySelectorAll("input[name=pilihan]:checked").length, kurang = perlu - ada;
    kata.textContent = kurang > 0 ? "Pilih " + kurang + " kegiatan lagi." : kurang < 0 ? "Pilihan lebih " + -kurang + ". Hapus centang pada " + -kurang + " kegiatan." : "Sudah " + perlu + " kegiatan. Periksa, lalu kirim.";
    tombol.disabled = kurang !== 0;
  }
  form.addEventListener("change", hitung);
  hitung();
})();
