import { ErrorReply } from 'redis'
import { errors } from '../../errors.ts'
import type { Text } from '../../workflow/text.ts'

/** Seconds after which a caller that was refused should come again. */
const RETRY_AFTER = '5'

/** Redis answers, but cannot do it now: how its refusals begin, and what they mean. */
const refusals: Readonly<Record<string, Text>> = {
  OOM: { zh: '内存已用满', en: 'its memory is full' },
  MISCONF: { zh: '不能写入磁盘', en: 'it cannot write to its disk' },
  READONLY: { zh: '是只读副本', en: 'it is a read-only replica' },
  LOADING: { zh: '正在载入数据', en: 'it is still loading its data' },
  NOREPLICAS: { zh: '副本数不足', en: 'too few replicas follow it' },
  NOAUTH: { zh: '需要密码', en: 'it asks for a password' },
  NOPERM: { zh: '账号权限不足', en: 'the user may not do this' },
}

const away: Text = { zh: '连不上', en: 'it cannot be reached' }

/**
 * Runs what needs Redis. Whatever Redis cannot do now is one kind of error: nothing was taken, come again.
 * @throws errors.BufferUnreachable with Redis' own error as its cause
 */
export async function asking<T>(what: () => Promise<T>): Promise<T> {
  try {
    return await what()
  } catch (cause) {
    const { zh, en } = cause instanceof ErrorReply ? refusal(cause.message) : away
    throw Object.assign(new errors.BufferUnreachable(zh, RETRY_AFTER, en, RETRY_AFTER), { cause })
  }
}

function refusal(message: string): Text {
  const kind = Object.keys(refusals).find(each => message.startsWith(`${each} `))
  return kind === undefined ? { zh: message, en: message } : refusals[kind]!
}
