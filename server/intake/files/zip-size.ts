const END_RECORD = 'PK\x05\x06'
const ENTRY = 0x02014b50

/** What a zip says its files take unpacked, from its central directory (APPNOTE 4.3.12, 4.3.16); 0 for no zip. */
export function unpackedBytes(zip: Buffer): number {
  const end = zip.lastIndexOf(END_RECORD, undefined, 'latin1')
  if (end < 0 || end + 22 > zip.length) return 0
  let at = zip.readUInt32LE(end + 16)
  let sum = 0
  while (at + 46 <= end && zip.readUInt32LE(at) === ENTRY) {
    sum += zip.readUInt32LE(at + 24)
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return sum
}
