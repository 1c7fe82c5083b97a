/** `{"!": {"!": … {var: 'x'}}}`: a rule of the given number of negations, twice over so that it keeps its truth. */
export function nested(pairs: number): unknown {
  let rule: unknown = { var: 'x' }
  for (let level = 0; level < pairs; level++) rule = { '!': { '!': rule } }
  return rule
}
