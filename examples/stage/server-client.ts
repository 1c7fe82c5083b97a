/** What the server answered: HTTP status and the parsed JSON body. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** The running product over its own HTTP API. */
export interface ServerClient {
  /** Address of the server, without a slash at its end. */
  readonly url: string
  /** @param path below the server's address, `/api/orders` */
  request(method: string, path: string, body?: unknown): Promise<Answer>
  /** Posts text as it is, one document a line: the only way to send a line that is no JSON. */
  postLines(path: string, text: string): Promise<Answer>
  /** Uploads one file, as the page's upload button does. */
  upload(path: string, name: string, content: Uint8Array): Promise<Answer>
  /** Every entry of a list, page by page. @throws when a page is not answered with 200 */
  all<T>(path: string): Promise<T[]>
}

/** @param url address of a running server, without a slash at its end */
export function connectTo(url: string): ServerClient {
  const send = async (method: string, path: string, body?: BodyInit, type?: string): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, {
      method,
      body,
      headers: type ? { 'content-type': type } : {},
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    return { status: response.status, body: isJson ? JSON.parse(text) : text }
  }
  return {
    url,
    request: (method, path, body) =>
      body === undefined ? send(method, path) : send(method, path, JSON.stringify(body), 'application/json'),
    postLines: (path, text) => send('POST', path, text, 'application/x-ndjson'),
    upload(path, name, content) {
      const form = new FormData()
      form.append('file', new Blob([content.slice()]), name)
      return send('POST', path, form)
    },
    async all<T>(path: string) {
      const items: T[] = []
      let cursor: string | undefined
      do {
        const page = new URLSearchParams({ limit: '500' })
        if (cursor) page.set('cursor', cursor)
        const answer = await send('GET', `${path}${path.includes('?') ? '&' : '?'}${page}`)
        if (answer.status !== 200) throw new Error(`GET ${path}: ${describe(answer)}`)
        const list = answer.body as { items: T[]; next?: string }
        items.push(...list.items)
        cursor = list.next
      } while (cursor)
      return items
    },
  }
}

/** An answer in a few words, for messages about what went wrong. */
export function describe(answer: Answer): string {
  return `HTTP ${answer.status} ${JSON.stringify(answer.body).slice(0, 2_000)}`
}
