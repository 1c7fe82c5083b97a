import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { MAX_DOCUMENT_BYTES } from '../bson/codec.ts'
import { readInt32 } from '../bson/raw.ts'
import { refuseMalformed } from '../bson/validate.ts'
import { ToolError } from './tool-error.ts'

/** A document of a file, and the byte it begins at (of what is in it, where it is compressed). */
interface FoundDocument {
  raw: Buffer
  at: number
}

const CHUNK_BYTES = 1024 * 1024
/** The smallest document: its length and the zero at its end. */
const LEAST_BYTES = 5
/** What MongoDB allows documents it makes itself beyond the limit for users. */
const SPARE_BYTES = 16 * 1024

/**
 * The documents of a file that holds one behind the other; `.gz` is decompressed. Only what is being looked at is in
 * memory. Throws ToolError with the file and the byte where it is damaged.
 */
export async function* documentsInFile(path: string): AsyncGenerator<FoundDocument> {
  let at = 0
  let waiting: Buffer[] = []
  let bytes = 0

  function damaged(zh: string, en: string): ToolError {
    return new ToolError(
      `文件 ${path} 在第 ${at} 字节处损坏:${zh}。请重新导出,或换一份完好的备份`,
      `File ${path} is damaged at byte ${at}: ${en}. Export it again, or take a backup that is whole`,
    )
  }

  function sizeOf(start: Buffer): number {
    const size = readInt32(start, 0)
    if (size >= LEAST_BYTES && size <= MAX_DOCUMENT_BYTES + SPARE_BYTES) return size
    throw damaged(`文档长度写着 ${size} 字节`, `the length of a document is given as ${size} bytes`)
  }

  function checked(raw: Buffer): Buffer {
    try {
      refuseMalformed(raw)
      return raw
    } catch (error) {
      const { message } = error as Error
      throw damaged(message, message)
    }
  }

  try {
    for await (const chunk of chunksOf(path)) {
      waiting.push(chunk)
      bytes += chunk.length
      // A document in many chunks is put together once, when all of it is there.
      if (bytes < 4 || (waiting.length > 1 && bytes < neededBy(waiting, sizeOf))) continue
      const whole = waiting.length === 1 ? chunk : Buffer.concat(waiting)
      let from = 0
      while (whole.length - from >= 4) {
        const size = sizeOf(whole.subarray(from))
        if (whole.length - from < size) break
        yield { raw: checked(whole.subarray(from, from + size)), at }
        from += size
        at += size
      }
      waiting = from < whole.length ? [whole.subarray(from)] : []
      bytes = whole.length - from
    }
  } catch (error) {
    if (error instanceof ToolError || !isZlib(error)) throw error
    throw damaged(`解压失败(${error.message})`, `it cannot be decompressed (${error.message})`)
  }
  if (bytes > 0)
    throw damaged(
      `最后一个文档只有 ${bytes} 字节,文件被截短了`,
      `of the last document there are ${bytes} bytes only; the file was cut short`,
    )
}

function neededBy(waiting: readonly Buffer[], sizeOf: (start: Buffer) => number): number {
  const [first] = waiting
  return first && first.length >= 4 ? sizeOf(first) : 4
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  if (!path.endsWith('.gz')) return yield* file
  const unzipped = createGunzip({ chunkSize: CHUNK_BYTES })
  file.on('error', error => unzipped.destroy(error))
  try {
    yield* file.pipe(unzipped)
  } finally {
    file.destroy()
  }
}

function isZlib(error: unknown): error is Error {
  return error instanceof Error && /^Z_/.test((error as NodeJS.ErrnoException).code ?? '')
}
