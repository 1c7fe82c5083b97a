import { describe, expect, it } from 'vitest'
import { identify } from '../../server/intake/identify.ts'

const versioned = {
  _id: 'shop',
  identity: { orderId: ['id', 'order.no'], version: ['at'], buyer: ['phone'] },
}
const unversioned = { _id: 'shop', identity: { orderId: ['id'] } }

const identityOf = (...[connection, document, how, index]: Parameters<typeof identify>) => {
  const found = identify(connection, document, how, index)
  if ('problems' in found) throw new Error(found.problems[0]!.code)
  return found.identity
}

describe('the identity of an order', () => {
  it('is what it was in every release before: stored events are known again', () => {
    const order = { id: 'A1', at: '2026-10-01 10:00:00', phone: '13800000001' }
    expect(identityOf(versioned, order)).toEqual({
      event: 'shop:A1#2XltTgO4cUZv',
      order: 'shop:A1',
      lane: 4,
      body: JSON.stringify(order),
    })
    expect(identityOf(unversioned, { id: 'A1', note: '尽快' }).event).toBe('shop:A1#OtqS-rZOsTkG')
    expect(identityOf(versioned, { id: 'A1', note: '尽快' }).event).toBe('shop:A1#OtqS-rZOsTkG')
  })

  it('does not depend on how its text is spaced, and the text is kept as it came', () => {
    const text = '{ "id": "A1", "note": "\\u5c3d快" }'
    const kept = identityOf(unversioned, JSON.parse(text), { texts: ['', text] }, 1)
    expect(kept.body).toBe(text)
    expect(kept.event).toBe(identityOf(unversioned, { id: 'A1', note: '尽快' }).event)
  })

  it('is another one once a person changed the document, even where its version says the same', () => {
    const order = { id: 'A1', at: '1' }
    expect(identityOf(versioned, order, { isMended: true }).event).not.toBe(
      identityOf(versioned, order).event,
    )
  })

  it('is read by the first path that says something', () => {
    expect(identityOf(versioned, { id: ' ', order: { no: 69 } }).order).toBe('shop:69')
    expect(identityOf(versioned, { id: 0 }).order).toBe('shop:0')
    expect(identify(versioned, { order: 'A1' })).toMatchObject({ problems: [{ code: 'NO_ORDER_ID' }] })
  })

  it('is refused to a document that nests too deep, whoever says how deep it is', () => {
    const deep = (levels: number): object => (levels === 1 ? {} : { id: 'A1', a: deep(levels - 1) })
    expect(identityOf(versioned, deep(64)).order).toBe('shop:A1')
    expect(identityOf(versioned, deep(64), { depth: 65 }).order).toBe('shop:A1')
    expect(identify(versioned, deep(65))).toMatchObject({ problems: [{ code: 'TOO_DEEP' }] })
    expect(identify(versioned, deep(65), { depth: 65 })).toMatchObject({ problems: [{ code: 'TOO_DEEP' }] })
  })

  it('is refused beyond 1 MB, counted in bytes', () => {
    const note = (characters: number) => ({ id: 'A1', note: '长'.repeat(characters) })
    expect(identityOf(versioned, note(349_000)).order).toBe('shop:A1')
    expect(identify(versioned, note(349_600))).toMatchObject({ problems: [{ code: 'TOO_LARGE' }] })
  })
})
