import { Type } from 'typebox'
import { errors } from '../errors.ts'
import { maskDocument } from '../mask.ts'
import type { Services } from '../services.ts'
import { runCase, runCases } from '../simulate/run-case.ts'
import { worldText } from '../simulate/small-world.ts'
import { liveSource } from '../simulate/source.ts'
import { readTraces } from '../simulate/traces.ts'
import { tryEvents } from '../simulate/try-events.ts'
import type { CaseDoc } from '../store/case-doc.ts'
import type { Api } from './api.ts'
import { findWorkflow } from './find-workflow.ts'
import { casesOf, keepCases } from './keep-case.ts'
import { newId } from './new-id.ts'
import { optionalBody } from './optional-body.ts'
import { IdParams, Instant, listOf, STRICT } from './shapes.ts'
import { CaseResultShape, Expectation, OnOne } from './test-shapes.ts'
import { eventToTry, planToTry } from './trial.ts'

const CaseName = Type.String({ minLength: 1, maxLength: 120 })

const CaseShape = Type.Object({
  id: Type.String(),
  name: Type.String(),
  connection: Type.String(),
  document: Type.Unknown(),
  expect: Expectation,
  createdAt: Instant,
})

const CaseParams = Type.Object({ ...IdParams.properties, case: IdParams.properties.id })

export function caseRoutes(app: Api, { store, places }: Services): void {
  app.get(
    '/api/workflows/:id/cases',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['workflows'],
        summary: 'Orders kept with the workflow and how each must come out; buyers masked',
        params: IdParams,
        response: { 200: listOf(CaseShape) },
      },
    },
    async ({ params }) => {
      const { _id } = await findWorkflow(store, params.id)
      return { items: (await casesOf(store, _id)).map(view) }
    },
  )

  app.post(
    '/api/workflows/:id/cases',
    {
      config: { role: 'builder' },
      schema: {
        tags: ['workflows'],
        summary: 'Keeps an order as a case, with the small world it was tried in',
        params: IdParams,
        body: Type.Object(
          {
            name: CaseName,
            from: OnOne,
            expect: Type.Optional(Expectation),
            graph: Type.Optional(Type.Unknown()),
          },
          STRICT,
        ),
        response: { 201: CaseShape },
      },
    },
    async ({ params, body }, reply) => {
      const workflow = await findWorkflow(store, params.id)
      const plan = planToTry(workflow, body.graph ?? workflow.draft)
      const event = await eventToTry(store, body.from)
      const traces = await readTraces(store, [event], { whole: true })
      const source = liveSource(store, workflow.workspace, places, traces)
      const [tried] = await tryEvents(plan, [event], source)
      // Also what this drawing never asked: a later one may look at the stock of what was ordered.
      await source.stock(tried!.data.order?.items.map(item => item.sku) ?? [])
      const fresh = {
        _id: newId('case'),
        name: body.name,
        connection: event.connection,
        channel: event.channel,
        shop: event.shop,
        event: event._id,
        order: event.order,
        body: event.body,
        shown: JSON.stringify(maskDocument(JSON.parse(event.body), tried!.data.order)),
        world: worldText({ ...source.state(), now: event.receivedAt }, event.connection),
        expect: body.expect ?? { outcome: '' },
      }
      const { run } = await runCase(plan, { ...fresh, workspace: workflow.workspace, workflow: workflow._id })
      const expect = body.expect ?? { outcome: run.outcome, path: run.steps.map(step => step.node) }
      const [kept] = await keepCases(store, workflow._id, [{ ...fresh, expect }])
      return reply.code(201).send(view(kept!))
    },
  )

  app.patch(
    '/api/workflows/:id/cases/:case',
    {
      config: { role: 'builder' },
      schema: {
        tags: ['workflows'],
        summary: 'Renames a case or says anew how it must come out',
        params: CaseParams,
        body: Type.Object({ name: Type.Optional(CaseName), expect: Type.Optional(Expectation) }, STRICT),
        response: { 200: CaseShape },
      },
    },
    async ({ params, body: { name, expect } }) => {
      const changes = { ...(name === undefined ? {} : { name }), ...(expect === undefined ? {} : { expect }) }
      const kept = await store.cases
        .findOneAndUpdate(
          { _id: params.case, workflow: params.id },
          { $set: changes },
          { returnDocument: 'after' },
        )
        .lean()
      if (!kept) throw caseNotFound(params.case)
      return view(kept as CaseDoc)
    },
  )

  app.delete(
    '/api/workflows/:id/cases/:case',
    {
      config: { role: 'builder' },
      schema: {
        tags: ['workflows'],
        summary: 'Removes a case',
        params: CaseParams,
        response: { 200: Type.Object({ id: Type.String() }) },
      },
    },
    async ({ params }) => {
      const { deletedCount } = await store.cases.deleteOne({ _id: params.case, workflow: params.id })
      if (deletedCount === 0) throw caseNotFound(params.case)
      return { id: params.case }
    },
  )

  app.post(
    '/api/workflows/:id/cases/run',
    {
      config: { role: 'builder' },
      preValidation: optionalBody,
      schema: {
        tags: ['workflows'],
        summary: 'Runs all cases on the draft, or on the graph given',
        params: IdParams,
        body: Type.Object({ graph: Type.Optional(Type.Unknown()) }, STRICT),
        response: { 200: listOf(CaseResultShape) },
      },
    },
    async ({ params, body }) => {
      const workflow = await findWorkflow(store, params.id)
      const plan = planToTry(workflow, body.graph ?? workflow.draft)
      return { items: await runCases(plan, await casesOf(store, workflow._id)) }
    },
  )
}

const caseNotFound = (id: string) => new errors.NotFound('用例', id, 'case', id)

const view = (doc: CaseDoc) => ({
  id: doc._id,
  name: doc.name,
  connection: doc.connection,
  document: JSON.parse(doc.shown) as unknown,
  expect: doc.expect,
  createdAt: doc.createdAt.toISOString(),
})
