import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Text } from '../../server/workflow/text.ts'
import { request } from '../api/request.ts'
import type { Rules } from './rules.ts'
import { inSentOrder, type Sample, sentSamples } from './samples.ts'
import type { SuggestionAnswer } from './suggestions.ts'

export interface TriedValue {
  readonly value?: unknown
  readonly fault?: Text
}

export type TriedValues = Readonly<Record<string, TriedValue>>

/** What the mapping made of one sample. */
export interface TriedDocument {
  readonly ok: boolean
  readonly values: TriedValues
  readonly items?: { readonly count: number; readonly rows: readonly TriedValues[] }
  readonly problems: readonly {
    readonly field: string
    readonly message: string
    readonly messageEn: string
  }[]
}

export interface MappingProblem {
  readonly code: string
  /** `fields/3/transforms/0/template` */
  readonly at: string
  readonly message: Text
}

/** What the server makes of the mapping as it is now; documents by the ids of their samples. */
export interface Trial {
  readonly problems: readonly MappingProblem[]
  readonly documents: ReadonlyMap<string, TriedDocument>
}

export interface SampleSet {
  readonly samples: readonly Sample[]
  readonly connection: string | undefined
}

const names = (samples: readonly Sample[]) => samples.map(({ id, event }) => event ?? id)

/** @param taken grows with every change of the samples, since pasted ones have no id of their own */
export const tryQuery = (rules: Rules, negativeQuantity: string | undefined, set: SampleSet, taken: number) =>
  queryOptions({
    queryKey: ['mapping-try', rules, negativeQuantity, set.connection, taken, names(set.samples)],
    queryFn: async ({ signal }): Promise<Trial> => {
      const body = {
        mapping: { fields: rules, ...(negativeQuantity ? { negativeQuantity } : {}) },
        ...sentSamples(set.samples),
        ...(set.connection ? { connection: set.connection } : {}),
      }
      const answer = await request<{
        problems: readonly MappingProblem[]
        documents: readonly TriedDocument[]
      }>('/mappings/try', { method: 'POST', body, signal })
      const ids = inSentOrder(set.samples).map(({ id }) => id)
      return {
        problems: answer.problems,
        documents: new Map(answer.documents.map((each, index) => [ids[index] ?? '', each])),
      }
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
  })

export const suggestQuery = (set: SampleSet, taken: number) =>
  queryOptions({
    queryKey: ['mapping-suggest', set.connection, taken, names(set.samples)],
    queryFn: ({ signal }) =>
      request<SuggestionAnswer>('/mappings/suggest', {
        method: 'POST',
        body: { ...sentSamples(set.samples), ...(set.connection ? { connection: set.connection } : {}) },
        signal,
      }),
    enabled: set.samples.length > 0,
    staleTime: 60_000,
    gcTime: 60_000,
  })

interface TakenSample {
  readonly id: string
  readonly receivedAt: string
  readonly document: unknown
}

/** The last documents of a connection, buyers masked. */
export const takenQuery = (connection: string | undefined) =>
  queryOptions({
    queryKey: ['mapping-samples', connection],
    queryFn: ({ signal }) =>
      request<{ items: readonly TakenSample[] }>(
        `/mappings/samples?connection=${encodeURIComponent(connection ?? '')}&limit=20`,
        { signal },
      ),
    enabled: connection !== undefined,
  })
