import { StartError } from './start-error.ts'
import { TABLE } from './tables.ts'
import { ALL_KEYS, type Tree } from './tree.ts'

/** Version of how tables, keys and values are laid out; a change that old code cannot read raises it. */
const FORMAT = 2

/** Formats this program reads: 1 is the same without a log. */
const READ: readonly (number | undefined)[] = [1, FORMAT]

const KEY = Buffer.from('format')

/** Throws StartError where the folder was written in a format this program does not read. */
export function refuseUnknownFormat(tree: Tree, folder: string): void {
  const stored = tree.get(TABLE.meta, KEY)
  const isNew = !stored && tree.count(TABLE.catalog, ALL_KEYS) === 0
  const version = stored?.readUInt32BE(0)
  if (isNew || READ.includes(version)) return
  throw new StartError(
    'DATA_FORMAT_UNKNOWN',
    `The data in ${folder} has format ${version ?? 'unknown'}, and this program reads formats 1 to ${FORMAT}. ` +
      'Start the version of the program that wrote it, or choose another data folder.',
  )
}

/** Notes the format in a new folder; call it inside a transaction. */
export function writeFormat(tree: Tree): void {
  const value = Buffer.alloc(4)
  value.writeUInt32BE(FORMAT, 0)
  tree.put(TABLE.meta, KEY, value)
}
