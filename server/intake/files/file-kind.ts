import { extname } from 'node:path'
import { FileUnreadableError } from './document-file.ts'
import type { FileKind } from './file-form.ts'

/** What names promise. Files called `.xls` are often CSV, or XLSX somebody renamed: their content decides. */
const KINDS: Readonly<Record<string, FileKind>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.xls': 'csv',
  '.xlsx': 'xlsx',
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
}

/** Whether a file of this name may hold orders. */
export function mayHoldOrders(name: string): boolean {
  return extname(name).toLowerCase() in KINDS
}

/** First bytes of OLE compound files: Excel 97–2003, and workbooks with a password (MS-CFB 2.2). */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
/** The stream a workbook with a password is in (MS-OFFCRYPTO 2.3.4.4), as the directory of such a file names it. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le')

const LINE_END = 0x0a

/**
 * What a file is, by its content first: names are changed by hand and by chat programs.
 * @throws {FileUnreadableError} for old Excel files, workbooks with a password, web pages and pictures
 */
export function fileKindOf(name: string, content: Uint8Array): FileKind {
  if (COMPOUND.every((byte, at) => content[at] === byte)) {
    if (Buffer.from(content.buffer, content.byteOffset, content.byteLength).includes(ENCRYPTED))
      throw new FileUnreadableError({
        zh: '这个工作簿设了密码，请在 Excel 或 WPS 里去掉密码、另存后再传',
        en: 'the workbook has a password; remove it, save, and send it again',
      })
    throw new FileUnreadableError({
      zh: '这是旧版 Excel 文件（.xls），请在 Excel 或 WPS 里另存为 .xlsx 再传',
      en: 'this is an old Excel file (.xls); save it as .xlsx and send that',
    })
  }
  const start = Buffer.from(content.buffer, content.byteOffset, Math.min(content.byteLength, 512))
  if (start.toString('latin1', 0, 4) === 'PK\x03\x04') return 'xlsx'
  const text = start
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(/^[^<\w]+/, '')
  if (/^<(?:!doctype|html|table|head|meta|\?xml|div)/i.test(text))
    throw new FileUnreadableError({
      zh: '这其实是一张网页表格，请用 Excel 或 WPS 打开后另存为 .xlsx 再传',
      en: 'this is a web page in truth; open it in a spreadsheet program, save it as .xlsx and send that',
    })
  if (/^(?:\xff\xd8\xff|\x89PNG|%PDF|Rar!)/.test(start.toString('latin1')))
    throw new FileUnreadableError({ zh: '这不是表格文件', en: 'this is no table' })
  const promised = KINDS[extname(name).toLowerCase()] ?? 'csv'
  if (promised !== 'xlsx') return promised
  if (!content.includes(LINE_END))
    throw new FileUnreadableError({
      zh: '这不是 XLSX 表格，也可能没有传完整，请重新导出再传',
      en: 'this is no XLSX workbook, or not all of it; export it again',
    })
  return 'csv'
}
