/**
 * The visit an effect came from. A visit's first effect carries the visit's own key, `<run>/<node>/<occurrence>`;
 * further ones have `.<n>` behind it.
 */
export function visitKey(effectKey: string): string {
  return effectKey.replace(/(\/\d+)\.\d+$/, '$1')
}
