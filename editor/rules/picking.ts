/** One thing to pick out of a list. */
export interface Pick {
  readonly key: string
  readonly name: string
  /** Behind the name, softly: its type, its sign. */
  readonly hint?: string
  /** At the end of the line: what the sample order holds there. */
  readonly value?: string
  /** What finds it, in lower case; its name where absent. */
  readonly found?: string
}

export interface PickSection {
  readonly title?: string
  readonly picks: readonly Pick[]
}

/** The sections with only what a search finds; what begins with the search comes first, each thing once. */
export function searched(sections: readonly PickSection[], search: string): readonly PickSection[] {
  const wanted = search.trim().toLowerCase().replace(/\s+/g, '')
  if (wanted === '') return sections
  const seen = new Set<string>()
  return sections.flatMap(section => {
    const ranked = section.picks
      .map(pick => ({ pick, rank: rank(pick, wanted) }))
      .filter(({ pick, rank }) => rank < NOT_FOUND && !seen.has(pick.key))
      .sort((a, b) => a.rank - b.rank)
    for (const { pick } of ranked) seen.add(pick.key)
    return ranked.length === 0 ? [] : [{ ...section, picks: ranked.map(({ pick }) => pick) }]
  })
}

const NOT_FOUND = 3

function rank({ name, found = name.toLowerCase() }: Pick, wanted: string): number {
  const lines = found.split('\n').map(line => line.replace(/\s+/g, ''))
  if (lines.includes(wanted)) return 0
  if (lines.some(line => line.startsWith(wanted))) return 1
  return lines.some(line => line.includes(wanted)) ? 2 : NOT_FOUND
}
