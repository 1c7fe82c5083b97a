import { beforeEach, expect, it } from 'vitest'
import { type CrewsAtWork, crewsAtWork } from '../../server/engine/crews-at-work.ts'

let clock: number
let crews: CrewsAtWork

beforeEach(() => {
  clock = 0
  crews = crewsAtWork({ all: 8, little: 512, now: () => clock })
})

/** A tenth of a second in which so many orders come and so many are decided. */
function pass(came: number, went: number): void {
  crews.accepted(came)
  crews.decided(went)
  clock += 100
}

it('One crew works while little waits, however much comes', () => {
  pass(2_000, 100)
  expect(crews.most(511)).toBe(1)
})

it('All work on a backlog while no more comes than they can decide', () => {
  expect(crews.most(512)).toBe(8)
  pass(600, 400)
  expect(crews.most(10_000)).toBe(8)
  pass(0, 400)
  expect(crews.most(10_000)).toBe(8)
})

it('One works while orders flood in, and all again when the flood is over', () => {
  pass(1_500, 400)
  expect(crews.most(2_000)).toBe(1)
  crews.accepted(10)
  expect(crews.most(2_000)).toBe(1)
  pass(1_500, 200)
  expect(crews.most(4_000)).toBe(1)
  pass(300, 250)
  expect(crews.most(4_000)).toBe(8)
})

it('A trickle is no flood, though nothing is decided meanwhile', () => {
  pass(500, 0)
  expect(crews.most(600)).toBe(8)
})
