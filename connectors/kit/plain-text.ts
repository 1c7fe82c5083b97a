/** Markdown without its marks, for media that show none: links keep their address, bullets and words stay. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/<\/?font[^>]*>/g, '')
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, '$1 $2')
    .replace(/^(?:#{1,6}|>)\s+/gm, '')
    .replace(/\*\*|`/g, '')
}
