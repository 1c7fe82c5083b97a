import { describe, expect, it } from 'vitest'
import { ConnectorError, type FaultClass, faultWords } from '../../../connectors/kit/fault.ts'
import type { SimFault } from '../../../connectors/simulators/faults.ts'
import type { ConnectorRoom } from './connector-room.ts'

/** Faults a poll gets over by itself, or at the latest with the next one. */
const PASSING: readonly (readonly [SimFault, number])[] = [
  ['timeout-before', 1],
  ['timeout-after', 1],
  ['throttle', 2],
  ['server-error', 2],
  ['bad-json', 2],
  ['expire-token', 1],
  // More than the tries of one call: the poll fails, and the next one goes on from where it was.
  ['server-error', 7],
  ['timeout-after', 6],
]

/** Faults that a person must mend, and the class they are told by. */
const LASTING: readonly (readonly [SimFault, FaultClass])[] = [
  ['wrong-signature', 'credentials'],
  ['clock-skew', 'clock'],
]

export interface FaultTableOptions {
  readonly open: () => Promise<ConnectorRoom>
  /** Orders placed before the poll; more than two of the platform's pages. */
  readonly orders?: number
  /** Faults this platform cannot have, with the reason as the reader of the test needs it. */
  readonly without?: Readonly<Partial<Record<SimFault, string>>>
}

/** The fault table of a shop's polling: whatever goes wrong, nothing is lost and nothing is doubled. */
export function pollingFaultTable(
  name: string,
  { open, orders = 230, without = {} }: FaultTableOptions,
): void {
  // Side by side: most of the time goes by in waiting for answers that never come.
  describe.concurrent(`${name}: when polling goes wrong`, () => {
    async function filledRoom(): Promise<ConnectorRoom> {
      const room = await open()
      const shop = room.simulator.shop!
      const now = shop.clock().getTime()
      for (let index = 0; index < orders; index++)
        // Within the first window of every platform, and behind its lag.
        shop.place({ at: new Date(now - 300_000 - (orders - index) * 1_000) })
      return room
    }

    /** A test in a room of its own. */
    const told = (title: string, work: (at: ConnectorRoom) => Promise<void>) =>
      it(title, async () => {
        const at = await filledRoom()
        try {
          await work(at)
        } finally {
          await at.close()
        }
      })

    const idsOf = (at: ConnectorRoom) => [...at.orders().keys()].sort()
    const placedIds = (at: ConnectorRoom) =>
      at.simulator
        .shop!.all()
        .map(order => order.id)
        .sort()

    for (const [fault, times] of PASSING) {
      if (without[fault]) continue
      told(`has every order once after "${fault}" × ${times} in the middle of a poll`, async at => {
        let hits = 0
        at.onAccept = () => {
          if (hits++ === 0) at.simulator.faults.add(fault, times)
        }
        for (let polls = 0; polls < 4 && idsOf(at).length < orders; polls++)
          await at.poll().catch(error => {
            if (!(error instanceof ConnectorError)) throw error
          })
        await at.poll().catch(error => {
          if (!(error instanceof ConnectorError)) throw error
        })
        expect(idsOf(at)).toEqual(placedIds(at))
        expect(at.events.size).toBe(orders)
        expect(at.refused).toEqual([])
      })
    }

    for (const [fault, expected] of LASTING) {
      if (without[fault]) continue
      told(
        `says "${expected}" in plain words for "${fault}", and has every order once it is mended`,
        async at => {
          at.simulator.faults.add(fault, 20)
          const failure = await at.poll().then(
            () => undefined,
            (error: unknown) => error,
          )
          expect(failure).toBeInstanceOf(ConnectorError)
          const { fault: said } = failure as ConnectorError
          expect(said.class).toBe(expected)
          expect(faultWords(said).zh).toMatch(/请/)
          expect(JSON.stringify(said)).not.toContain(Object.values(at.context.credentials as object)[1])
          expect(at.events.size).toBe(0)
          at.simulator.faults.clear()
          await at.poll()
          expect(idsOf(at)).toEqual(placedIds(at))
          expect(at.events.size).toBe(orders)
        },
      )
    }

    told(
      'takes nothing for read that was not durable: a full backlog leaves the cursor where it was',
      async at => {
        at.onAccept = () => {
          throw new Error('backlog full')
        }
        await expect(at.poll()).rejects.toThrow('backlog full')
        expect(at.events.size).toBe(0)
        at.onAccept = () => {}
        await at.poll()
        expect(idsOf(at)).toEqual(placedIds(at))
      },
    )

    told(
      'misses no order while rows move between pages, and tells a changed order as a new version',
      async at => {
        const shop = at.simulator.shop!
        const moving = shop.all().slice(0, orders / 2)
        let hits = 0
        at.onAccept = () => {
          // Between two pages, what was oldest becomes newest.
          for (const order of moving.slice(hits * 20, hits * 20 + 20)) shop.touch(order.id)
          hits++
        }
        await at.poll()
        at.onAccept = () => {}
        for (const order of moving) order.modifiedAt = new Date(shop.clock().getTime() - 250_000)
        await at.poll()
        expect(idsOf(at)).toEqual(placedIds(at))
      },
    )
  })
}
