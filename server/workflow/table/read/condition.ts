import type { FieldSpec } from '../../field.ts'
import { checkCondition } from '../../logic/check.ts'
import { explainCondition } from '../../logic/explain.ts'
import { comparisonsAt } from './comparison.ts'
import { always, connectives, loops, negations, never, phrasesAt } from './lexicon.ts'
import { afterSpaces, endOfWord, type Source, sourceOf } from './source.ts'

/** What a sentence was read as. */
export interface ConditionReading {
  readonly rule: unknown
  /** False where something was guessed: a field's name that nearly fits, a word that may mean another thing. */
  readonly isSure: boolean
}

/** A part of a sentence that was read; a smaller doubt is the better reading. */
export interface Part {
  readonly rule: unknown
  readonly end: number
  readonly doubt: number
}

export interface Reader {
  readonly source: Source
  readonly fields: readonly FieldSpec[]
  readonly chains: Map<number, readonly Part[]>
}

const LONGEST = 400
/** Readings of one place that are followed further. */
const MOST_READINGS = 12

/**
 * Reads a condition written in words, the sentences of `explainCondition` and the ways people write them in a
 * spreadsheet: 「邻近仓够货 且 邻近仓距离 < 200 km」, `实付金额大于等于500元`. Undefined where it is not understood.
 */
export function readCondition(text: string, fields: readonly FieldSpec[]): ConditionReading | undefined {
  const source = sourceOf(text)
  if (source.raw === '' || source.raw.length > LONGEST) return undefined
  const reader: Reader = { source, fields, chains: new Map() }
  const whole = chainsAt(0, reader).filter(({ end }) => afterSpaces(source, end) === source.raw.length)
  const sound = whole.filter(({ rule }) =>
    checkCondition(rule, fields).every(({ severity, code }) => severity !== 'error' || code === 'NEVER_TRUE'),
  )
  const best = sound.toSorted((a, b) => a.doubt - b.doubt)[0]
  if (!best) return undefined
  // A reading that is printed exactly so is what was meant, as long as no better one is.
  const equal = sound.find(each => each.doubt === best.doubt && printsAs(each.rule, source.raw, fields))
  return { rule: (equal ?? best).rule, isSure: best.doubt === 0 || equal !== undefined }
}

function printsAs(rule: unknown, text: string, fields: readonly FieldSpec[]): boolean {
  const words = explainCondition(rule, fields)
  return words.zh === text || words.en === text
}

/** Conditions joined by "and" or "or" from a position on. */
export function chainsAt(at: number, reader: Reader): readonly Part[] {
  const known = reader.chains.get(at)
  if (known) return known
  // Set first, so that a text that leads back to itself ends.
  reader.chains.set(at, [])
  const links = linksAt(at, reader)
  const parts = links.map(
    ({ rules, joints, end, doubt }): Part => ({
      rule: joined(rules, joints),
      end,
      doubt: doubt + mixedDoubt(joints),
    }),
  )
  reader.chains.set(at, parts)
  return parts
}

interface Links {
  readonly rules: readonly unknown[]
  readonly joints: readonly ('and' | 'or')[]
  readonly end: number
  readonly doubt: number
}

function linksAt(at: number, reader: Reader): readonly Links[] {
  const found: Links[] = []
  let open: readonly Links[] = [{ rules: [], joints: [], end: at, doubt: 0 }]
  while (open.length > 0) {
    const next: Links[] = []
    for (const links of open) {
      for (const part of factorsAt(links.end, reader)) {
        const longer = {
          ...links,
          rules: [...links.rules, part.rule],
          end: part.end,
          doubt: links.doubt + part.doubt,
        }
        found.push(longer)
        for (const joint of phrasesAt(connectives, reader.source, part.end)) {
          next.push({
            ...longer,
            joints: [...longer.joints, joint.means],
            end: joint.end,
            doubt: longer.doubt + joint.doubt,
          })
        }
      }
    }
    open = next.toSorted((a, b) => a.doubt - b.doubt || b.end - a.end).slice(0, MOST_READINGS)
  }
  return found
}

/** "A and B or C" has two readings; the usual one is taken, and asked about. */
function mixedDoubt(joints: readonly string[]): number {
  return new Set(joints).size > 1 ? 1 : 0
}

function joined(rules: readonly unknown[], joints: readonly ('and' | 'or')[]): unknown {
  if (rules.length === 1) return rules[0]
  if (new Set(joints).size === 1) return { [joints[0]!]: rules }
  const groups: unknown[][] = [[rules[0]]]
  for (const [index, joint] of joints.entries()) {
    if (joint === 'or') groups.push([])
    groups.at(-1)!.push(rules[index + 1])
  }
  return { or: groups.map(group => (group.length === 1 ? group[0] : { and: group })) }
}

function factorsAt(at: number, reader: Reader): readonly Part[] {
  const { source } = reader
  const inBrackets = bracketedAt(at, reader)
  const denied = phrasesAt(negations, source, at).flatMap(({ end }) =>
    bracketedAt(end, reader).map(part => ({ ...part, rule: { '!': part.rule } })),
  )
  const constants = [
    ...phrasesAt(always, source, at).map(({ end }) => ({ rule: true, end, doubt: 0 })),
    ...phrasesAt(never, source, at).map(({ end }) => ({ rule: false, end, doubt: 0 })),
  ]
  const all = [...inBrackets, ...denied, ...loopsAt(at, reader), ...constants, ...comparisonsAt(at, reader)]
  return all.toSorted((a, b) => a.doubt - b.doubt || b.end - a.end).slice(0, MOST_READINGS)
}

function bracketedAt(at: number, reader: Reader): readonly Part[] {
  const { source } = reader
  const from = afterSpaces(source, at)
  if (source.plain[from] !== '(') return []
  return chainsAt(from + 1, reader).flatMap(part => {
    const close = afterSpaces(source, part.end)
    return source.plain[close] === ')' ? [{ ...part, end: close + 1 }] : []
  })
}

/** 「至少一项 商品 满足（数量 > 1）」 */
function loopsAt(at: number, reader: Reader): readonly Part[] {
  const { source, fields } = reader
  return loops.flatMap(({ words, means, rest }) => {
    const end = endOfWord(source, afterSpaces(source, at), words)
    if (end === undefined) return []
    return fields
      .filter(field => field.type === 'list' && field.entry)
      .flatMap(field => {
        const named = [field.name.zh, field.name.en].flatMap(
          name => endOfWord(source, afterSpaces(source, end), name.toLowerCase()) ?? [],
        )
        const inside: Reader = { source, fields: field.entry ?? [], chains: new Map() }
        return named
          .flatMap(after => rest.flatMap(word => endOfWord(source, afterSpaces(source, after), word) ?? []))
          .flatMap(after => bracketedAt(after, inside))
          .map(part => ({ ...part, rule: { [means]: [{ var: field.path }, part.rule] } }))
      })
  })
}
