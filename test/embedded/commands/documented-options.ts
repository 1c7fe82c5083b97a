import { type Document, Long } from 'bson'

/** What becomes of an option: it has its effect, it changes nothing here (the vocabulary says why), it is refused. */
export type Fate = 'works' | 'means nothing' | 'is refused'

export interface Documented {
  /** A command that succeeds. */
  command: Document
  database?: string
  /** Every option the manual of MongoDB 7 documents, with a value that is not its default. */
  options: Record<string, [fate: Fate, value: unknown]>
}

const collation = ['is refused', { locale: 'zh' }] as const satisfies [Fate, unknown]
const EVERYWHERE: Documented['options'] = {
  comment: ['means nothing', 'why'],
  maxTimeMS: ['works', 10_000],
}
const READS: Documented['options'] = { ...EVERYWHERE, readConcern: ['works', { level: 'majority' }] }
const WRITES: Documented['options'] = { ...EVERYWHERE, writeConcern: ['works', { w: 1, j: true }] }

/** The commands with their options. */
export const DOCUMENTED: Documented[] = [
  {
    command: { find: 'things' },
    options: {
      ...READS,
      filter: ['works', { a: 1 }],
      sort: ['works', { a: 1 }],
      projection: ['works', { a: 1 }],
      hint: ['works', '_id_'],
      skip: ['works', 1],
      limit: ['works', 1],
      batchSize: ['works', 1],
      singleBatch: ['works', true],
      noCursorTimeout: ['works', true],
      let: ['works', { x: 1 }],
      allowDiskUse: ['means nothing', true],
      allowPartialResults: ['means nothing', true],
      oplogReplay: ['means nothing', true],
      max: ['is refused', { a: 1 }],
      min: ['is refused', { a: 1 }],
      returnKey: ['is refused', true],
      showRecordId: ['is refused', true],
      tailable: ['is refused', true],
      awaitData: ['is refused', true],
      collation,
    },
  },
  {
    command: { count: 'things' },
    options: {
      ...READS,
      query: ['works', { a: 1 }],
      limit: ['works', 1],
      skip: ['works', 1],
      hint: ['works', '_id_'],
      fields: ['means nothing', { a: 1 }],
      collation,
    },
  },
  {
    command: { distinct: 'things', key: 'a' },
    options: { ...READS, query: ['works', { a: 1 }], hint: ['works', '_id_'], collation },
  },
  {
    command: { aggregate: 'things', pipeline: [], cursor: {} },
    options: {
      ...READS,
      writeConcern: ['works', { w: 1 }],
      explain: ['works', true],
      hint: ['works', '_id_'],
      let: ['works', { x: 1 }],
      allowDiskUse: ['means nothing', true],
      bypassDocumentValidation: ['means nothing', true],
      collation,
    },
  },
  {
    command: { insert: 'other', documents: [{ a: 1 }] },
    options: { ...WRITES, ordered: ['works', false], bypassDocumentValidation: ['means nothing', true] },
  },
  {
    command: { update: 'things', updates: [{ q: { a: 1 }, u: { $set: { b: 1 } } }] },
    options: {
      ...WRITES,
      ordered: ['works', false],
      let: ['works', { x: 1 }],
      bypassDocumentValidation: ['means nothing', true],
    },
  },
  {
    command: { delete: 'other', deletes: [{ q: { a: 1 }, limit: 1 }] },
    options: { ...WRITES, ordered: ['works', false], let: ['works', { x: 1 }] },
  },
  {
    command: { findAndModify: 'things', query: { a: 1 }, update: { $set: { b: 2 } } },
    options: {
      ...WRITES,
      sort: ['works', { a: 1 }],
      new: ['works', true],
      fields: ['works', { a: 1 }],
      upsert: ['works', true],
      hint: ['works', '_id_'],
      let: ['works', { x: 1 }],
      bypassDocumentValidation: ['means nothing', true],
      collation,
    },
  },
  {
    command: { create: 'fresh' },
    options: {
      ...WRITES,
      storageEngine: ['means nothing', { wiredTiger: {} }],
      indexOptionDefaults: ['means nothing', { storageEngine: {} }],
      autoIndexId: ['means nothing', true],
      capped: ['is refused', true],
      size: ['is refused', 1000],
      max: ['is refused', 10],
      timeseries: ['is refused', { timeField: 'at' }],
      expireAfterSeconds: ['is refused', 5],
      clusteredIndex: ['is refused', { key: { _id: 1 }, unique: true }],
      changeStreamPreAndPostImages: ['is refused', { enabled: true }],
      validator: ['is refused', { a: 1 }],
      validationLevel: ['is refused', 'strict'],
      validationAction: ['is refused', 'warn'],
      viewOn: ['is refused', 'things'],
      pipeline: ['is refused', [{ $match: {} }]],
      encryptedFields: ['is refused', { fields: [] }],
      collation,
    },
  },
  { command: { drop: 'fresh' }, options: WRITES },
  { command: { dropDatabase: 1 }, database: 'nothing', options: WRITES },
  {
    command: { renameCollection: 'orderloom.renamed', to: 'orderloom.renamed2' },
    database: 'admin',
    options: { ...WRITES, dropTarget: ['works', true] },
  },
  {
    command: { listCollections: 1 },
    options: {
      ...EVERYWHERE,
      filter: ['works', { name: 'things' }],
      nameOnly: ['works', true],
      cursor: ['works', { batchSize: 1 }],
      authorizedCollections: ['means nothing', true],
    },
  },
  {
    command: { listDatabases: 1 },
    database: 'admin',
    options: {
      ...EVERYWHERE,
      filter: ['works', { name: 'orderloom' }],
      nameOnly: ['works', true],
      authorizedDatabases: ['means nothing', true],
    },
  },
  {
    command: { createIndexes: 'things', indexes: [{ key: { a: 1 }, name: 'a_1' }] },
    options: { ...WRITES, commitQuorum: ['means nothing', 'majority'] },
  },
  { command: { dropIndexes: 'things', index: '*' }, options: WRITES },
  { command: { listIndexes: 'things' }, options: { ...EVERYWHERE, cursor: ['works', { batchSize: 1 }] } },
  {
    command: { collMod: 'things' },
    options: {
      ...WRITES,
      validator: ['is refused', { a: 1 }],
      validationLevel: ['is refused', 'strict'],
      validationAction: ['is refused', 'warn'],
      viewOn: ['is refused', 'things'],
      pipeline: ['is refused', [{ $match: {} }]],
      timeseries: ['is refused', { granularity: 'hours' }],
      expireAfterSeconds: ['is refused', 5],
      cappedSize: ['is refused', 5],
      cappedMax: ['is refused', 5],
      changeStreamPreAndPostImages: ['is refused', { enabled: true }],
    },
  },
  {
    command: { explain: { find: 'things' } },
    options: { ...EVERYWHERE, verbosity: ['works', 'queryPlanner'] },
  },
  { command: { killCursors: 'things', cursors: [Long.fromNumber(5)] }, options: EVERYWHERE },
]

