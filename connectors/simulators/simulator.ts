import type { FastifyInstance } from 'fastify'
import type { Text } from '../../server/workflow/text.ts'
import type { PushRequest } from '../kit/push.ts'
import type { SimFaults } from './faults.ts'
import type { SimShop } from './shop.ts'

/** What a connection to a simulator is made with. */
export interface SimAccess {
  readonly settings: Readonly<Record<string, unknown>>
  readonly credentials: Readonly<Record<string, string>>
}

/** A push as the platform would send it to us. */
export type SimPush = Pick<PushRequest, 'method' | 'query' | 'headers'> & { readonly body: string }

/** A platform of our own making that holds to the documented protocol: signatures, token life, windows, paging, limits. */
export interface Simulator {
  /** The connector it stands for. */
  readonly id: string
  readonly name: Text
  readonly faults: SimFaults
  /** Of a platform that is a shop. */
  readonly shop?: SimShop
  /** Mounts the platform's endpoints, all under `/<id>`. */
  mount(app: FastifyInstance): void | Promise<void>
  /** @param baseUrl where the simulators are: `http://127.0.0.1:7700` */
  access(baseUrl: string): SimAccess
  /** Sends pushes: set by whoever knows where we are. Absent where the platform pushes nothing. */
  push?: {
    /** Where pushes go: `http://127.0.0.1:3000/api/push/<connection>`; none are sent while it is empty. */
    target: string
  }
  /** What the page shows beside orders: messages received, parcels, purchases. Newest first. */
  log?(): readonly { readonly at: Date; readonly text: string }[]
  /** More that a person can do on its page, beside what every shop has. */
  readonly deeds?: readonly SimDeed[]
}

/** A button of a simulator's page. */
export interface SimDeed {
  readonly id: string
  readonly name: Text
  /** What is asked for: a waybill, a number. */
  readonly asks?: Text
  /** @returns what is said to the person */
  perform(asked: string): string | Promise<string>
}
