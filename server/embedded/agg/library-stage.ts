import { aggregate } from 'mingo'
import { encode } from '../bson/codec.ts'
import { MINGO_OPTIONS, refuseScripts, refusingClearly } from './mingo-context.ts'
import { decodePlain, toLibrary } from './plain.ts'
import type { CompileStage } from './stage.ts'

/** The library puts computed fields before the `_id` it gives them. */
function idFirst(document: Record<string, unknown>): Buffer {
  const { _id, ...fields } = document
  return encode(_id === undefined ? fields : { _id, ...fields })
}

/** A stage that the expression library runs on plain documents; some are made of its own scripts. */
export function libraryStage(name: string): CompileStage {
  return (operand, { lookup, variables }) => {
    refuseScripts(operand)
    const stage = { [name]: toLibrary(operand) }
    const options = {
      ...MINGO_OPTIONS,
      scriptEnabled: true,
      variables,
      collectionResolver: (collection: string) => [...lookup(collection).find({})].map(decodePlain),
    }
    return documents => {
      const plain = [...documents].map(decodePlain)
      return refusingClearly(() => aggregate(plain, [stage], options)).map(idFirst)
    }
  }
}
