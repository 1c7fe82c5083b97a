import type { FastifyInstance } from 'fastify'
import { errors } from '../errors.ts'
import { depthOf } from '../intake/json-depth.ts'

const MAX_DEPTH = 64

/**
 * Reads JSON bodies: a document too deep to be walked, or with keys no store can keep, is refused here
 * and not by whatever stumbles over it first.
 */
export function readJsonSafely(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = String(body)
    if (depthOf(text) > MAX_DEPTH) return done(tooDeep())
    // An empty body with this content type is what many clients send with POSTs that need none.
    if (text.trim() === '') return done(null, undefined)
    parse(request, text, (error, value) => {
      if (error) return done(error)
      const key = unstorableKey(value)
      if (key === undefined) return done(null, value)
      const shown = JSON.stringify(key.slice(0, 60))
      done(new errors.BodyInvalid(`字段名 ${shown} 不可用 / The field name ${shown} cannot be used`))
    })
  })
}

const tooDeep = () =>
  new errors.BodyInvalid(`JSON 嵌套超过 ${MAX_DEPTH} 层 / The JSON is nested deeper than ${MAX_DEPTH} levels`)

// BSON ends a field name at its first NUL.
function unstorableKey(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, below] of Object.entries(value)) {
    if (key.includes('\0')) return key
    const found = unstorableKey(below)
    if (found !== undefined) return found
  }
  return undefined
}
