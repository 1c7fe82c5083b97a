import { Type } from 'typebox'
import { connectors } from '../../connectors/index.ts'
import { errors } from '../errors.ts'
import type { Services } from '../services.ts'
import type { Api } from './api.ts'
import { findConnection } from './find-connection.ts'
import { NewId } from './shapes.ts'

export function connectionPollRoutes(app: Api, { store, schedule }: Services): void {
  app.post(
    '/api/connections/:id/poll',
    {
      config: { role: 'operator' },
      schema: {
        tags: ['connections'],
        summary: 'Polls a connection now instead of at its next time',
        params: Type.Object({ id: NewId }),
        response: { 202: Type.Object({ status: Type.Literal('accepted') }) },
      },
    },
    async (request, reply) => {
      const { _id: id, enabled, connector } = await findConnection(store, request.params.id)
      if (!enabled) throw new errors.ConnectionPaused(id, id)
      if (!connectors.get(connector)?.poll) throw new errors.CannotPoll(id, id)
      await schedule.pollNow(id)
      return reply.code(202).send({ status: 'accepted' as const })
    },
  )
}
