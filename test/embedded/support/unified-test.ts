import { type Document, EJSON } from 'bson'
import { MongoBulkWriteError, type MongoClient, MongoServerError } from 'mongodb'
import { expect } from 'vitest'
import { matches } from './unified-match.ts'
import { ON_COLLECTION, ON_DATABASE } from './unified-operations.ts'

/** What the embedded store says it is. */
const SERVER = { version: [7, 0, 0], topology: 'single' }

export interface UnifiedTest {
  description: string
  /** Why the test says nothing about this server; undefined where it does. */
  notApplicable?: string
  run(client: MongoClient): Promise<void>
}

/** The tests of a file in the drivers' unified format. What the driver sent (`expectEvents`) is not looked at. */
export function readUnifiedTests(text: string): UnifiedTest[] {
  const file = EJSON.parse(text) as Document
  return file.tests.map((test: Document) => ({
    description: test.description,
    notApplicable: notApplicable(file, test),
    run: (client: MongoClient) => run(client, file, test),
  }))
}

function notApplicable(file: Document, test: Document): string | undefined {
  for (const requirements of [file.runOnRequirements, test.runOnRequirements]) {
    const unmet = requirements?.map(whyUnmet)
    if (unmet?.every(Boolean)) return unmet[0]
  }
  const unknown = test.operations.find(
    (operation: Document) => !operationsOn(file, operation.object)?.[operation.name],
  )
  return unknown && `needs ${unknown.name}`
}

function whyUnmet({ minServerVersion, maxServerVersion, topologies }: Document): string | undefined {
  if (minServerVersion && compareVersions(SERVER.version, minServerVersion) < 0)
    return 'for a newer version of MongoDB'
  if (maxServerVersion && compareVersions(SERVER.version, maxServerVersion) > 0)
    return 'for an older version of MongoDB'
  return topologies && !topologies.includes(SERVER.topology) ? 'for replica sets' : undefined
}

/** The operations on the thing a test calls `id`; undefined where it is neither a collection nor a database. */
function operationsOn(file: Document, id: string): Record<string, unknown> | undefined {
  const entity = entitiesOf(file).find(one => one.id === id)
  if (entity?.collectionName) return ON_COLLECTION
  return entity?.databaseName ? ON_DATABASE : undefined
}

function compareVersions(version: number[], other: string): number {
  const parts = other.split('.').map(Number)
  for (let i = 0; i < 3; i++) if (version[i] !== (parts[i] ?? 0)) return version[i]! - (parts[i] ?? 0)
  return 0
}

async function run(client: MongoClient, file: Document, test: Document): Promise<void> {
  for (const { databaseName, collectionName, documents } of file.initialData ?? []) {
    const collection = client.db(databaseName).collection(collectionName)
    await collection.drop()
    await client.db(databaseName).createCollection(collectionName)
    if (documents.length > 0) await collection.insertMany(documents)
  }
  for (const operation of test.operations) await perform(client, file, operation)
  for (const { databaseName, collectionName, documents } of test.outcome ?? []) {
    const found = client.db(databaseName).collection(collectionName).find().sort({ _id: 1 })
    expect(await found.toArray()).toEqual(documents)
  }
}

async function perform(client: MongoClient, file: Document, operation: Document): Promise<void> {
  const { expectError, expectResult } = operation
  const given = { ...operation.arguments }
  const { databaseName } = find(entitiesOf(file), operation.object)
  const attempt = databaseName
    ? ON_DATABASE[operation.name]!(client.db(databaseName), given)
    : ON_COLLECTION[operation.name]!(collectionOf(client, file, operation.object), given)
  if (expectError) {
    const error = await attempt.then(
      result => expect.fail(`succeeded with ${JSON.stringify(result)}`),
      reason => reason,
    )
    checkError(error, expectError)
    return
  }
  const result = await attempt
  if (expectResult !== undefined && operation.saveResultAsEntity === undefined)
    expect(matches(expectResult, result), `${show(result)} instead of ${show(expectResult)}`).toBe(true)
}

function entitiesOf({ createEntities }: Document): Document[] {
  return createEntities.flatMap((entity: Document) => Object.values(entity))
}

function collectionOf(client: MongoClient, file: Document, id: string) {
  const entities = entitiesOf(file)
  const { database, collectionName, collectionOptions } = find(entities, id)
  return client.db(find(entities, database).databaseName).collection(collectionName, collectionOptions)
}

function find(entities: Document[], id: string): Document {
  const found = entities.find(entity => entity.id === id)
  if (!found) throw new Error(`the test file has no entity ${id}`)
  return found
}

function checkError(error: Error & Document, expected: Document): void {
  if (expected.isClientError !== undefined)
    expect(!(error instanceof MongoServerError), show(error)).toBe(expected.isClientError)
  if (expected.errorContains)
    expect(error.message.toLowerCase()).toContain(expected.errorContains.toLowerCase())
  if (expected.errorCode !== undefined) expect(error.code).toBe(expected.errorCode)
  if (expected.errorResponse)
    expect(matches(expected.errorResponse, error.errorResponse), show(error.errorResponse)).toBe(true)
  if (expected.expectResult && error instanceof MongoBulkWriteError)
    expect(matches(expected.expectResult, error.result), show(error.result)).toBe(true)
}

function show(value: unknown): string {
  return JSON.stringify(value)
}
