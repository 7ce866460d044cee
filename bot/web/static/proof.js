// @ts-check
/**
 * The worker that solves a challenge (docs/limits.md): a challenge in, its solution out. A classic script, since Safari 14 makes no
 * worker of a module. SHA-256 (FIPS 180-4) is written out, since the browser's own costs a promise for each of many short texts.
 */
(() => {
  const K = new Int32Array(64), START = new Int32Array(8), W = new Int32Array(64);
  for (let n = 2, count = 0; count < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) prime = prime && n % d > 0;
    if (!prime) continue;
    if (count < 8) START[count] = n ** (1 / 2) % 1 * 2 ** 32;
    K[count++] = n ** (1 / 3) % 1 * 2 ** 32;
  }

  /** The first 32 bits of the hash of the one block that stands in the first 16 numbers of W. */
  function hash() {
    for (let i = 16; i < 64; i++) {
      const x = W[i - 15], y = W[i - 2];
      W[i] = W[i - 16] + W[i - 7] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3)
        + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10);
    }
    let [a, b, c, d, e, f, g, h] = START;
    for (let i = 0; i < 64; i++) {
      const t = h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + K[i] + W[i] | 0;
      const s = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c);
      h = g; g = f; f = e; e = d + t | 0; d = c; c = b; b = a; a = t + s | 0;
    }
    return START[0] + a >>> 0;
  }

  /** Puts ASCII text into W, four characters a number, beginning at W[at]. @param {number} at @param {string} text */
  function write(at, text) {
    for (let i = 0; i < text.length; i++) W[at + (i >> 2)] = W[at + (i >> 2)] << 8 | text.charCodeAt(i);
  }

  onmessage = ({ data: { seed, difficulty, count } }) => {
    // Seed, dot and number are 52 bytes and fit into one block: eleven numbers, two numbers, the end mark and the length in bits.
    write(0, `${seed}.`);
    W[13] = 1 << 31;
    W[14] = 0;
    W[15] = 52 * 8;
    const found = [seed];
    for (let n = 0; found.length <= count; n++) {
      const number = n.toString(16).padStart(8, "0");
      write(11, number);
      if (hash() * difficulty < 2 ** 32) found.push(number);
    }
    postMessage(found.join("."));
  };
})();
