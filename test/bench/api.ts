/** Calls of a server's own API, answered with its parsed JSON. @throws when it refuses */
export function benchApi(url: string) {
  return async function api<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${url}${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return text === '' ? (undefined as T) : (JSON.parse(text) as T)
  }
}

/**
 * Values of the server's own metrics, cheap to read however much is stored.
 * @returns metric with its labels, as `/metrics` writes it → value
 */
export async function readMetrics(url: string): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map(line => {
      const end = line.lastIndexOf(' ')
      return [line.slice(0, end), Number(line.slice(end + 1))]
    }),
  )
}

/** @throws when the server has no such metric */
export async function metric(url: string, name: string): Promise<number> {
  const value = (await readMetrics(url)).get(name)
  if (value === undefined) throw new Error(`There is no metric ${name}.`)
  return value
}
