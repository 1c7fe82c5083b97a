import type { Document } from 'bson'

/** Error codes of MongoDB 7 that this store answers with, by their code name (src/mongo/base/error_codes.yml). */
const CODES = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  IllegalOperation: 20,
  InvalidBSON: 22,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  NotSingleValueField: 54,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  NetworkTimeout: 89,
  CommandNotSupported: 115,
  DocumentValidationFailure: 121,
  NotAReplicaSet: 123,
  CommandFailed: 125,
  CursorInUse: 143,
  InvalidPipelineOperator: 168,
  CannotIndexParallelArrays: 171,
  QueryPlanKilled: 175,
  InvalidIndexSpecificationOption: 197,
  NotImplemented: 238,
  ConversionFailure: 241,
  APIVersionError: 322,
  APIStrictError: 323,
  DuplicateKey: 11000,
  InterruptedAtShutdown: 11600,
  OutOfDiskSpace: 14031,
} as const

/** A name of {@link CODES}. */
type CodeName = keyof typeof CODES

/** An error as MongoDB answers it: a number, its name, a message for people, and fields some errors add. */
export class MongoError extends Error {
  readonly code: number
  readonly codeName: string
  readonly extra?: Document

  constructor(code: number, codeName: string, message: string, extra?: Document) {
    super(message)
    this.name = 'MongoError'
    this.code = code
    this.codeName = codeName
    this.extra = extra
  }
}

/** An error with one of the named codes; `extra` fields go into the reply beside the code. */
export function mongoError(codeName: CodeName, message: string, extra?: Document): MongoError {
  return new MongoError(CODES[codeName], codeName, message, extra)
}

/** An error whose code MongoDB gives no name: the driver sees `Location<code>`. */
export function locationError(code: number, message: string): MongoError {
  return new MongoError(code, `Location${code}`, message)
}
