import { useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { MOST_SAMPLES, readSamples, type Sample, splitSamples, withDocuments } from './samples.ts'

export interface SamplesInUse {
  readonly samples: readonly Sample[]
  /** Grows with every change. */
  readonly taken: number
  /** What was done with the data, for the person who gave it. */
  readonly note: string
  /** Takes a text in; answers what is wrong with it, in words. */
  readonly give: (text: string) => string | undefined
  readonly take: (sample: Sample) => void
  readonly drop: (id: string) => void
  /** Makes the orders in a list the samples, where each sample holds a whole list. */
  readonly split: (path: string) => void
}

const NONE: readonly unknown[] = []

/**
 * The documents a mapping is looked at with; kept while the mapper is open.
 * @param first those it begins with
 */
export function useSamples(first = NONE): SamplesInUse {
  const { t } = useWords()
  const name = (n: number) => t('mapper.sample', { n })
  const [{ samples, taken, note }, setState] = useState(() => ({
    samples: withDocuments([], first, name),
    taken: 0,
    note: '',
  }))
  const put = (next: readonly Sample[], said = '') =>
    setState(before => ({ samples: next, taken: before.taken + 1, note: said }))

  function give(text: string): string | undefined {
    const reading = readSamples(text)
    if ('fault' in reading) {
      if (reading.fault === 'empty') return t('mapper.brokenEmpty')
      if (reading.fault === 'not-objects') return t('mapper.brokenShape')
      return t('mapper.broken', { line: reading.fault.line, column: reading.fault.column })
    }
    const { documents, left } = reading
    put(
      withDocuments(samples, documents, name),
      left > 0 ? t('mapper.left', { count: MOST_SAMPLES, left }) : '',
    )
    return undefined
  }

  function split(path: string): void {
    const orders = splitSamples(samples, path, name)
    if (orders.length > 0) put(orders, t('mapper.split', { path, count: orders.length }))
  }

  return {
    samples,
    taken,
    note,
    give,
    split,
    take: sample => put([sample, ...samples.filter(({ id }) => id !== sample.id)].slice(0, MOST_SAMPLES)),
    drop: id => put(samples.filter(each => each.id !== id)),
  }
}