/** Options of parts of commands: a statement, an index. */
export const PARTS: { within(option: Document): Document; options: Documented['options'] }[] = [
  {
    within: option => ({ update: 'things', updates: [{ q: { a: 1 }, u: [{ $set: { b: 1 } }], ...option }] }),
    options: {
      upsert: ['works', true],
      multi: ['works', true],
      c: ['works', { x: 1 }],
      hint: ['works', '_id_'],
      collation,
    },
  },
  {
    within: option => ({ delete: 'other', deletes: [{ q: { a: 1 }, limit: 1, ...option }] }),
    options: { hint: ['works', '_id_'], collation },
  },
  {
    within: option => ({ createIndexes: 'parts', indexes: [{ key: { a: 1 }, name: 'x', ...option }] }),
    options: {
      unique: ['works', true],
      sparse: ['works', true],
      partialFilterExpression: ['works', { a: { $gt: 1 } }],
      expireAfterSeconds: ['works', 5],
      background: ['means nothing', true],
      v: ['means nothing', 2],
      hidden: ['is refused', true],
      storageEngine: ['is refused', { wiredTiger: {} }],
      weights: ['is refused', { a: 1 }],
      default_language: ['is refused', 'english'],
      language_override: ['is refused', 'lang'],
      textIndexVersion: ['is refused', 3],
      '2dsphereIndexVersion': ['is refused', 3],
      bits: ['is refused', 26],
      min: ['is refused', -180],
      max: ['is refused', 180],
      bucketSize: ['is refused', 1],
      wildcardProjection: ['is refused', { a: 1 }],
      prepareUnique: ['is refused', true],
      collation,
    },
  },
]
