/* Ed25519 (RFC 8032) with SHA-512 and SHA-256, in plain JavaScript: a saved page and the Wi-Fi of a hall (http) have no
   crypto.subtle. Checked in the browser with the vectors of the RFC (tests/e2e/test_proof.py). Not constant in time:
   it signs on a person's own telephone, for nobody who could measure it. */
(function (luar) {
  "use strict";
  const P = 2n ** 255n - 19n;
  const L = 2n ** 252n + 27742317777372353535851937790883648493n;
  const mod = (a, m = P) => ((a % m) + m) % m;
  function power(a, e) {
    let r = 1n;
    for (a = mod(a); e; e >>= 1n, a = (a * a) % P) if (e & 1n) r = (r * a) % P;
    return r;
  }
  const inverse = (a) => power(a, P - 2n);
  const D = mod(-121665n * inverse(121666n));
  const AKAR = power(2n, (P - 1n) / 4n);

  // Points in extended coordinates [X, Y, Z, T].
  function add(p, q) {
    const a = mod((p[1] - p[0]) * (q[1] - q[0])), b = mod((p[1] + p[0]) * (q[1] + q[0]));
    const c = mod(2n * p[3] * q[3] * D), d = mod(2n * p[2] * q[2]);
    const e = b - a, f = d - c, g = d + c, h = b + a;
    return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
  }
  function times(s, p) {
    let r = [0n, 1n, 1n, 0n];
    for (; s; s >>= 1n, p = add(p, p)) if (s & 1n) r = add(r, p);
    return r;
  }
  const same = (p, q) => mod(p[0] * q[2] - q[0] * p[2]) === 0n && mod(p[1] * q[2] - q[1] * p[2]) === 0n;
  function recover(y, tanda) {
    if (y >= P) return null;
    const x2 = mod((y * y - 1n) * inverse(D * y * y + 1n));
    if (x2 === 0n) return tanda ? null : 0n;
    let x = power(x2, (P + 3n) / 8n);
    if (mod(x * x - x2)) x = mod(x * AKAR);
    if (mod(x * x - x2)) return null;
    return x % 2n === BigInt(tanda) ? x : P - x;
  }
  function little(b) {
    let n = 0n;
    for (let i = b.length - 1; i >= 0; i--) n = n * 256n + BigInt(b[i]);
    return n;
  }
  function bytes(n, banyak) {
    const b = new Uint8Array(banyak);
    for (let i = 0; i < banyak; i++, n >>= 8n) b[i] = Number(n & 255n);
    return b;
  }
  function point(b) {
    const n = little(b), tanda = Number(n >> 255n), y = n & ((1n << 255n) - 1n), x = recover(y, tanda);
    return x === null ? null : [x, y, 1n, mod(x * y)];
  }
  function packed(p) {
    const z = inverse(p[2]), x = mod(p[0] * z), y = mod(p[1] * z);
    return bytes(y | ((x & 1n) << 255n), 32);
  }
  const BY = mod(4n * inverse(5n)), B = [recover(BY, 0), BY, 1n, mod(recover(BY, 0) * BY)];

  function join(...semua) {
    const r = new Uint8Array(semua.reduce((n, b) => n + b.length, 0));
    let i = 0;
    for (const b of semua) { r.set(b, i); i += b.length; }
    return r;
  }

  // SHA-2: the constants are the first bits of the roots of the first primes, computed here, in whole numbers.
  function primes(banyak) {
    const r = [];
    for (let n = 2; r.length < banyak; n++) if (r.every((p) => n % p)) r.push(n);
    return r;
  }
  function fraction(p, pangkat, bit) {
    const n = BigInt(p) << BigInt(pangkat * bit);
    let a = 0n, z = 1n << BigInt(bit + 8);
    while (z - a > 1n) { const t = (a + z) >> 1n; if (t ** BigInt(pangkat) <= n) a = t; else z = t; }
    return a & ((1n << BigInt(bit)) - 1n);
  }
  function family(bit, putaran, geser) {
    const W = BigInt(bit), M = (1n << W) - 1n, blok = bit * 2, kata = bit / 8, prima = primes(putaran);
    const K = prima.map((p) => fraction(p, 3, bit)), H = prima.slice(0, 8).map((p) => fraction(p, 2, bit));
    const rot = (x, n) => ((x >> n) | (x << (W - n))) & M;
    const [a1, a2, a3, b1, b2, b3, c1, c2, c3, d1, d2, d3] = geser.map(BigInt);
    return function (pesan) {
      const isi = new Uint8Array(Math.ceil((pesan.length + 1 + kata * 2) / blok) * blok);
      isi.set(pesan);
      isi[pesan.length] = 128;
      isi.set(bytes(BigInt(pesan.length) * 8n, 8).reverse(), isi.length - 8);
      let h = H.slice();
      for (let o = 0; o < isi.length; o += blok) {
        const w = [];
        for (let i = 0; i < 16; i++) w.push(little(isi.slice(o + i * kata, o + (i + 1) * kata).reverse()));
        for (let i = 16; i < putaran; i++) {
          const x = w[i - 15], y = w[i - 2];
          w.push((w[i - 16] + (rot(x, a1) ^ rot(x, a2) ^ (x >> a3)) + w[i - 7] + (rot(y, b1) ^ rot(y, b2) ^ (y >> b3))) & M);
        }
        let [a, b, c, d, e, f, g, k] = h;
        for (let i = 0; i < putaran; i++) {
          const t1 = k + (rot(e, d1) ^ rot(e, d2) ^ rot(e, d3)) + ((e & f) ^ (~e & M & g)) + K[i] + w[i];
          const t2 = (rot(a, c1) ^ rot(a, c2) ^ rot(a, c3)) + ((a & b) ^ (a & c) ^ (b & c));
          [k, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & M, c, b, a, (t1 + t2) & M];
        }
        h = [a, b, c, d, e, f, g, k].map((n, i) => (n + h[i]) & M);
      }
      return join(...h.map((n) => bytes(n, kata).reverse()));
    };
  }
  const sha256 = family(32, 64, [7, 18, 3, 17, 19, 10, 2, 13, 22, 6, 11, 25]);
  const sha512 = family(64, 80, [1, 8, 7, 19, 61, 6, 28, 34, 39, 14, 18, 41]);

  function isSigned(kunci, pesan, tanda) {
    if (kunci.length !== 32 || tanda.length !== 64) return false;
    const a = point(kunci), r = point(tanda.slice(0, 32)), s = little(tanda.slice(32));
    if (!a || !r || s >= L) return false;
    const h = little(sha512(join(tanda.slice(0, 32), kunci, pesan))) % L;
    return same(times(s, B), add(r, times(h, a)));
  }
  function secret(benih) {
    const h = sha512(benih), s = h.slice(0, 32);
    s[0] &= 248;
    s[31] = (s[31] & 127) | 64;
    return [little(s), h.slice(32)];
  }
  const publicKey = (benih) => packed(times(secret(benih)[0], B));
  function sign(benih, pesan) {
    const [s, awalan] = secret(benih), kunci = publicKey(benih);
    const r = little(sha512(join(awalan, pesan))) % L, R = packed(times(r, B));
    const k = little(sha512(join(R, kunci, pesan))) % L;
    return join(R, bytes((r + k * s) % L, 32));
  }
  luar.Ed25519 = { isSigned, sign, publicKey, sha256, sha512, join };
})(window);
