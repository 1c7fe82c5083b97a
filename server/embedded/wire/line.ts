import type { MessagePort } from 'node:worker_threads'
import type { Document } from 'bson'

/** A command as another thread of the process sends it over the line: its body, and documents beside it as BSON. */
export interface LineCommand {
  /** Its name first, as on the wire; plain values only. */
  readonly body: Document
  /** Documents one behind the other, and the option they are. */
  readonly beside?: { readonly option: string; readonly bson: Uint8Array }
  /** Of a write in a sequence: also a document that is there already ends the sequence behind it. */
  readonly endsAtKnown?: boolean
}

/** A question without the machinery of a command: which of these ids a collection has. */
export interface KnownRequest {
  readonly database: string
  readonly collection: string
  readonly ids: readonly string[]
}

/** Names a collection whose ids are to be told by a filter in shared memory from now on. */
export type FilterRequest = Omit<KnownRequest, 'ids'>

/** What comes over the line: one command that reads, or writes that are done one behind the other. */
export type LineRequest =
  | { readonly id: number; readonly known: KnownRequest }
  | { readonly id: number; readonly filter: FilterRequest }
  | { readonly id: number; readonly read: LineCommand }
  | { readonly id: number; readonly writes: readonly LineCommand[]; readonly flush: boolean }

/** What is known; BSON of a reading command's reply; the replies of the writes that were begun, or why nothing was written. */
export type LineReply =
  /** Places of the ids that are there. */
  | { readonly id: number; readonly known: readonly number[] }
  /** Memory of an {@link IdFilter}; none where there can be none now. */
  | { readonly id: number; readonly filter: SharedArrayBuffer | undefined }
  | { readonly id: number; readonly bson: Uint8Array }
  | { readonly id: number; readonly replies: readonly Document[] }
  | { readonly id: number; readonly error: Document }

/** What answers at the other end. None rejects. */
export interface LineServer {
  known(request: KnownRequest): { known: readonly number[] } | { error: Document }
  filter(request: FilterRequest): Promise<SharedArrayBuffer | undefined>
  read(command: LineCommand): Promise<Uint8Array>
  /** @param flush the answer comes when everything is on the disk; else when it is done and cannot overtake anything */
  write(
    commands: readonly LineCommand[],
    flush: boolean,
  ): Promise<{ replies: readonly Document[] } | { error: Document }>
}

/** Answers what comes over the line until its port is closed. */
export function serveLine(port: MessagePort, server: LineServer): void {
  const send = (reply: LineReply, owned: ArrayBuffer[] = []) => port.postMessage(reply, owned)
  port.on('message', async (request: LineRequest) => {
    const { id } = request
    if ('known' in request) return send({ id, ...server.known(request.known) })
    if ('filter' in request) return send({ id, filter: await server.filter(request.filter) })
    if ('writes' in request) return send({ id, ...(await server.write(request.writes, request.flush)) })
    // A copy of its own: what is handed over to another thread is gone from this one.
    const bson = new Uint8Array(await server.read(request.read))
    send({ id, bson }, [bson.buffer])
  })
}
