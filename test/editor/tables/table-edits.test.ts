import { describe, expect, it } from 'vitest'
import {
  addRow,
  changeOtherwise,
  changeRow,
  duplicateRow,
  emptyRow,
  insertRows,
  moveRow,
  removeRow,
  settleOtherwise,
  settlePorts,
  type TableParams,
} from '../../../editor/tables/table-edits.ts'
import { rowsOf } from '../../../server/workflow/table/table-row.ts'

const row = (id: string, action: string, port = `p-${id}`) => ({ id, name: id, when: true, port, action })
const params: TableParams = { hits: 'first', rows: [row('a', '发货'), row('b', '调拨'), row('c', '采购')] }
const ids = (given: TableParams) => rowsOf(given).map(({ id }) => id)
const portOf = (given: TableParams, id: string) => rowsOf(given).find(each => each.id === id)?.port

function counting(): () => string {
  let count = 0
  return () => `new${++count}`
}

/** Writes an action and leaves the cell. */
function writeAction(given: TableParams, id: string, action: string): TableParams {
  const target = rowsOf(given).find(each => each.id === id)!
  return settlePorts(changeRow(given, target, { action }), id, counting())
}

describe('editing a decision table', () => {
  it('keeps the exit of a row whose action is written anew, so that its lines stay', () => {
    expect(portOf(writeAction(params, 'a', '锁定并发货'), 'a')).toBe('p-a')
  })

  it('gives rows with the same action one exit', () => {
    expect(portOf(writeAction(params, 'c', '发货'), 'c')).toBe('p-a')
  })

  it('gives a row an exit of its own once it does something else than those it shared with', () => {
    const shared = { rows: [row('a', '发货', 'p'), row('b', '发货', 'p')] }
    const changed = writeAction(shared, 'b', '调拨')
    expect([portOf(changed, 'a'), portOf(changed, 'b')]).toEqual(['p', 'new1'])
  })

  it('keeps the first row of an empty table once something is written into it', () => {
    const first = emptyRow(counting())
    const changed = changeRow({}, first, { name: '本仓' })
    expect(changed.rows).toEqual([{ id: 'new1', port: 'new2', name: '本仓', action: '' }])
  })

  it('leaves out a condition that was taken away', () => {
    const changed = changeRow(params, rowsOf(params)[0]!, { when: undefined })
    expect(Object.hasOwn(rowsOf(changed)[0]!, 'when')).toBe(false)
  })

  it('leaves the rows it does not touch the very same', () => {
    const changed = changeRow(params, rowsOf(params)[0]!, { name: 'x' })
    expect(rowsOf(changed)[1]).toBe(rowsOf(params)[1])
  })

  it('adds below a row, removes, and moves', () => {
    expect(ids(addRow(params, emptyRow(counting()), 'a'))).toEqual(['a', 'new1', 'b', 'c'])
    expect(ids(removeRow(params, 'b'))).toEqual(['a', 'c'])
    expect(ids(moveRow(params, 'c', 'a'))).toEqual(['c', 'a', 'b'])
    expect(ids(moveRow(params, 'a', 1))).toEqual(['b', 'a', 'c'])
    expect(ids(moveRow(params, 'a', -1))).toEqual(['a', 'b', 'c'])
  })

  it('duplicates a row together with its exit', () => {
    const changed = duplicateRow(params, 'a', counting())
    expect(ids(changed)).toEqual(['a', 'new1', 'b', 'c'])
    expect(portOf(changed, 'new1')).toBe('p-a')
  })

  it('lets the last line share the exit of a row with its action, and no other', () => {
    const shared = settleOtherwise(changeOtherwise(params, '采购'))
    expect(shared.else).toEqual({ action: '采购', port: 'p-c' })
    expect(settleOtherwise(changeOtherwise(shared, '转人工')).else).toEqual({ action: '转人工' })
  })

  it('puts pasted rows where they were pasted, in place of empty ones, with the exits of known actions', () => {
    const withEmpty = addRow(params, emptyRow(counting()), 'a')
    const added = [
      { name: 'x', when: true, action: '采购' },
      { name: 'y', when: undefined, action: '退款' },
      { name: 'z', when: true, action: '退款' },
    ]
    const changed = insertRows(withEmpty, added, { mode: 'add', after: 'new1' }, counting())
    expect(rowsOf(changed).map(({ name }) => name)).toEqual(['a', 'x', 'y', 'z', 'b', 'c'])
    const [, x, y, z] = rowsOf(changed)
    expect(x?.port).toBe('p-c')
    expect(y?.port).toBe(z?.port)
  })

  it('replaces the whole table, last line included', () => {
    const changed = insertRows(
      params,
      [{ name: 'x', when: true, action: '采购' }],
      { mode: 'replace', otherwise: '转人工' },
      counting(),
    )
    expect(changed).toEqual({
      hits: 'first',
      rows: [{ id: 'new1', name: 'x', when: true, action: '采购', port: 'p-c' }],
      else: { action: '转人工' },
    })
  })

  it('reads rows that are not whole as far as they go', () => {
    expect(rowsOf({ rows: [null, { id: 'a' }, 'x'] })).toEqual([
      { id: 'a', name: '', when: undefined, port: '', action: '' },
    ])
    expect(rowsOf({ rows: 'none' })).toEqual([])
  })
})
