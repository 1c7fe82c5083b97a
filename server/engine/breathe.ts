/** So long the engine may compute on end while requests wait for their answers. */
const SLICE_MS = 3

let began = 0

/**
 * Lets requests have their turn when the engine has computed for a while. Awaiting what is there already does not:
 * only input and output that arrived is looked at between two turns of the event loop.
 */
export async function breathe(): Promise<void> {
  if (performance.now() - began < SLICE_MS) return
  await new Promise(resolve => setImmediate(resolve))
  began = performance.now()
}
