import { Binary, type Document } from 'bson'
import { decode, encode } from '../bson/codec.ts'
import { isTrue } from '../commands/command.ts'
import { MongoError } from '../errors.ts'
import type { Answer } from '../wire/connection.ts'
import type { Request } from '../wire/messages.ts'
import { beginExchange, type Exchange, type Verifier } from './scram.ts'

const MECHANISM = 'SCRAM-SHA-256'
const HANDSHAKES: readonly string[] = ['hello', 'isMaster', 'ismaster']

/** An exchange as far as it has come on one connection. */
interface Conversation {
  id: number
  exchange: Exchange
  /** The client wants no empty message at the end. */
  endsEarly: boolean
  isProved: boolean
}

/**
 * Lets one connection use `answer` when its client has proved that it knows the password, by saslStart and
 * saslContinue or in the handshake (`speculativeAuthenticate`). Until then all but the handshake is refused. There is
 * one user, whom every database knows.
 */
export function guardConnection(verifier: Verifier, answer: Answer): Answer {
  let isAuthenticated = false
  let conversation: Conversation | undefined
  let conversations = 0

  /** Throws MongoError where the client asks for something else than SCRAM-SHA-256. */
  function start({ mechanism, payload, options }: Document): Document {
    conversation = undefined
    if (mechanism !== MECHANISM)
      throw new MongoError(
        334,
        'MechanismUnavailable',
        `Received authentication for mechanism ${mechanism} which is not enabled`,
      )
    const exchange = beginExchange(verifier, textOf(payload))
    if (!exchange) throw authenticationFailed()
    const endsEarly = isTrue(options?.skipEmptyExchange)
    conversation = { id: ++conversations, exchange, endsEarly, isProved: false }
    return step(conversation.id, false, exchange.challenge)
  }

  function proceed({ conversationId, payload }: Document): Document {
    const current = conversation
    if (!current) throw protocolError('No SASL session state found')
    if (Number(conversationId) !== current.id) throw protocolError('sasl: Mismatched conversation id')
    if (current.isProved) return finish(current.id, '')
    const proof = current.exchange.finish(textOf(payload))
    if (proof === undefined) {
      conversation = undefined
      throw authenticationFailed()
    }
    current.isProved = true
    return current.endsEarly ? finish(current.id, proof) : step(current.id, false, proof)
  }

  function finish(id: number, text: string): Document {
    conversation = undefined
    isAuthenticated = true
    return step(id, true, text)
  }

  /** The handshake tells which mechanism there is, and is the first message of the exchange where the client wants. */
  async function shakeHands(request: Request): Promise<Uint8Array> {
    const { saslSupportedMechs, speculativeAuthenticate } = request.body
    const reply = await answer(request)
    if (!saslSupportedMechs && !speculativeAuthenticate) return reply
    return encode({
      ...decode(reply),
      ...(saslSupportedMechs && { saslSupportedMechs: [MECHANISM] }),
      ...(speculativeAuthenticate && startEarly(speculativeAuthenticate)),
    })
  }

  /** What fails here is tried, and told, by a saslStart of its own. */
  function startEarly(first: Document): Document {
    try {
      return { speculativeAuthenticate: start(first) }
    } catch (error) {
      if (error instanceof MongoError) return {}
      throw error
    }
  }

  return async request => {
    const name = Object.keys(request.body)[0] ?? ''
    try {
      if (HANDSHAKES.includes(name)) return await shakeHands(request)
      if (name === 'saslStart') return encode({ ...start(request.body), ok: 1 })
      if (name === 'saslContinue') return encode({ ...proceed(request.body), ok: 1 })
      if (!isAuthenticated)
        throw new MongoError(13, 'Unauthorized', `Command ${name} requires authentication`)
    } catch (error) {
      if (!(error instanceof MongoError)) throw error
      return encode({ ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName })
    }
    return answer(request)
  }
}

function step(conversationId: number, done: boolean, text: string): Document {
  return { conversationId, done, payload: new Binary(Buffer.from(text)) }
}

function textOf(payload: unknown): string {
  return payload instanceof Binary ? Buffer.from(payload.value()).toString('utf8') : ''
}

function authenticationFailed(): MongoError {
  return new MongoError(18, 'AuthenticationFailed', 'Authentication failed.')
}

function protocolError(message: string): MongoError {
  return new MongoError(17, 'ProtocolError', message)
}
