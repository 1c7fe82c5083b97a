import { afterAll, beforeAll, expect, it } from 'vitest'
import { mongoError } from '../../../server/embedded/errors.ts'
import type { Step } from '../../../server/embedded/store/commit-queue.ts'
import { openFolder } from '../support/open-folder.ts'

const { store, close } = openFolder()
const { tree, catalog, commits } = store
const table = 1000
afterAll(close)
beforeAll(() =>
  commits.submit(() => {
    catalog.create('t', 'c')
    return { done: undefined }
  }),
)

function put(name: string): Step<string> {
  return () => {
    tree.put(table, Buffer.from(name), Buffer.from('x'))
    return { done: name }
  }
}

function has(name: string): boolean {
  return tree.has(table, Buffer.from(name))
}

it('puts what waits at the same time into one transaction', async () => {
  let transactions = 0
  const { transact } = tree
  tree.transact = work => {
    transactions++
    return transact(work)
  }
  expect(await Promise.all(['a', 'b', 'c'].map(name => commits.submit(put(name))))).toEqual(['a', 'b', 'c'])
  tree.transact = transact
  expect(transactions).toBe(1)
})

it('refuses one and keeps its neighbours', async () => {
  const refused = commits.submit(() => {
    throw mongoError('BadValue', 'no')
  })
  const results = await Promise.allSettled([commits.submit(put('d')), refused, commits.submit(put('e'))])
  expect(results.map(result => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(has('d') && has('e')).toBe(true)
})

it('undoes everything of a step that fails after it wrote, and only that', async () => {
  const broken = commits.submit(() => {
    put('half')()
    catalog.adjustCount(catalog.find('t', 'c')!, 7)
    catalog.create('t', 'half')
    throw new Error('unforeseen')
  })
  const results = await Promise.allSettled([commits.submit(put('f')), broken, commits.submit(put('g'))])
  expect(results.map(result => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect([has('f'), has('half'), has('g')]).toEqual([true, false, true])
  expect(catalog.find('t', 'half')).toBeUndefined()
  expect(catalog.find('t', 'c')?.count).toBe(0)
})

it('tells the client when the disk is full, with a code', async () => {
  const { transact } = tree
  tree.transact = () => {
    throw new Error('ENOSPC: no space left on device')
  }
  await expect(commits.submit(put('h'))).rejects.toMatchObject({ code: 14031, codeName: 'OutOfDiskSpace' })
  tree.transact = transact
  expect(await commits.submit(put('h'))).toBe('h')
})

it('gives others their turn between the steps of a long write', async () => {
  const order: string[] = []
  const long = (left: number): Step<void> => {
    return () => {
      order.push(`long ${left}`)
      return left > 0 ? { next: long(left - 1) } : { done: undefined }
    }
  }
  const first = commits.submit(long(2))
  const second = commits.submit(() => ({ done: order.push('short') }))
  await Promise.all([first, second])
  expect(order).toEqual(['long 2', 'short', 'long 1', 'long 0'])
})

it('does what was submitted before it closes, and refuses what comes after', async () => {
  const other = openFolder()
  const last = other.store.commits.submit(() => ({ done: 'last' }))
  const closed = other.close()
  await expect(other.store.commits.submit(() => ({ done: 'late' }))).rejects.toMatchObject({ code: 11600 })
  expect(await last).toBe('last')
  await closed
})

it('closes also where the last write fails while it closes', async () => {
  const own = openFolder()
  const failing = own.store.commits.submit(() => {
    throw new Error('unforeseen')
  })
  const closed = own.close()
  await expect(failing).rejects.toThrow('unforeseen')
  await closed
})
