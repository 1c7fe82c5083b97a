import type { Text } from '../../server/workflow/text.ts'

/** What went wrong with a call to an outside system: it decides what is tried again and what people are told. */
export type FaultClass = keyof typeof FAULTS

export interface Fault {
  readonly class: FaultClass
  /** The platform's own code: `27`, `isv.access-token-expired`, `HTTP 502`. */
  readonly code?: string
  /** What the platform said, in its own words. */
  readonly said?: string
  readonly retryAfterMs?: number
  /** Whether the call may have done its work all the same; the class's own answer where absent. */
  readonly done?: 'no' | 'maybe'
}

interface FaultKind extends Text {
  /** Who must act: the platform and the network mend themselves, the account is the user's, the workflow its author's. */
  readonly blame: 'platform' | 'network' | 'account' | 'workflow' | 'machine'
  /** May succeed by itself when it is tried again a little later. */
  readonly passes: boolean
  /** Whether the work may be done although the call failed. */
  readonly done: 'no' | 'maybe'
}

/** Every class in plain words: what is wrong, then what to do. */
const FAULTS = {
  network: {
    blame: 'network',
    passes: true,
    done: 'no',
    zh: '连不上对方的服务器。请检查这台机器的网络；恢复后会自动继续，不会漏单。',
    en: 'The other side cannot be reached. Check the network of this machine; it goes on by itself and misses nothing.',
  },
  timeout: {
    blame: 'network',
    passes: true,
    done: 'maybe',
    zh: '对方没有在规定时间内回答。稍后会自动再试，无需处理。',
    en: 'The other side did not answer in time. It is tried again by itself; nothing to do.',
  },
  throttled: {
    blame: 'platform',
    passes: true,
    done: 'no',
    zh: '调用太频繁，被平台限流。会自动放慢再继续；经常出现时，请把这个连接的「每秒调用」调小，或向平台申请更高的额度。',
    en: 'The platform limits how often it is called. We slow down and go on; if it happens often, lower the calls per second of this connection or ask the platform for more.',
  },
  platform: {
    blame: 'platform',
    passes: true,
    done: 'maybe',
    zh: '平台自己出了故障。稍后会自动再试，无需处理。',
    en: 'The platform has trouble of its own. It is tried again by itself; nothing to do.',
  },
  unreadable: {
    blame: 'platform',
    passes: true,
    done: 'maybe',
    zh: '平台的回答看不懂（不是约定的格式）。稍后会自动再试；一直这样时，请检查接口地址是否填对。',
    en: 'The answer of the platform is not in the agreed format. It is tried again; if it stays like this, check the address of the gateway.',
  },
  token: {
    blame: 'account',
    passes: false,
    done: 'no',
    zh: '授权已过期，正在自动续期。',
    en: 'The authorisation has expired and is being renewed.',
  },
  authorization: {
    blame: 'account',
    passes: false,
    done: 'no',
    zh: '店铺还没有授权，或授权已失效。请在这个连接里点「去授权」，用店铺主账号登录确认；授权后会从中断处补齐订单。',
    en: 'The shop has not authorised us yet, or no longer does. Choose "Authorise" here and sign in with the main account of the shop; orders since the break are then fetched.',
  },
  credentials: {
    blame: 'account',
    passes: false,
    done: 'no',
    zh: '应用的密钥不对（签名没有通过）。请到平台后台复制正确的 Key 和密钥，在「修改密钥」里重新填写，注意不要带空格。',
    en: 'The key or secret of the app is wrong (the signature was refused). Copy both anew from the console of the platform, without spaces.',
  },
  permission: {
    blame: 'account',
    passes: false,
    done: 'no',
    zh: '应用没有调用这个接口的权限，或这台机器的出口 IP 不在平台的白名单里。请到平台后台开通权限、添加 IP。',
    en: 'The app may not use this interface, or the address of this machine is not on the list of the platform. Change that in the console of the platform.',
  },
  clock: {
    blame: 'machine',
    passes: false,
    done: 'no',
    zh: '这台机器的时间不准，平台拒绝了请求。请打开系统的自动对时。',
    en: 'The clock of this machine is wrong and the platform refuses its requests. Let the system set the time by itself.',
  },
  request: {
    blame: 'workflow',
    passes: false,
    done: 'no',
    zh: '平台说请求的内容有误。请按下面平台的原话检查。',
    en: 'The platform says the request is wrong. See its own words below.',
  },
  business: {
    blame: 'workflow',
    passes: false,
    done: 'no',
    zh: '平台按它的规则拒绝了这次操作。请按下面平台的原话处理。',
    en: 'The platform refuses this by its own rules. See its own words below.',
  },
  blocked: {
    blame: 'account',
    passes: false,
    done: 'no',
    zh: '这个地址指向内网，为安全起见没有调用。请改用公网地址；确实要用，请让管理员把它加入 OUTGOING_ALLOW。',
    en: 'The address is a private one and was not called. Use a public one, or have it added to OUTGOING_ALLOW.',
  },
} as const satisfies Readonly<Record<string, FaultKind>>

/** A call to an outside system that failed, in terms of what may be done next. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError'
  readonly fault: Fault

  constructor(fault: Fault, options?: ErrorOptions) {
    super([fault.class, fault.code, fault.said].filter(Boolean).join(': '), options)
    this.fault = fault
  }
}

/** Whether trying again a little later may help, and whether that could do the work twice. */
export function prospectOf(fault: Fault): Pick<FaultKind, 'passes' | 'done' | 'blame'> {
  const { passes, done, blame } = FAULTS[fault.class]
  return { passes, blame, done: fault.done ?? done }
}

/** What is wrong and what to do, and the platform's own words in their place. */
export function faultWords(fault: Fault): Text {
  const { zh, en } = FAULTS[fault.class]
  const own = [fault.code, fault.said].filter(Boolean).join(' ')
  return own === '' ? { zh, en } : { zh: `${zh}（平台的原话：${own}）`, en: `${en} (In its words: ${own})` }
}
