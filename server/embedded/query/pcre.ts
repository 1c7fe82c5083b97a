import { locationError } from '../errors.ts'

/*
 * MongoDB's patterns are PCRE2's. Most of them mean the same in JavaScript's Unicode mode; the rest is rewritten here,
 * or refused: what would silently mean something else must not get through.
 * https://www.pcre.org/current/doc/html/pcre2pattern.html
 */

/** The end of the text for `$`: a line feed may stand behind it. */
const AT_END = '(?=\\n?(?![\\s\\S]))'

/** Escapes that stand for a place or for several characters; they mean nothing inside a class. */
const PLACES: Readonly<Record<string, string>> = {
  A: '(?<![\\s\\S])',
  z: '(?![\\s\\S])',
  Z: AT_END,
  R: '(?:\\r\\n|[\\n\\v\\f\\r\\x85\\u2028\\u2029])',
  N: '[^\\n]',
}

/** Escapes that stand for a set, as what may stand between the brackets of a class. */
const SETS: Readonly<Record<string, string>> = {
  s: ' \\t\\n\\v\\f\\r',
  S: '\\x00-\\x08\\x0e-\\x1f\\x21-\\u{10ffff}',
  h: ' \\t\\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000',
  v: '\\n\\v\\f\\r\\x85\\u2028\\u2029',
  a: '\\x07',
  e: '\\x1b',
}

/** The sets that POSIX has names for. */
const POSIX: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: 'a-z',
  print: '\\x20-\\x7e',
  punct: '\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e',
  space: ' \\t\\n\\v\\f\\r',
  upper: 'A-Z',
  word: '\\w',
  xdigit: '0-9A-Fa-f',
}

/** Escapes with a letter or digit that mean the same in both. */
const SAME = /[bBcdDfnrtwWxk0-9]/

/** Quoted text; a property; an escape; the name of a set; a quantifier; any other character. */
const TOKEN =
  /\\Q([\s\S]*?)(?:\\E|$)|\\([pP](?:\{\^?\w+\}|\w))|\\([\s\S])|\[:(\^?\w+):\]|\{\d+(?:,\d*)?\}|[\s\S]/g

/** A pattern with the same meaning in JavaScript's Unicode mode; throws code 51091 for what has none. */
export function inJavaScript(pattern: string, flags: string): string {
  let inClass = false
  /** Where a `]` would be one of the characters of the class rather than its end. */
  let classStart = -1
  return pattern.replace(TOKEN, (token, quoted, property, escaped, posix, at: number) => {
    if (quoted !== undefined) return [...quoted].map(character => literal(character, inClass)).join('')
    if (property !== undefined) return unicodeProperty(property)
    if (escaped !== undefined) return unescaped(escaped, inClass, pattern)
    if (posix !== undefined) return posixSet(posix, inClass, pattern)
    if (inClass) {
      if (token === '^' && at === classStart) classStart++
      const ends = token === ']' && at !== classStart
      if (ends) inClass = false
      return ends || token === '^' || token === '-' ? token : literal(token, true)
    }
    if (token === '[') {
      inClass = true
      classStart = at + 1
    }
    return outsideClass(token, flags)
  })
}

function outsideClass(token: string, flags: string): string {
  if (token === '$' && !flags.includes('m')) return AT_END
  if (token === '.' && !flags.includes('s')) return '[^\\n]'
  return token === '{' || token === '}' || token === ']' ? `\\${token}` : token
}

function unescaped(letter: string, inClass: boolean, pattern: string): string {
  if (!/[A-Za-z0-9]/.test(letter)) return literal(letter, inClass)
  if (SETS[letter]) return inClass ? SETS[letter] : `[${SETS[letter]}]`
  const opposite = SETS[letter.toLowerCase()]
  if ((letter === 'H' || letter === 'V') && !inClass) return `[^${opposite}]`
  if (PLACES[letter] && !inClass) return PLACES[letter]
  if (SAME.test(letter)) return `\\${letter}`
  throw unknown(`\\${letter}`, pattern)
}

function literal(character: string, inClass: boolean): string {
  return (inClass ? /[\\\]^[-]/ : /[\\^$.*+?()[\]{}|/]/).test(character) ? `\\${character}` : character
}

/** `p` or `P` with the name of a category or of a script, which may be negated by a `^`. */
function unicodeProperty(property: string): string {
  const [, letter, negation, name] = /^(p|P)\{?(\^?)(\w+)\}?$/.exec(property)!
  const isNegative = (letter === 'P') !== (negation === '^')
  const kind = name!.length <= 2 || name === 'Any' ? name : `Script_Extensions=${name}`
  return `\\${isNegative ? 'P' : 'p'}{${kind}}`
}

function posixSet(name: string, inClass: boolean, pattern: string): string {
  if (inClass && Object.hasOwn(POSIX, name)) return POSIX[name]!
  throw unknown(`[:${name}:]`, pattern)
}

function unknown(part: string, pattern: string): Error {
  return locationError(51091, `Regular expression is invalid: '${part}' is not supported: ${pattern}`)
}
