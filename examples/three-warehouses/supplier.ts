import { once } from 'node:events'
import { createServer } from 'node:http'

/** A supplier that really listens: it books a purchase once, however often it is asked. */
export interface Supplier {
  /** Where purchase requests go. */
  readonly url: string
  /** `127.0.0.1:41234`, for the server's list of private addresses it may reach. */
  readonly address: string
  /** Booked purchases by Idempotency-Key. */
  readonly booked: ReadonlyMap<string, Purchase>
  /** What was wrong with requests: no key, a body that is none, a known key with another body. */
  readonly complaints: readonly string[]
  /** Requests the supplier had booked already. */
  readonly repeats: number
  /** Requests answered 503, and answers that never arrived. */
  readonly troubles: number
  close(): Promise<void>
}

export interface Purchase {
  readonly orderId: string
  readonly body: string
}

export interface Moods {
  /** Every so many requests the supplier is busy: it answers 503 and books nothing. */
  readonly busyEvery: number
  /** Every so many requests the line breaks after the supplier has booked and before it could say so. */
  readonly silentEvery: number
}

/** @returns a supplier on a free port of loopback */
export async function openSupplier({ busyEvery, silentEvery }: Moods): Promise<Supplier> {
  const booked = new Map<string, Purchase>()
  const complaints: string[] = []
  let requests = 0
  let repeats = 0
  let troubles = 0

  const book = (key: string | undefined, body: string): number => {
    if (!key) {
      complaints.push(`no Idempotency-Key: ${body}`)
      return 400
    }
    const known = booked.get(key)
    if (known) {
      if (known.body !== body) complaints.push(`key ${key} came back with another body: ${body}`)
      repeats++
      return 200
    }
    const orderId = orderIdOf(body)
    if (orderId === undefined) {
      complaints.push(`not a purchase request: ${body}`)
      return 400
    }
    booked.set(key, { orderId, body })
    return 201
  }

  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    requests++
    const answer = (status: number) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ purchases: booked.size }))
    }
    if (requests % busyEvery === 0) {
      troubles++
      return answer(503)
    }
    const key = request.headers['idempotency-key']
    const status = book(typeof key === 'string' ? key : undefined, body)
    if (requests % silentEvery !== 0) return answer(status)
    troubles++
    response.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('The supplier has no port.')
  const address = `127.0.0.1:${bound.port}`
  return {
    url: `http://${address}/purchases`,
    address,
    booked,
    complaints,
    get repeats() {
      return repeats
    },
    get troubles() {
      return troubles
    },
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function orderIdOf(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body)
    if (typeof parsed !== 'object' || parsed === null || !('orderId' in parsed)) return undefined
    return typeof parsed.orderId === 'string' ? parsed.orderId : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
