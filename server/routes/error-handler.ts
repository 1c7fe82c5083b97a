import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { errors } from '../errors.ts'

/** When to ask again where a 503 does not say it. */
const UNAVAILABLE_SECONDS = 5

/** What a store answers, MongoDB or the embedded one, whose disk is full; and when to ask again then. */
const OUT_OF_DISK_SPACE = 14031
const FULL_SECONDS = 30

/** What every refused request answers. */
export interface ErrorBody {
  code: string
  message: string
  details?: unknown
}

/** An error that carries more than its sentence. */
export function withDetails<E extends FastifyError>(error: E, details: unknown): E {
  return Object.assign(error, { details })
}

/** An error after which the same request may succeed in so many seconds. */
export function retryAfter<E extends FastifyError>(error: E, seconds: number): E {
  return Object.assign(error, { retryAfterSeconds: seconds })
}

/** An address nobody serves. */
export function unknownAddress(request: FastifyRequest): FastifyError {
  const url = request.url.slice(0, 200)
  return new errors.NotFound('地址', url, 'address', url)
}

/** One shape for every error: coded, told in words, and silent about what went on inside. */
export function answerErrors(app: FastifyInstance, maxBodyBytes: number): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = translate(error, request, maxBodyBytes)
    if (known.statusCode === undefined || known.statusCode >= 500) {
      request.log.error({ err: error, reqId: request.id }, 'request failed')
      // Ours are written for people to read; anything else stays in the log.
      if (!isOurs(known)) return sendError(reply, new errors.Internal(request.id, request.id))
    }
    return sendError(reply, known)
  })
}

/** The answer itself; used directly where a request is refused before it reaches a route. */
export function sendError(reply: FastifyReply, error: FastifyError): FastifyReply {
  const { details, retryAfterSeconds } = error as { details?: unknown; retryAfterSeconds?: number }
  const body: ErrorBody = {
    code: error.code,
    message: error.message,
    ...(details === undefined ? {} : { details }),
  }
  const waits = retryAfterSeconds ?? (error.statusCode === 503 ? UNAVAILABLE_SECONDS : undefined)
  if (waits !== undefined) reply.header('retry-after', String(waits))
  return reply
    .code(error.statusCode ?? 500)
    .type('application/json; charset=utf-8')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(body)
}

const isOurs = (error: FastifyError) => Object.values(errors).some(kind => error instanceof kind)

/** Fastify's own errors in our words. */
function translate(error: FastifyError, request: FastifyRequest, maxBodyBytes: number): FastifyError {
  if (error.validation) return invalid(error)
  if (Number(error.code) === OUT_OF_DISK_SPACE) return retryAfter(new errors.StoreFull(), FULL_SECONDS)
  const type = request.headers['content-type'] ?? ''
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE': {
      const megabytes = String(Math.round((maxBodyBytes / 1024 / 1024) * 100) / 100)
      return new errors.BodyTooLarge(megabytes, megabytes)
    }
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
      return new errors.MediaTypeUnsupported(type, type)
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new errors.BodyNotJson(error.message, error.message)
    default:
      return error instanceof SyntaxError && error.statusCode === 400
        ? new errors.BodyNotJson(error.message, error.message)
        : error
  }
}

function invalid(error: FastifyError): FastifyError {
  const details = (error.validation ?? []).map(problem => {
    const missing = problem.params.missingProperty ?? problem.params.additionalProperty
    const path = problem.instancePath.slice(1)
    return {
      field: missing === undefined ? path : path === '' ? String(missing) : `${path}/${String(missing)}`,
      code: problem.keyword.toUpperCase(),
      message: problem.message ?? '',
    }
  })
  const told = details.map(each => `${each.field || error.validationContext} ${each.message}`)
  const sentence = [...new Set(told)].slice(0, 10).join('; ')
  const make =
    error.validationContext === 'body' ? bodyInvalid : (text: string) => new errors.RequestInvalid(text, text)
  return withDetails(make(sentence), details)
}

const bodyInvalid = (text: string) => new errors.BodyInvalid(text)
