import { deserialize } from 'bson'
import { type AnyBulkWriteOperation, type Document, MongoBulkWriteError, MongoServerError } from 'mongodb'
import type { Model } from 'mongoose'
import type { Line } from '../embedded/line.ts'
import type { LineCommand } from '../embedded/wire/line.ts'
import { lineOf } from './line-of.ts'
import { plainBson } from './plain-bson.ts'

const DUPLICATE_KEY = 11000

type Into = Pick<Model<unknown>, 'db' | 'collection'>

/** Documents whose ids are derived from what they are, so that a repeated insert is the same document. */
interface Insert {
  readonly into: Into
  /** Also BSON, of documents that were written before. */
  readonly insert: readonly object[]
  /** One that is there already ends everything behind this write. */
  readonly mustBeNew?: boolean
}

interface Update {
  readonly into: Into
  readonly update: readonly Statement[]
}

export interface Statement {
  readonly filter: object
  /** Operators, or the document to stand in its place. */
  readonly change: object
  /** For every match; else for the first. */
  readonly many?: boolean
}

/** Goes straight to the store: the documents are ours and typed, casting them again would only cost time. */
export type Write = Insert | Update

/** Writes of one stage may be done at the same time, those of the next one behind all of them. */
export type Stages = readonly (readonly Write[])[]

export interface Written {
  /** Of an insert: the places of documents that were there already. */
  readonly known: ReadonlySet<number>
  /** Of an update. */
  readonly matched: number
  readonly modified: number
}

interface Options {
  /** Resolves when it is on the disk, which is the default; else when nothing done later can overtake it. */
  readonly flush?: boolean
}

/**
 * Does writes stage by stage. On our own embedded store all of it is one write.
 * @returns a result per write that was done; fewer than there are writes where one of `mustBeNew` was not
 * @throws what keeps one from being done, and then none of a later stage is
 */
export async function writeInOrder(stages: Stages, { flush = true }: Options = {}): Promise<Written[]> {
  const writes = stages.flat()
  const some = writes.filter(each => count(each) > 0)
  if (some.length === 0) return writes.map(() => NOTHING)
  const line = lineOf(some[0]!.into)
  const done = line ? await overLine(line, some, flush) : await overWire(stages)
  const results: Written[] = []
  for (const write of writes) {
    const result = count(write) === 0 ? NOTHING : done.shift()
    if (!result) break
    results.push(result)
  }
  return results
}

const NONE: ReadonlySet<number> = new Set()
const NOTHING: Written = { known: NONE, matched: 0, modified: 0 }

const count = (write: Write): number => ('insert' in write ? write.insert : write.update).length

async function overLine(line: Line, writes: readonly Write[], flush: boolean): Promise<Written[]> {
  const replies = await line.write(writes.map(commandOf), flush)
  return replies.map(({ n, nModified = 0, writeErrors = [] }): Written => {
    const failed = (writeErrors as Document[]).find(({ code }) => code !== DUPLICATE_KEY)
    if (failed) throw new MongoServerError(failed)
    const known = writeErrors.length === 0 ? NONE : new Set((writeErrors as Document[]).map(e => e.index))
    return { known, matched: n, modified: nModified }
  })
}

function commandOf(write: Write): LineCommand {
  const { name } = write.into.collection
  const common = { ordered: false, $db: write.into.db.name }
  if ('insert' in write)
    return {
      body: { insert: name, ...common },
      beside: { option: 'documents', bson: plainBson(write.insert) },
      endsAtKnown: write.mustBeNew === true,
    }
  const statements = write.update.map(({ filter, change, many = false }) => ({
    q: filter,
    u: change,
    multi: many,
  }))
  return { body: { update: name, ...common }, beside: { option: 'updates', bson: plainBson(statements) } }
}

async function overWire(stages: Stages): Promise<Written[]> {
  const done: Written[] = []
  for (const stage of stages) {
    const writes = stage.filter(each => count(each) > 0)
    const results = await Promise.all(writes.map(byDriver))
    done.push(...results)
    if (writes.some((write, at) => 'insert' in write && write.mustBeNew && results[at]!.known.size > 0)) break
  }
  return done
}

async function byDriver(write: Write): Promise<Written> {
  if ('insert' in write) return { ...NOTHING, known: await insertByDriver(write) }
  const operations = write.update.map(({ filter, change, many }): AnyBulkWriteOperation => {
    if (!Object.keys(change)[0]?.startsWith('$')) return { replaceOne: { filter, replacement: change } }
    return many ? { updateMany: { filter, update: change } } : { updateOne: { filter, update: change } }
  })
  const result = await write.into.collection.bulkWrite(operations, { ordered: false })
  return { known: NONE, matched: result.matchedCount, modified: result.modifiedCount }
}

async function insertByDriver({ into, insert }: Insert): Promise<ReadonlySet<number>> {
  try {
    const documents = insert.map(each => (each instanceof Uint8Array ? deserialize(each) : each))
    await into.collection.insertMany(documents, { ordered: false })
    return NONE
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error
    // The driver wraps every error in this one, also that the store is out of reach: then nothing is known to be stored.
    const cause: unknown = error.errorResponse
    if (cause instanceof Error) throw cause
    const writeErrors = [error.writeErrors].flat()
    if (error.result.getWriteConcernError() || writeErrors.some(each => each.code !== DUPLICATE_KEY))
      throw error
    return new Set(writeErrors.map(each => each.index))
  }
}
