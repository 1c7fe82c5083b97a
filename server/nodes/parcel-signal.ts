import { type Static, Type } from 'typebox'
import { PARCEL_STATES } from '../../connectors/kit/parcel.ts'
import { Order } from '../workflow/order.ts'
import { parcelLegs } from '../workflow/parcel-words.ts'
import type { Text } from '../workflow/text.ts'
import { hint } from './hints.ts'
import type { Outcome } from './node-type.ts'
import { newValidator } from './order-schema.ts'
import { StepError } from './step-failure.ts'

/** What a signal says of a parcel. */
export const ParcelFacts = Type.Object(
  {
    /** `<carrier>:<waybill>` */
    id: Type.String(),
    carrier: Type.String(),
    /** What people call the carrier: 顺丰速运. */
    carrierName: Type.String(),
    waybill: Type.String({ minLength: 1, maxLength: 60 }),
    leg: Type.String({ enum: Object.keys(parcelLegs) }),
    state: Type.String({ enum: [...PARCEL_STATES] }),
    /** The carrier's last sentence about it; empty while there is none. */
    text: Type.String(),
    place: Type.String(),
    /** When it moved last. */
    at: Type.String({ minLength: 1, maxLength: 40 }),
    /** Whole hours since then. */
    hoursStill: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
)
export type ParcelFacts = Static<typeof ParcelFacts>

/** What a run knows of the parcel it began with. */
export interface ParcelOfRun extends ParcelFacts {
  /** Why it began: the state the parcel came to, or `stalled`. */
  readonly happened: string
}

export const parcelOfRun = ({ what, parcel }: ParcelSignal): ParcelOfRun => ({
  ...parcel,
  happened: what === 'stalled' ? what : parcel.state,
})

/** What a parcel's signal says. It is the source document of the runs it starts. */
export interface ParcelSignal {
  /** The workflow that waits for it; left out in samples, which are tried on the drawing at hand. */
  readonly workflow?: string
  readonly what: 'moved' | 'stalled'
  /** `<connection>:<platform order id>` */
  readonly orderKey: string
  readonly parcel: ParcelFacts
  /** As stored at that moment; in JSON its instants are texts. */
  readonly order: Order
}

const validator = newValidator()
const isOrder = validator.compile<Order>(Order)
const isSignal = validator.compile<Omit<ParcelSignal, 'order'> & { order: object }>(
  Type.Object(
    {
      workflow: Type.Optional(Type.String()),
      what: Type.String({ enum: ['moved', 'stalled'] }),
      orderKey: Type.String({ minLength: 1 }),
      parcel: ParcelFacts,
      order: Type.Object({}),
    },
    { additionalProperties: false },
  ),
)

/** Whether a signal is about a parcel at all, rather than about something else that happened. */
export const isAboutParcel = (source: unknown): boolean =>
  typeof source === 'object' && source !== null && Object.hasOwn(source, 'parcel')

const INSTANTS = ['orderedAt', 'paidAt', 'modifiedAt'] as const

/** Reads a parcel's signal with its order's instants as such. @throws StepError naming what is wrong with it */
export function readParcelSignal(source: unknown): ParcelSignal {
  if (!isSignal(source)) throw notAParcel(isSignal.errors)
  const order: Record<string, unknown> = { ...source.order }
  for (const name of INSTANTS) if (typeof order[name] === 'string') order[name] = new Date(order[name])
  // What was raised holds an order as it stood in the store; a sample was written by hand.
  if (source.workflow === undefined && !isOrder(order)) throw notAParcel(isOrder.errors)
  return { ...source, order: order as unknown as Order }
}

type Faults = readonly { readonly instancePath: string; readonly message?: string }[] | null | undefined

function notAParcel(faults: Faults): StepError {
  const told = (faults ?? [])
    .map(({ instancePath, message }) => `${instancePath.slice(1)} ${message}`.trim())
    .join('; ')
  return new StepError('NOT_A_PARCEL', {
    zh: `这不是一条物流信号：${told}`,
    en: `This is no signal of a parcel: ${told}`,
  })
}

/** Which parcels a trigger is for. */
export const LegsParam = Type.Optional(
  Type.Union([Type.Literal('out'), Type.Literal('return'), Type.Literal('in'), Type.Literal('any')], {
    ...hint('哪些包裹', 'Which parcels', {
      options: {
        out: { zh: '发给买家的', en: 'those to buyers' },
        return: { zh: '买家退回的', en: 'those buyers send back' },
        in: { zh: '采购来的', en: 'those bought from suppliers' },
        any: { zh: '所有包裹', en: 'all parcels' },
      },
    }),
    default: 'out',
  }),
)

/** @param which 发给买家的 includes none that come back */
export const legsOf = (which: Static<typeof LegsParam> = 'out'): ReadonlySet<string> =>
  which === 'any' ? new Set(Object.keys(parcelLegs)) : new Set([which])

export const NOT_WANTED: Outcome = { ports: [] }

/** Which parcel stands still, since when, and where. */
export function stalledWords({
  waybill,
  carrierName,
  hoursStill,
  text,
}: Readonly<Record<string, unknown>>): Text {
  const [zh, en] = text ? [`，停在：${text}`, `, since: ${text}`] : ['，一直没有揽收', ', never collected']
  return {
    zh: `${carrierName} ${waybill} 已 ${hoursStill} 小时没有走动${zh}`,
    en: `${carrierName} ${waybill} has not moved for ${hoursStill} hours${en}`,
  }
}
