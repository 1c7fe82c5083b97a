import { itemTargets, orderTargets, type Target } from './targets.ts'
import { transforms } from './transforms/index.ts'

const RANK = { must: 0, should: 1, may: 2 } as const
type Need = keyof typeof RANK

/** What the editor needs to know to build mappings: unified fields (needed ones first) and ways to change values. */
export function mappingLanguage() {
  return {
    targets: told(orderTargets),
    itemTargets: told(itemTargets),
    transforms: [...transforms.values()].map(({ use, name, suits, reads, options }) => {
      return { use, name, suits: [...suits], reads: reads ?? 'each', params: options }
    }),
  }
}

function told(targets: Readonly<Record<string, Target>>) {
  return Object.entries(targets)
    .map(([path, { type, name, need, coveredBy = [] }]) => {
      const needed: Need = need ?? 'may'
      return { path, type, name, need: needed, coveredBy: [...coveredBy] }
    })
    .sort((a, b) => RANK[a.need] - RANK[b.need])
}
