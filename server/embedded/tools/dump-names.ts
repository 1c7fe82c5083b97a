import { createHash } from 'node:crypto'

/** Longest name before an ending, so that `.metadata.json.gz` fits into the 255 bytes of a file's name. */
const MAX_NAME = 238
const KEPT_NAME = 208

/** What a collection's files are called, without their endings: as mongodump calls them (outputPath in prepare.go). */
export function fileNameOf(collection: string): string {
  const escaped = escapeName(collection)
  if (escaped.length <= MAX_NAME) return escaped
  const hash = createHash('sha1').update(collection).digest('base64url')
  return `${escaped.slice(0, KEPT_NAME)}%24${hash}`
}

/** The collection a file's name stands for; undefined where it was cut and the metadata must tell. */
export function collectionNameOf(fileName: string): string | undefined {
  if (fileName.length === MAX_NAME && fileName.includes('%24')) return undefined
  return decodeURIComponent(fileName)
}

/** As Go's url.PathEscape does: of these two signs it escapes what `encodeURIComponent` leaves, and the other way round. */
function escapeName(name: string): string {
  return encodeURIComponent(name)
    .replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%(24|26|2B|3A|3D|40)/g, escaped => decodeURIComponent(escaped))
}
