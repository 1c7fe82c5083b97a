import { crc32, deflateRawSync } from 'node:zlib'

/** A sheet as its file says it, for what no writer writes: hidden rows, numbers as texts of their own. */
export interface RawSheet {
  readonly name: string
  readonly state?: 'hidden' | 'veryHidden'
  /** `<row>` elements. */
  readonly rows: string
  readonly merged?: readonly string[]
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const LINKS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export function rawWorkbook(...sheets: RawSheet[]): Buffer {
  const files: Record<string, string> = {
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${LINKS}"><sheets>${sheets
      .map(({ name, state }, index) => {
        const hidden = state ? ` state="${state}"` : ''
        return `<sheet name="${name}" sheetId="${index + 1}"${hidden} r:id="rId${index + 1}"/>`
      })
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets
      .map(
        (_, index) =>
          `<Relationship Id="rId${index + 1}" Type="${LINKS}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
      )
      .join('')}</Relationships>`,
  }
  for (const [index, { rows, merged = [] }] of sheets.entries()) {
    const cells = merged.map(ref => `<mergeCell ref="${ref}"/>`).join('')
    const joined = merged.length > 0 ? `<mergeCells count="${merged.length}">${cells}</mergeCells>` : ''
    files[`xl/worksheets/sheet${index + 1}.xml`] =
      `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${joined}</worksheet>`
  }
  return zip(files)
}

/** A row of cells; texts stand inline, `{ n: '1E+17' }` is a number written so. */
export function rawRow(
  number: number,
  cells: readonly (string | { readonly n: string } | null)[],
  attributes = '',
): string {
  const written = cells.map((cell, column) => {
    const at = `r="${String.fromCharCode(65 + column)}${number}"`
    if (cell === null) return ''
    if (typeof cell !== 'string') return `<c ${at}><v>${cell.n}</v></c>`
    return `<c ${at} t="inlineStr"><is><t>${cell}</t></is></c>`
  })
  return `<row r="${number}"${attributes}>${written.join('')}</row>`
}

/** @param said what the directory says a file takes unpacked, where that is not the truth */
export function zip(files: Readonly<Record<string, string>>, said?: number): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const body = deflateRawSync(text)
    const title = Buffer.from(name)
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt16LE(0x800, 2)
    head.writeUInt16LE(8, 4)
    head.writeUInt32LE(crc32(text), 10)
    head.writeUInt32LE(body.length, 14)
    head.writeUInt32LE(said ?? Buffer.byteLength(text), 18)
    head.writeUInt16LE(title.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, title, body])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), head, place, title]))
    parts.push(local)
    at += local.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...parts, list, Buffer.from('PK\x05\x06'), end])
}
