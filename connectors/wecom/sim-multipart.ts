/** The one file of a multipart body. */
interface SimFile {
  readonly field: string
  readonly name: string
  readonly bytes: Buffer
}

const BOUNDARY = /boundary=(?:"([^"]+)"|([^;\s]+))/

/** @returns undefined when there is no file in it */
export function fileOf(contentType: string, body: Buffer): SimFile | undefined {
  const found = BOUNDARY.exec(contentType)
  const boundary = found?.[1] ?? found?.[2]
  if (boundary === undefined) return undefined
  const start = body.indexOf('\r\n\r\n')
  const end = body.indexOf(`\r\n--${boundary}`, start + 4)
  const head = body.subarray(0, Math.max(0, start)).toString('utf8')
  const field = /name="([^"]*)"/.exec(head)?.[1]
  const name = /filename="([^"]*)"/.exec(head)?.[1]
  if (start < 0 || end < 0 || field === undefined || name === undefined) return undefined
  return { field, name, bytes: body.subarray(start + 4, end) }
}
