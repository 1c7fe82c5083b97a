import type { ConnectorContext } from '../../connectors/connector.ts'
import type { Action, ActionAnswer, ActionCall } from '../../connectors/kit/action.ts'
import { ConnectorError, faultWords, prospectOf } from '../../connectors/kit/fault.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { OutboxDoc } from '../store/outbox-doc.ts'
import type { Store } from '../store/store.ts'
import type { ActionPerformer } from '../world/live/outbox-sender.ts'
import type { CallResult } from '../world/live/outgoing-call.ts'
import type { ConnectorDesk } from './connector-desk.ts'
import { readableAddress } from './readable-address.ts'
import { stockBody } from './stock-body.ts'

/** An action with all it needs, whatever its body is. */
interface Prepared {
  readonly action: Action<unknown>
  readonly call: ActionCall<unknown>
  readonly context: ConnectorContext
}

/**
 * Has connectors do what workflows planned. Where no answer came the platform is asked what became of it, before
 * anything is tried again or a person is troubled.
 */
export function actionPerformer(store: Store, desk: ConnectorDesk, signal: AbortSignal): ActionPerformer {
  /** What keeps a call from being made at all (settings, secrets that cannot be opened) is told, and holds up no other. */
  async function prepare(call: OutboxDoc): Promise<Prepared> {
    try {
      return await gather(call)
    } catch (error) {
      if (signal.aborted || error instanceof ConnectorError) throw error
      throw refused(error instanceof Error ? error.message : String(error))
    }
  }

  async function gather(call: OutboxDoc): Promise<Prepared> {
    const connection = await store.connections.findById(call.connection).lean()
    if (!connection) throw refused(`连接 ${call.connection} 已不存在`)
    if (!connection.enabled) throw refused(`连接「${connection.name}」已停用`)
    const action = actionOf(connection, call)
    if (!action) throw refused(`连接「${connection.name}」不支持这个操作`)
    const body =
      call.action === 'stock'
        ? await stockBody(store, connection, call.body)
        : await readableAddress(store, desk, call, signal)
    return {
      action,
      call: { key: call._id, body, attempt: call.attempts, plannedAt: call.createdAt },
      context: await desk.context(connection, signal),
    }
  }

  const actionOf = (connection: ConnectionDoc, { action }: OutboxDoc) =>
    // The body was made for this action when the call was planned.
    action && (desk.connectorOf(connection)?.actions?.[action] as Action<unknown> | undefined)

  async function askFirst({ action, call, context }: Prepared, why: string): Promise<CallResult> {
    const unknown: CallResult = { kind: 'unknown', error: why }
    if (!action.ask) return unknown
    try {
      const became = await action.ask(call, context)
      if (became === undefined) return unknown
      return became === null ? { kind: 'later', error: why } : confirmed(became)
    } catch (error) {
      if (error instanceof ConnectorError) return unknown
      throw error
    }
  }

  async function resultOf(work: () => Promise<CallResult>, onUnknown: (why: string) => Promise<CallResult>) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error
      const { fault } = error
      const why = faultWords(fault).zh
      const { passes, done } = prospectOf(fault)
      if (done === 'maybe') return onUnknown(why)
      if (!passes && fault.class !== 'token') return { kind: 'refused' as const, error: why }
      return {
        kind: 'later' as const,
        error: why,
        ...(fault.retryAfterMs && { afterMs: fault.retryAfterMs }),
      }
    }
  }

  return {
    perform: call =>
      resultOf(
        async () => {
          const prepared = await prepare(call)
          return resultOf(
            async () => confirmed(await prepared.action.perform(prepared.call, prepared.context)),
            why => askFirst(prepared, why),
          )
        },
        async why => ({ kind: 'later', error: why }),
      ),
    ask: call =>
      resultOf(
        async () => askFirst(await prepare(call), '发送时进程中断，没有等到对方的回答'),
        async why => ({ kind: 'unknown', error: why }),
      ),
    async isRepeatable(call) {
      const connection = await store.connections.findById(call.connection).lean()
      return (connection && actionOf(connection, call)?.isRepeatable) ?? false
    },
  }
}

const confirmed = (answer: ActionAnswer): CallResult => ({ kind: 'confirmed', answer })
const refused = (said: string) => new ConnectorError({ class: 'business', said })
