// The service worker of the desk: keeps the page of the desk without anybody's data, and its scripts, so that the page
// opens while the network is away. It answers for the desk's own address alone; lists and arrivals never pass its store.
"use strict";
const GUDANG = "musrenbang-meja", TEMPAT = new URL(self.registration.scope).pathname, LURING = TEMPAT + "luring/";

async function siapkan() {
  const gudang = await caches.open(GUDANG + TEMPAT), jawab = await fetch(LURING, { cache: "reload", redirect: "error", signal: AbortSignal.timeout(15000) });
  if (!jawab.ok) throw new Error("halaman meja");
  const teks = await jawab.clone().text();
  const berkas = Array.from(teks.matchAll(/(?:src|href)="([^"]*\/static\/[^"]+|\/static\/[^"]+)"/g), (m) => m[1]);
  await gudang.addAll(Array.from(new Set(berkas)));
  await gudang.put(LURING, jawab);
}
self.addEventListener("install", (event) => { event.waitUntil(siapkan().then(() => self.skipWaiting())); });
self.addEventListener("activate", (event) => { event.waitUntil(self.clients.claim()); });
self.addEventListener("message", (event) => {
  if (event.data === "segarkan") event.waitUntil(siapkan().catch(() => null));
});

// From the network, and from the store when that does not answer in time.
async function ambil(permintaan, disimpan, milidetik) {
  const henti = new AbortController(), batas = setTimeout(() => henti.abort(), milidetik);
  try {
    return await fetch(permintaan, { signal: henti.signal });
  } catch (putus) {
    return (await caches.match(disimpan)) || Response.error();
  } finally {
    clearTimeout(batas);
  }
}
self.addEventListener("fetch", (event) => {
  const alamat = new URL(event.request.url);
  if (event.request.method !== "GET" || alamat.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") {
    if (alamat.pathname === TEMPAT || alamat.pathname === LURING) event.respondWith(ambil(event.request, LURING, 5000));
  } else if (alamat.pathname.startsWith("/static/")) {
    event.respondWith(ambil(event.request, event.request, 15000));
  }
});
