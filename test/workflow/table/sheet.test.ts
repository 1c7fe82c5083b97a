import { describe, expect, it } from 'vitest'
import { asTabbed, readSheet, untabbedCell } from '../../../server/workflow/table/sheet.ts'

const row = (name: string, when: string, action: string) => ({ name, when, action })

describe('the cells of a sheet', () => {
  it('are name, logic and action where there is no header', () => {
    expect(readSheet([['本仓库存', '本仓可用 ≥ 需要', '发货']]).rows).toEqual([
      row('本仓库存', '本仓可用 ≥ 需要', '发货'),
    ])
  })

  it('follow the header, in whatever order its words stand', () => {
    const { rows } = readSheet([
      ['执行动作', '条件类型', '判断逻辑'],
      ['发货', '本仓库存', '本仓可用 ≥ 需要'],
    ])
    expect(rows).toEqual([row('本仓库存', '本仓可用 ≥ 需要', '发货')])
  })

  it.each([
    [['序号', '规则名称', '条件', '动作']],
    [['编号', '类型', '逻辑', '处理方式']],
    [['No', 'Name', 'Logic', 'Action']],
  ])('know other words for the columns: %j', header => {
    expect(readSheet([header, ['1', '本仓', '急单', '发货']]).rows).toEqual([row('本仓', '急单', '发货')])
  })

  it('leave out a column of numbers', () => {
    const { rows } = readSheet([
      ['1', 'A', '急单', '发货'],
      ['2', 'B', '不是急单', '采购'],
    ])
    expect(rows).toEqual([row('A', '急单', '发货'), row('B', '不是急单', '采购')])
  })

  it('are logic and action where there are two columns', () => {
    expect(readSheet([['急单', '发货']]).rows).toEqual([row('', '急单', '发货')])
  })

  it('name in the last line what happens to all other orders', () => {
    const sheet = readSheet([
      ['急单', '急单', '发货'],
      ['其它', '', '转人工'],
    ])
    expect(sheet).toEqual({ rows: [row('急单', '急单', '发货')], otherwise: '转人工' })
  })

  it('skip empty lines', () => {
    expect(readSheet([['', '', ''], ['A', '急单', '发货'], [' ']]).rows).toHaveLength(1)
  })

  it('are quoted where they hold tabs, line ends or quotes, and never taken for a formula', () => {
    expect(asTabbed([['a\tb', 'c\nd', 'e"f']])).toBe('"a\tb"\t"c\nd"\t"e""f"')
    expect(asTabbed([['=1+1']])).toBe("'=1+1")
    expect(untabbedCell("'=1+1")).toBe('=1+1')
    expect(untabbedCell("'quoted'")).toBe("'quoted'")
  })
})
