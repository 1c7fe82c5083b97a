import type { Action, ActionBodies } from '../kit/action.ts'
import { ConnectorError } from '../kit/fault.ts'
import { type RobotContext, type RobotCredentials, type RobotSettings, robotKey } from './access.ts'
import { type RobotFile, sendMessage, uploadFile } from './client.ts'
import { MEDIA_GONE } from './faults.ts'
import { merged, type RobotMessage, robotMessage, wireMessage } from './message.ts'
import { type MergingQueue, mergingQueue } from './queue.ts'

/** With the places the limit gives (one in six seconds, three for a file), who waits is sent for within a minute. */
const MAX_WAITING = 2
const COME_AGAIN_MS = 15_000

// One for each robot, whichever connection speaks to it: the limit is the robot's.
const queues = new Map<string, MergingQueue<RobotMessage>>()

/** Tells a group something. Messages that have to wait for the limit of the robot go out as one. */
export const tellGroup: Action<ActionBodies['message'], RobotSettings, RobotCredentials> = {
  // A notice that comes twice is read once; one that never comes is missed.
  isRepeatable: true,
  async perform({ body }, context) {
    const key = robotKey(context.credentials)
    const queue = queues.get(key) ?? mergingQueue(merged, MAX_WAITING)
    queues.set(key, queue)
    const message = robotMessage(body)
    const outcome = queue.add(message, take => deliver(context, message, take))
    if (!outcome) throw new ConnectorError({ class: 'throttled', retryAfterMs: COME_AGAIN_MS })
    return { together: await outcome }
  },
}

async function deliver(context: RobotContext, { file, content }: RobotMessage, take: () => RobotMessage) {
  if (!file) return sendMessage(context, () => wireMessage(take()))
  // The file first, since it may be refused: words to a file that never comes would puzzle people.
  const mediaId = await uploadFile(context, file)
  if (content !== '') await sendMessage(context, () => wireMessage(take()))
  return sendFile(context, file, mediaId)
}

/** Uploads once more where the platform has let go of the file meanwhile: the message may have waited. */
async function sendFile(context: RobotContext, file: RobotFile, mediaId: string): Promise<void> {
  const send = (media_id: string) => sendMessage(context, () => ({ msgtype: 'file', file: { media_id } }))
  try {
    await send(mediaId)
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.fault.code !== MEDIA_GONE) throw error
    await send(await uploadFile(context, file))
  }
}
