import { describe, expect, it } from 'vitest'
import { inputAt, walkedOf } from '../../../editor/testing/walked-of.ts'
import { aRealRun, aStep, aTestRun } from './runs.ts'

const { kind: _, ...realStep } = aStep('in', ['received'])
const real = (node: string, ports: readonly string[], type = 'order.dedup') => ({
  ...realStep,
  node,
  ports,
  type,
  sentence: { zh: `${node} 决定`, en: `${node} decides` },
})

describe('the way of a run on the canvas', () => {
  it('numbers the nodes in the order they were visited and names the exits taken', () => {
    const walked = walkedOf(aTestRun(), 'zh')
    expect([...walked.nodes].map(([node, { place, state }]) => [node, place, state])).toEqual([
      ['in', 1, 'passed'],
      ['end', 2, 'passed'],
    ])
    expect([...walked.ports]).toEqual(['in/received'])
    expect(walked.nodes.get('in')?.sentence).toBe('in 决定')
    expect(walkedOf(aTestRun(), 'en').nodes.get('in')?.sentence).toBe('in 决定 (en)')
  })

  it('knows a test from what really happened', () => {
    expect(walkedOf(aTestRun(), 'zh').simulated).toBe(true)
    expect(walkedOf(aRealRun({ steps: [real('in', ['received'])] }), 'zh').simulated).toBe(false)
  })

  it('shows where a run waits, and not at the end that another branch came to', () => {
    const run = aRealRun({
      status: 'waiting',
      steps: [real('in', ['received']), real('wait', [], 'time.wait'), real('done', [], 'flow.end')],
    })
    const { nodes } = walkedOf(run, 'zh')
    expect(nodes.get('wait')?.state).toBe('waiting')
    expect(nodes.get('done')?.state).toBe('passed')
    expect(nodes.get('in')?.state).toBe('passed')
  })

  it('keeps the place of a node that was waited at, and takes it as passed once the wait is over', () => {
    const run = aRealRun({
      steps: [
        real('in', ['received']),
        real('wait', [], 'time.wait'),
        real('wait', ['due'], 'time.wait'),
        real('done', [], 'flow.end'),
      ],
    })
    const { nodes, ports } = walkedOf(run, 'zh')
    expect(nodes.get('wait')).toMatchObject({ place: 2, state: 'passed' })
    expect(nodes.get('done')?.place).toBe(4)
    expect(ports.has('wait/due')).toBe(true)
  })

  it('ends at the failed node with the reason in the language on screen', () => {
    const error = {
      node: 'hook',
      code: 'HTTP',
      message: '对方没有回答 / No answer',
      blame: 'connector',
      retryable: true,
    }
    const run = aTestRun({ status: 'failed', outcome: 'failed', steps: [aStep('in', ['received'])], error })
    expect(walkedOf(run, 'zh').nodes.get('hook')).toEqual({
      place: 2,
      state: 'failed',
      sentence: '对方没有回答',
    })
    expect(walkedOf(run, 'en').nodes.get('hook')?.sentence).toBe('No answer')
  })

  it('can be played: only the steps so far are lit, and a failure only at the end', () => {
    const error = { node: 'end', code: 'X', message: 'x / x', blame: 'engine', retryable: false }
    const run = aTestRun({ status: 'failed', error })
    expect([...walkedOf(run, 'zh', 1).nodes.keys()]).toEqual(['in'])
    expect(walkedOf(run, 'zh', 2).nodes.get('end')?.state).toBe('failed')
    expect(walkedOf(run, 'zh', 0).nodes.size).toBe(0)
  })
})

describe('the data at a node', () => {
  it('is what arrived there at its last visit', () => {
    const run = aTestRun({
      steps: [
        aStep('wait', [], { input: { round: 1 } }),
        aStep('wait', ['due'], { input: { round: 2 } }),
        aStep('end', []),
      ],
    })
    expect(inputAt(run, 'wait')).toEqual({ round: 2 })
    expect(inputAt(run, 'end')).toBeUndefined()
    expect(inputAt(run, 'elsewhere')).toBeUndefined()
  })
})
