import { type Holder, isPlain } from '../own.ts'

type SiteOfOne = (a: string, no: unknown, slow: (data: Holder) => unknown) => (data: Holder) => unknown

/** Places of the code that read a path of one name: of an entry of a list, in a loop over it. */
// Closures of one function literal share what V8 remembers of its property reads, so the literal stands here once for
// each path. All of them say the same.
// biome-ignore format: one place a line
export const sitesOfOne: readonly SiteOfOne[] = [
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
  (a, no, slow) => d => { if (d == null) return no; const x = d[a]; return x === undefined ? no : isPlain(d) ? x : slow(d) },
]
