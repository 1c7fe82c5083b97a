import type { Decision, LiveMessage } from '../api/contract.ts'
import { arrive, type DecisionList, noDecisions, sample } from './decision-list.ts'
import { addRates, type RateWindow } from './rate-window.ts'
import { socket } from './socket.ts'
import { createStore } from './store.ts'

/** Whether the server is telling us what happens. `since` is when that became so. */
export interface Link {
  readonly state: 'connecting' | 'up' | 'down'
  readonly since: number
}

export interface Live {
  readonly latest: LiveMessage | undefined
  readonly window: RateWindow
}

export const link = createStore<Link>({ state: 'connecting', since: Date.now() })
export const live = createStore<Live>({ latest: undefined, window: [] })
export const decisions = createStore<DecisionList>(noDecisions)
/** While true, new decisions wait beside the list instead of moving it. */
export const decisionsHeld = createStore(false)

/** The screen follows at most this often, however often the server speaks. */
const SHOW_EVERY_MS = 500

/** More rows at once than this nobody can follow. */
const ROWS_AT_ONCE = 4

/** Decisions a second up to which every one is shown. */
export const ALL_SHOWN_UP_TO = (ROWS_AT_ONCE * 1_000) / SHOW_EVERY_MS

/** Whether nothing came in, was decided or waits. */
export function isQuiet({ rates, backlog }: LiveMessage): boolean {
  return backlog === 0 && rates.accepted + rates.decided + rates.waiting + rates.failed === 0
}

/** Opens the one socket of the page. It reconnects by itself for ever; call once. */
export function followServer(): void {
  let latest: LiveMessage | undefined
  let window: RateWindow = []
  let arrived: Decision[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const show = () => {
    timer = undefined
    live.set({ latest, window })
    decisions.set(arrive(decisions.get(), sample(arrived, ROWS_AT_ONCE), decisionsHeld.get()))
    arrived = []
  }
  const soon = () => {
    if (timer === undefined) timer = setTimeout(show, SHOW_EVERY_MS)
  }

  let ahead = 0
  socket.on('live', (message: LiveMessage) => {
    latest = message
    const at = Date.parse(message.at)
    ahead = at - Date.now()
    window = addRates(window, at, message.rates)
    soon()
  })
  // The server is silent while nothing happens: as long as the link stands, that silence is zero and not unknown.
  setInterval(() => {
    if (!latest || link.get().state !== 'up' || !isQuiet(latest)) return
    window = addRates(window, Date.now() + ahead, latest.rates)
    soon()
  }, 1_000)
  socket.on('decisions', (rows: Decision[]) => {
    // A hidden tab's timers are slowed down by the browser: keep no more than can be shown.
    arrived = [...rows, ...arrived].slice(0, 200)
    soon()
  })
  socket.on('connect', () => link.set({ state: 'up', since: Date.now() }))
  socket.on('disconnect', () => link.set({ state: 'down', since: Date.now() }))
  socket.on('connect_error', () => {
    if (link.get().state === 'connecting') link.set({ state: 'down', since: link.get().since })
  })
  socket.connect()
}
