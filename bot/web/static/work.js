// @ts-check
/**
 * Loaded only when the server asks for work: starts the worker that does it.
 *
 * @typedef {{ seed: string, difficulty: number, count: number, expires_in: number }} Challenge
 */
const ADDRESS = new URL("proof.js", import.meta.url).href;

// The pages allow one policy of this name. It makes nothing but this address, whatever it is asked.
const script = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("vejviser-work", { createScriptURL: () => ADDRESS }).createScriptURL("") ?? ADDRESS;

/**
 * @param {Challenge} challenge
 * @returns {Promise<string>} what the header Proof-Of-Work is to hold; rejects when no worker can be started
 */
export function solve(challenge) {
  const worker = new Worker(script);
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = () => reject(new Error("no worker"));
    worker.postMessage(challenge);
  }).finally(() => worker.terminate());
}
