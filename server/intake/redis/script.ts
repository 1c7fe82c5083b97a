import { hash } from 'node:crypto'
import { ErrorReply } from 'redis'
import type { RedisClient } from './client.ts'

/** A Lua script: Redis runs it as a whole, so that nobody ever sees half of it and a group costs one round trip. */
export interface Script {
  readonly text: string
  readonly sha: string
}

/**
 * @param text without the first line: every script may run when the memory is full (`allow-oom`) unless `needsRoom`,
 *   or a full Redis could never be emptied again
 */
export function script(text: string, needsRoom = false): Script {
  const whole = `${needsRoom ? '#!lua' : '#!lua flags=allow-oom'}\n${text.trim()}\n`
  return { text: whole, sha: hash('sha1', whole) }
}

/** Runs a script by its hash; its text is sent only where Redis does not know it (any more). */
export async function run(
  client: RedisClient,
  { text, sha }: Script,
  keys: string[],
  values: string[],
): Promise<unknown> {
  const given = { keys, arguments: values }
  try {
    return await client.evalSha(sha, given)
  } catch (error) {
    if (error instanceof ErrorReply && error.message.startsWith('NOSCRIPT')) return client.eval(text, given)
    throw error
  }
}
