// The first character, in dictionary order, of each letter of pinyin; no syllable begins with i, u or v.
const LETTERS = 'abcdefghjklmnopqrstwxyz'
const FIRSTS = [
  ...'\u963f\u516b\u5693\u54d2\u59b8\u53d1\u65ee\u54c8\u8ba5\u5494\u5783\u75f3\u62cf\u5662\u5991\u4e03\u5465\u6268\u5b83\u7a75\u5915\u4e2b\u5e00',
]
const byPinyin = new Intl.Collator('zh-CN-u-co-pinyin')
const HAN = /[\u4e00-\u9fff]/

/** The initials of a Chinese text, as people type them to find it: `bckk` for own stock available. */
export function initials(text: string): string {
  const known = cache.get(text)
  if (known !== undefined) return known
  const letters = [...text].map(letterOf).join('')
  // Names of fields are few; what comes from documents is not kept for ever.
  if (cache.size >= MOST_KEPT) cache.clear()
  cache.set(text, letters)
  return letters
}

const cache = new Map<string, string>()
const MOST_KEPT = 2_000

function letterOf(char: string): string {
  if (!HAN.test(char)) return /\s/.test(char) ? '' : char.toLowerCase()
  let at = FIRSTS.length - 1
  while (at > 0 && byPinyin.compare(char, FIRSTS[at]!) < 0) at -= 1
  return LETTERS[at]!
}
