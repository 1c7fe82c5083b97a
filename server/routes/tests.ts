import { Type } from 'typebox'
import { wantedBy } from '../engine/may-start.ts'
import type { Services } from '../services.ts'
import { lastEvents } from '../simulate/choose-events.ts'
import { testEvents } from '../simulate/test-events.ts'
import { drawingPrint } from '../simulate/trial-plan.ts'
import type { Api } from './api.ts'
import { findWorkflow } from './find-workflow.ts'
import { IdParams, STRICT } from './shapes.ts'
import { On, TestResultShape } from './test-shapes.ts'
import { eventToTry, planToTry } from './trial.ts'

export function testRoutes(app: Api, { store, plans, places }: Services): void {
  app.post(
    '/api/workflows/:id/test',
    {
      config: { role: 'builder' },
      schema: {
        tags: ['workflows'],
        summary: 'Tries the draft, or the graph given, in the simulated world: nothing real is touched',
        params: IdParams,
        body: Type.Object({ graph: Type.Optional(Type.Unknown()), on: On }, STRICT),
        response: { 200: TestResultShape },
      },
    },
    async ({ params, body: { graph, on } }) => {
      const workflow = await findWorkflow(store, params.id)
      const plan = planToTry(workflow, graph ?? workflow.draft)
      const events =
        on.kind === 'last'
          ? await lastEvents(store, on.count, wantedBy(plan), plan.nodes[plan.trigger]?.type.about)
          : [await eventToTry(store, on)]
      const result = await testEvents({ store, plans, places }, plan, events, { isWhole: on.kind !== 'last' })
      if (on.kind !== 'document' && on.kind !== 'signal' && events.length > 0) {
        const drawing = drawingPrint(plan.graph)
        const tested = { drawing, orders: result.total, changed: result.changed, at: new Date(result.at) }
        await store.workflows.updateOne({ _id: workflow._id }, { $set: { tested } })
      }
      return result
    },
  )
}
