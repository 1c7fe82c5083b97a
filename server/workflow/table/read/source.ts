/** A text as it was written, and the same with every character in its plain form; positions agree. */
export interface Source {
  readonly raw: string
  readonly plain: string
}

/** Full-width letters, digits and signs become plain ones, all spaces one kind, letters small. */
export function sourceOf(text: string): Source {
  const raw = text.replace(/[。；;\s]+$/u, '').replace(/^\s+/u, '')
  const plain = Array.from({ length: raw.length }, (_, index) => plainCharacter(raw.charAt(index))).join('')
  return { raw, plain }
}

function plainCharacter(character: string): string {
  if (/\s/u.test(character)) return ' '
  const plain = character.normalize('NFKC').toLowerCase()
  return plain.length === 1 ? plain : character
}

export function afterSpaces({ plain }: Source, at: number): number {
  let position = at
  while (plain[position] === ' ') position++
  return position
}

/**
 * Where a word that begins at a position ends, spaces in either left out of account; undefined where another
 * word stands there. A Latin word must not go on in further letters.
 */
export function endOfWord({ plain }: Source, at: number, word: string): number | undefined {
  let position = at
  for (const character of word) {
    if (character === ' ') continue
    while (plain[position] === ' ' && position > at) position++
    if (plain[position] !== character) return undefined
    position++
  }
  const isLatin = /[a-z0-9]$/.test(word)
  return isLatin && /[a-z0-9]/.test(plain[position] ?? '') ? undefined : position
}
