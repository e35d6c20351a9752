// Codes by camera: the browser's own reader, or one that is fetched from this server on demand.
(function () {
  "use strict";
  document.querySelectorAll("[data-kamera]").forEach(function (tombol) {
    const wadah = document.getElementById("kamera"), video = wadah && wadah.querySelector("video"), kata = wadah && wadah.querySelector("[data-kata]");
    const TAHAN = 3000, dilihat = new Map(); // code -> when it was last in sight: it counts once until it was away
    let aliran = null;
    window.kamera = { terbaca: (isi) => terbaca(isi, Date.now()) };
    tombol.addEventListener("click", async function () {
      if (aliran) { berhenti(); return; }
      wadah.hidden = false;
      if (!navigator.mediaDevices) { kata.textContent = "Kamera tidak dapat dipakai di sini. Ketik kodenya di bawah."; return; }
      try { aliran = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }); }
      catch (tolak) { kata.textContent = "Kamera tidak dapat dibuka. Izinkan kamera di browser, atau ketik kodenya di bawah."; return; }
      video.srcObject = aliran;
      await video.play();
      cari(await pembaca());
    });
    function berhenti() { aliran.getTracks().forEach(function (t) { t.stop(); }); aliran = null; wadah.hidden = true; }
    async function pembaca() {
      if ("BarcodeDetector" in window) { const d = new window.BarcodeDetector({ formats: ["qr_code"] }); return async function () { const h = await d.detect(video); return h.length ? h[0].rawValue : ""; }; }
      if (!window.jsQR) await new Promise(function (ya) { const s = document.createElement("script"); s.src = tombol.dataset.jsqr; s.onload = ya; document.head.append(s); });
      const kanvas = document.createElement("canvas"), gambar = kanvas.getContext("2d", { willReadFrequently: true });
      return async function () {
        kanvas.width = video.videoWidth; kanvas.height = video.videoHeight;
        if (!kanvas.width) return "";
        gambar.drawImage(video, 0, 0);
        const h = window.jsQR(gambar.getImageData(0, 0, kanvas.width, kanvas.height).data, kanvas.width, kanvas.height);
        return h ? h.data : "";
      };
    }
    async function cari(baca) {
      if (!aliran) return;
      const isi = await baca();
      if (isi) terbaca(isi, Date.now());
      setTimeout(function () { cari(baca); }, 200);
    }
    // One guest after the other, nothing to touch: the desk answers as if a scanner had typed the code and Enter. A guest
    // about whom it asks (laki-laki or perempuan) is answered first; the next code waits before the camera.
    function terbaca(isi, kini) {
      const lagi = kini - (dilihat.get(isi) || 0) < TAHAN, kotak = document.getElementById("undangan"), pintu = document.getElementById("meja-pintu");
      if (!lagi && pintu && pintu.querySelector(".jawab-tanya button")) { kata.textContent = "Jawab dahulu pertanyaan di sebelah kotak, lalu tunjukkan kode berikutnya."; return; }
      dilihat.set(isi, kini);
      if (lagi) return;
      kata.textContent = "Kode terbaca: " + isi.split(":").pop() + ". Tunjukkan kode berikutnya.";
      kotak.value = isi;
      if (window.meja && window.meja.daftar) kotak.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
      else { kotak.value = isi.split(":").pop(); kotak.dispatchEvent(new Event("input", { bubbles: true })); }
    }
  });
})();
