import { expect, it } from 'vitest'
import type { Buffer } from '../../server/intake/buffer.ts'
import type { EventDoc } from '../../server/store/event-doc.ts'
import type { Store } from '../../server/store/store.ts'

/** A buffer that can be opened again, as a restarted or a second process would. */
export interface BufferRoom {
  readonly store: Store
  /** What another process of this name has; closed by the room. */
  open(name: string): Promise<Buffer>
  close(): Promise<void>
}

let seq = Date.now() * 4_096

export function anEvent(id: string, lane = 0, change: Partial<EventDoc> = {}): EventDoc {
  return {
    _id: id,
    workspace: 'main',
    kind: 'order',
    connection: 'shop',
    channel: 'online',
    shop: '旗舰店',
    order: `shop:${id}`,
    lane,
    seq: seq++,
    state: 'pending',
    body: `{"id":"${id}","note":"加急 \\"请轻放\\" 🙂"}`,
    receivedAt: new Date(),
    ...change,
  }
}

const many = (count: number, lane = 0, from = 0) =>
  Array.from({ length: count }, (_, i) => anEvent(`E${String(from + i).padStart(4, '0')}`, lane))
const idsOf = (events: readonly EventDoc[]) => events.map(event => event._id)

/** What the engine and the intake rely on, whatever keeps the events. */
export function bufferContract(openRoom: () => Promise<BufferRoom>): void {
  const inRoom = (work: (room: BufferRoom, buffer: Buffer) => Promise<void>) => async () => {
    const room = await openRoom()
    try {
      await work(room, await room.open('first'))
    } finally {
      await room.close()
    }
  }
  const stateOf = async ({ store }: BufferRoom, id: string) => (await store.events.findById(id).lean())?.state

  it(
    'gives back every event as it was accepted, in order, and again until it is settled',
    inRoom(async (_room, buffer) => {
      const resume = { run: 'r1', key: 'r1/wait', port: 'done', by: 'timer' }
      const events = [
        anEvent('order'),
        anEvent('goes on', 0, { kind: 'resume', order: 'shop:order', body: '', resume }),
        anEvent('signal:spike', 0, {
          kind: 'signal',
          connection: '',
          channel: '',
          shop: '',
          body: '{"sku":"A"}',
        }),
      ]
      expect(await buffer.append(events)).toEqual([false, false, false])
      expect(await buffer.next([0], 10)).toEqual(events)
      expect(await buffer.next([0], 10)).toEqual(events)
      expect(await buffer.next([0], 2)).toEqual(events.slice(0, 2))
      await buffer.settle([{ events: events.slice(0, 1), state: 'done' }])
      expect(await buffer.next([0], 10)).toEqual(events.slice(1))
    }),
  )

  it(
    'knows an event that comes again: in the same group, while it waits, and after it was settled',
    inRoom(async (room, buffer) => {
      const [a, b] = [anEvent('A'), anEvent('B')]
      expect(await buffer.append([a, b, { ...a }])).toEqual([false, false, true])
      expect(await buffer.append([{ ...b, body: 'other' }, anEvent('C')])).toEqual([true, false])
      await buffer.settle([{ events: [a], state: 'done' }])
      expect(await buffer.append([{ ...a }])).toEqual([true])
      const other = await room.open('second')
      expect(await other.append([{ ...a }, { ...b }])).toEqual([true, true])
      expect(await buffer.count()).toBe(2)
      expect(idsOf(await buffer.next([0], 10))).toEqual(['B', 'C'])
    }),
  )

  it(
    'keeps the lanes apart and gives at most so many of each',
    inRoom(async (_room, buffer) => {
      await buffer.append([...many(5, 1), ...many(2, 6, 100), ...many(3, 7, 200)])
      expect(idsOf(await buffer.next([1, 7], 2))).toEqual(['E0000', 'E0001', 'E0200', 'E0201'])
      expect(idsOf(await buffer.next([6], 10))).toEqual(['E0100', 'E0101'])
      expect(await buffer.next([0, 2], 10)).toEqual([])
    }),
  )

  it(
    'works through a long lane without leaving out or repeating any, while more come',
    inRoom(async (_room, buffer) => {
      await buffer.append(many(1_500))
      const seen: string[] = []
      for (let round = 0; ; round++) {
        const events = await buffer.next([0], 400)
        if (events.length === 0) break
        if (round < 3) await buffer.append(many(300, 0, 1_500 + round * 300))
        await buffer.settle([{ events: events, state: 'done' }])
        seen.push(...idsOf(events))
      }
      expect(seen).toEqual(idsOf(many(2_400)))
      expect(await buffer.count()).toBe(0)
    }),
  )

  it(
    'leaves every settled event in the store, with how it ended',
    inRoom(async ({ store }, buffer) => {
      const [a, b] = [anEvent('A', 3), anEvent('B', 3)]
      await buffer.append([a, b])
      await buffer.next([3], 10)
      await buffer.settle([{ events: [a], state: 'done' }])
      await buffer.settle([{ events: [b], state: 'unclaimed' }])
      expect(await store.events.find().sort({ seq: 1 }).lean()).toEqual([
        { ...a, state: 'done' },
        { ...b, state: 'unclaimed' },
      ])
    }),
  )

  it(
    'settles twice as once, also what another process settled meanwhile',
    inRoom(async (room, buffer) => {
      const events = many(3)
      await buffer.append(events)
      await buffer.next([0], 10)
      await buffer.settle([{ events: events, state: 'done' }])
      await buffer.settle([{ events: events, state: 'done' }])
      const other = await room.open('second')
      await other.settle([{ events: events.slice(1), state: 'done' }])
      expect(await buffer.count()).toBe(0)
      expect(await buffer.next([0], 10)).toEqual([])
      expect(await room.store.events.countDocuments({ state: 'done' })).toBe(3)
    }),
  )

  it(
    'tells what of a begun batch is still to do, and of that lane only',
    inRoom(async (room, buffer) => {
      await buffer.append([...many(4, 2), ...many(2, 5, 100)])
      const begun = await buffer.next([2], 3)
      await buffer.settle([{ events: begun.slice(0, 1), state: 'done' }])
      const other = await room.open('second')
      const ids = ['E0002', 'E0001', 'E0000', 'E0100', 'unheard of']
      expect(idsOf(await other.begun(2, ids, new Date(0)))).toEqual(['E0001', 'E0002'])
      // What was not given to anybody yet is pending just as well.
      expect(idsOf(await other.begun(5, ['E0101'], new Date()))).toEqual(['E0101'])
      expect(idsOf(await other.next([2, 5], 10))).toEqual(['E0001', 'E0002', 'E0003', 'E0100', 'E0101'])
    }),
  )

  it(
    'sets an event aside with its error, and sends it on its way again with what had been begun',
    inRoom(async (room, buffer) => {
      const [bad, good] = [anEvent('bad'), anEvent('good')]
      await buffer.append([bad, good])
      await buffer.next([0], 10)
      await buffer.setAside(bad, 'Error: no', Uint8Array.of(1, 2, 3))
      expect(idsOf(await buffer.next([0], 10))).toEqual(['good'])
      expect(await room.store.events.findById('bad').lean()).toMatchObject({
        state: 'failed',
        error: 'Error: no',
      })
      expect(await buffer.append([{ ...bad }])).toEqual([true])
      await buffer.settle([{ events: [good], state: 'done' }])

      expect(await buffer.requeue('bad')).toBe(0)
      expect(await buffer.requeue('bad')).toBeNull()
      const [again] = await buffer.next([0], 10)
      expect(again).toMatchObject({ state: 'pending', body: bad.body, receivedAt: bad.receivedAt })
      expect(again!.error).toBeUndefined()
      expect(bytesOf(again!.begun)).toEqual([1, 2, 3])
      await buffer.settle([{ events: [again!], state: 'done' }])
      expect(await stateOf(room, 'bad')).toBe('done')
      expect(await buffer.count()).toBe(0)
    }),
  )

  it(
    'sends an unclaimed event on its way again, and one that is done or waits not',
    inRoom(async (room, buffer) => {
      const [a, b] = [anEvent('A', 4), anEvent('B', 4)]
      await buffer.append([a, b])
      await buffer.settle([{ events: await buffer.next([4], 10), state: 'unclaimed' }])
      expect(await buffer.count()).toBe(0)
      const other = await room.open('second')
      expect(await other.requeue('A')).toBe(4)
      buffer.heard([4])
      expect(idsOf(await buffer.next([4], 10))).toEqual(['A'])
      expect(await buffer.requeue('A')).toBeNull()
      await buffer.settle([{ events: [a], state: 'done' }])
      expect(await buffer.requeue('A')).toBeNull()
      expect(await buffer.requeue('nothing such')).toBeNull()
      expect(await buffer.next([4], 10)).toEqual([])
    }),
  )

  it(
    'counts what waits, and since when the oldest does',
    inRoom(async (_room, buffer) => {
      expect(await buffer.count()).toBe(0)
      expect(await buffer.oldestAt()).toBeNull()
      const first = anEvent('first', 1)
      await buffer.append([first])
      await new Promise(resolve => setTimeout(resolve, 30))
      await buffer.append(many(4, 0))
      expect(await buffer.count()).toBe(5)
      const oldest = (await buffer.oldestAt())!.getTime()
      expect(Math.abs(oldest - first.receivedAt.getTime())).toBeLessThan(25)
      await buffer.settle([{ events: await buffer.next([1], 10), state: 'done' }])
      expect((await buffer.oldestAt())!.getTime()).toBeGreaterThan(oldest)
      expect(await buffer.count()).toBe(4)
    }),
  )

  it(
    'sees what other processes accepted when it hears of it',
    inRoom(async (room, buffer) => {
      expect(await buffer.next([0], 10)).toEqual([])
      const other = await room.open('second')
      await other.append(many(2))
      buffer.heard([0])
      expect(idsOf(await buffer.next([0], 10))).toEqual(['E0000', 'E0001'])
    }),
  )

  it(
    'gives the successor of a process that ended what that one had been given',
    inRoom(async (room, buffer) => {
      await buffer.append(many(6))
      const given = await buffer.next([0], 3)
      await buffer.settle([{ events: given.slice(0, 1), state: 'done' }])
      const successor = await room.open('second')
      expect(idsOf(await successor.next([0], 10))).toEqual(idsOf(many(5, 0, 1)))
    }),
  )

  it(
    'forgets a lane that was lost: what others did in it meanwhile is not done again',
    inRoom(async (room, buffer) => {
      await buffer.append(many(4))
      await buffer.next([0], 4)
      buffer.leave(0)
      const other = await room.open('second')
      await other.settle([{ events: await other.next([0], 2), state: 'done' }])
      other.leave(0)
      buffer.hold(0)
      expect(idsOf(await buffer.next([0], 10))).toEqual(['E0002', 'E0003'])
    }),
  )

  it(
    'takes up what was accepted before a restart',
    inRoom(async (room, buffer) => {
      await buffer.append(many(3))
      await buffer.close()
      const again = await room.open('first')
      expect(await again.count()).toBe(3)
      expect(idsOf(await again.next([0], 10))).toEqual(idsOf(many(3)))
    }),
  )

  it(
    'takes groups that several callers append at once, each event once',
    inRoom(async (room, buffer) => {
      const other = await room.open('second')
      const events = many(200)
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, i) =>
          (i % 2 ? other : buffer).append(events.slice(i * 20, i * 20 + 60)),
        ),
      )
      expect(answers.flat().filter(isKnown => !isKnown)).toHaveLength(200)
      buffer.heard([0])
      expect(idsOf(await buffer.next([0], 1_000))).toEqual(idsOf(events))
    }),
  )
}

/** The store gives bytes back in a wrapper of its own. */
function bytesOf(packed: unknown): number[] {
  const bytes = packed instanceof Uint8Array ? packed : (packed as { buffer: Uint8Array }).buffer
  return [...bytes]
}
