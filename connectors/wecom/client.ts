import type { ErrcodeReply } from '../kit/errcode.ts'
import { ConnectorError } from '../kit/fault.ts'
import type { Calling, HttpAnswer, HttpRequest } from '../kit/http.ts'
import { gatewayOf, type RobotContext, robotKey } from './access.ts'
import { faultOf, MINUTE_QUOTA } from './faults.ts'

interface Uploaded extends ErrcodeReply {
  readonly media_id?: string
}

export type RobotFile = Omit<NonNullable<HttpRequest['file']>, 'field'>

/** Until when robots that were told too much are left alone, by key. */
const resting = new Map<string, number>()

/** Sends one message (`webhook/send`). @param make is asked when it may go out. @throws ConnectorError */
export async function sendMessage(context: RobotContext, make: () => unknown): Promise<void> {
  await callRobot(context, 'send', () => ({ json: make() }), 'write')
}

/** Uploads a file, which this robot can then send for three days. @returns its media id. @throws ConnectorError */
export async function uploadFile(context: RobotContext, file: RobotFile): Promise<string> {
  // Nobody sees a file that was uploaded twice.
  const answer = await callRobot(
    context,
    'upload_media',
    () => ({ query: { type: 'file' }, file: { field: 'media', ...file } }),
    'read',
  )
  const { media_id } = answer.json() as Uploaded
  if (!media_id) throw new ConnectorError({ class: 'unreadable', said: 'no media_id' })
  return media_id
}

async function callRobot(
  context: RobotContext,
  method: string,
  make: () => Pick<HttpRequest, 'query' | 'json' | 'file'>,
  effect: Calling['effect'],
): Promise<HttpAnswer> {
  const key = robotKey(context.credentials)
  const restMs = (resting.get(key) ?? 0) - context.now().getTime()
  // Nobody is kept waiting that long: who called comes again by itself.
  if (restMs > 0) throw new ConnectorError({ class: 'throttled', code: MINUTE_QUOTA, retryAfterMs: restMs })
  try {
    return await context.http.send(
      () => {
        const { query, ...body } = make()
        return {
          url: `${gatewayOf(context.settings)}/cgi-bin/webhook/${method}`,
          query: { key, ...query },
          ...body,
          secrets: [key],
        }
      },
      { effect, fault: faultOf },
    )
  } catch (error) {
    if (error instanceof ConnectorError && error.fault.code === MINUTE_QUOTA)
      resting.set(key, context.now().getTime() + (error.fault.retryAfterMs ?? 0))
    throw error
  }
}
