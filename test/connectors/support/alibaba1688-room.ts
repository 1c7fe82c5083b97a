import alibaba1688 from '../../../connectors/alibaba1688/connector.ts'
import type { Context1688 } from '../../../connectors/alibaba1688/settings.ts'
import { alibaba1688Simulator, type Simulator1688Options } from '../../../connectors/alibaba1688/simulator.ts'
import type { ActionBodies, ActionCall } from '../../../connectors/kit/action.ts'
import type { Token } from '../../../connectors/kit/token.ts'
import { authorise } from './authorise.ts'
import { connectorRoom } from './connector-room.ts'

type Purchase = ActionBodies['purchase']

/** The simulated 1688 with an authorised buyer, who looks again soon. */
export interface Room1688 {
  readonly simulator: ReturnType<typeof alibaba1688Simulator>
  readonly context: Context1688
  token(): Token | undefined
  close(): Promise<void>
}

export async function alibaba1688Room(simulated: Simulator1688Options = {}): Promise<Room1688> {
  const simulator = alibaba1688Simulator({ perSecond: 100_000, ...simulated })
  const room = await connectorRoom({
    connector: alibaba1688,
    simulator,
    timeoutMs: 2_000,
    settings: { lookAgainMs: 20, orderTimeoutMs: 150 },
  })
  await authorise(room)
  // Settings and credentials are those of the simulator, which fit the schemas.
  return { simulator, context: room.context as Context1688, token: room.token, close: room.close }
}

/** A purchase of two mugs that was wanted a second ago. */
export const purchaseCall = (
  body: Partial<Purchase> = {},
  more: Partial<ActionCall<Purchase>> = {},
): ActionCall<Purchase> => ({
  key: 'run-1/purchase/0',
  attempt: 1,
  plannedAt: new Date(Date.now() - 1_000),
  ...more,
  body: {
    purchase: 'run-1/purchase/0',
    orderId: '4123',
    lines: [{ sku: 'MUG-350', quantity: 2 }],
    urgent: false,
    ...body,
  },
})
