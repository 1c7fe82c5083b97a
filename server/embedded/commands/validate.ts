import type { Document } from 'bson'
import { encode } from '../bson/codec.ts'
import { mongoError } from '../errors.ts'
import { validateCatalog } from '../store/validate-catalog.ts'
import { type CollectionFindings, validateCollection } from '../store/validate-collection.ts'
import type { EntryFinding } from '../store/validate-index.ts'
import { type Command, collectionName, findCollection } from './command.ts'
import { firstBatch } from './cursor-reply.ts'
import { listReader } from './reader.ts'

/** `validate` as MongoDB 7 answers it: https://www.mongodb.com/docs/v7.0/reference/command/validate/ */
const validate: Command = {
  names: ['validate'],
  /** There is one way to validate: whole, in slices between which others get their turn. */
  ignores: ['full', 'background', 'checkBSONConformance', 'enforceFastCount'],
  refuses: ['repair', 'metadata', 'fixMultikey'],
  async run(call) {
    const collection = findCollection(call)
    if (!collection)
      throw mongoError(
        'NamespaceNotFound',
        `Collection '${call.database}.${collectionName(call)}' does not exist to validate.`,
      )
    const findings = await validateCollection(call.store, collection)
    return { ns: `${collection.database}.${collection.name}`, uuid: collection.uuid, ...replyOf(findings) }
  },
}

function replyOf(findings: CollectionFindings): Document {
  const { documents, invalid, indexes, warnings } = findings
  const errors = [...findings.errors, ...[...indexes.values()].flatMap(index => index.errors)]
  const ofIndexes = [...indexes].map(
    ([name, { missing, extra, errors: own }]) =>
      [
        name,
        {
          valid: own.length === 0,
          ...(own.length > 0 && { errors: own, missingIndexEntries: missing, extraIndexEntries: extra }),
        },
      ] as const,
  )
  return {
    nInvalidDocuments: invalid,
    nNonCompliantDocuments: 0,
    nrecords: documents,
    nIndexes: indexes.size + 1,
    keysPerIndex: {
      _id_: documents,
      ...Object.fromEntries([...indexes].map(([name, { keys }]) => [name, keys])),
    },
    indexDetails: { _id_: { valid: findings.errors.length === 0 }, ...Object.fromEntries(ofIndexes) },
    valid: errors.length === 0,
    repaired: false,
    warnings,
    errors,
    extraIndexEntries: findings.extra.map(entryOf),
    missingIndexEntries: findings.missing.map(entryOf),
    corruptRecords: [],
  }
}

/** `idKey`: the stored key of the document's `_id`, in hexadecimal. */
function entryOf({ index, idKey }: EntryFinding): Document {
  return { indexName: index, idKey: idKey.toString('hex') }
}

/**
 * Named after MongoDB's command for a sharded cluster, which answers in the same form: what does not agree between
 * the catalogue and the data, here of all databases.
 */
const checkMetadataConsistency: Command = {
  names: ['checkMetadataConsistency'],
  takes: ['cursor'],
  ignores: ['checkIndexes'],
  run(call) {
    const rows = validateCatalog(call.store).map(encode)
    const namespace = `${call.database}.$cmd.checkMetadataConsistency`
    return firstBatch(call, namespace, listReader(rows), { batchSize: call.body.cursor?.batchSize })
  },
}

export const validation: readonly Command[] = [validate, checkMetadataConsistency]
