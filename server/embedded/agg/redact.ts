import {
  closeNode,
  documentBytes,
  documentFields,
  documentValue,
  openArray,
  openDocument,
  removeChild,
  setChild,
} from '../bson/node.ts'
import type { RawValue } from '../bson/raw.ts'
import { TYPE } from '../bson/types.ts'
import { locationError } from '../errors.ts'
import { libraryValue } from './expression.ts'
import type { CompileStage } from './stage.ts'

/** Says of a document: keep it, prune it, or look at the documents inside it as well. */
type Decide = (raw: Uint8Array) => unknown

/** `$redact`: prunes documents at every level, as an expression says with `$$KEEP`, `$$PRUNE` or `$$DESCEND`. */
export const redact: CompileStage = (operand, { variables }) => {
  const evaluate = libraryValue(operand, variables)
  return function* (documents) {
    for (const raw of documents) {
      const kept = redacted(documentValue(raw), document => evaluate({ raw: document }))
      if (kept) yield kept.bytes.subarray(kept.start, kept.end)
    }
  }
}

function redacted(value: RawValue, decide: Decide): RawValue | undefined {
  if (value.type === TYPE.array) {
    const items = openArray(value).items.map(item => redacted(closeNode(item), decide))
    return closeNode({ type: TYPE.array, items: items.filter(item => item !== undefined) })
  }
  if (value.type !== TYPE.object) return value
  const decision = decide(value.bytes.subarray(value.start, value.end))
  if (decision === '$$KEEP') return value
  if (decision === '$$PRUNE') return undefined
  if (decision !== '$$DESCEND')
    throw locationError(
      17053,
      `$redact's expression should not return anything aside from the variables $$KEEP, $$DESCEND, and $$PRUNE, but returned ${decision}`,
    )
  return redactedFields(value, decide)
}

function redactedFields(value: RawValue, decide: Decide): RawValue {
  const document = openDocument(value)
  for (const [name, field] of documentFields(value)) {
    const kept = redacted(field, decide)
    if (kept === undefined) removeChild(document, name)
    else if (kept !== field) setChild(document, name, kept)
  }
  return documentValue(documentBytes(document))
}
