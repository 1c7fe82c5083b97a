import { Ajv } from 'ajv'
import { Type } from 'typebox'
import { fillTemplate, previewOf } from '../../rules-library/fill-template.ts'
import type { WorkflowTemplate } from '../../rules-library/template.ts'
import { errors } from '../errors.ts'
import type { Services } from '../services.ts'
import { addWorkflow } from './add-workflow.ts'
import type { Api } from './api.ts'
import { withDetails } from './error-handler.ts'
import { keepCases } from './keep-case.ts'
import { readTemplates } from './library.ts'
import { By, listOf, STRICT, TextShape, WorkflowName } from './shapes.ts'
import { casesOfTemplate } from './template-cases.ts'
import { planToTry } from './trial.ts'
import { viewWorkflow, WorkflowShape } from './workflow-view.ts'

const TemplateShape = Type.Object({
  id: Type.String(),
  name: TextShape,
  description: TextShape,
  parameters: Type.Record(Type.String(), Type.Unknown()),
  preview: Type.Unknown(),
  cases: Type.Array(Type.Object({ name: TextShape, outcome: Type.String() })),
})

const Part = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })

export function templateRoutes(app: Api, { store, places }: Services): void {
  app.get(
    '/api/templates',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['workflows'],
        summary: 'The rules library: workflows to begin with, each with its parameters and cases',
        response: { 200: listOf(TemplateShape) },
      },
    },
    async () => ({ items: (await readTemplates()).map(view) }),
  )

  app.post(
    '/api/templates/:topic/:name/workflows',
    {
      config: { role: 'builder' },
      schema: {
        tags: ['workflows'],
        summary: 'A new workflow from a template; values that do not fit are named all at once',
        params: Type.Object({ topic: Part, name: Part }),
        body: Type.Object(
          {
            name: Type.Optional(WorkflowName),
            values: Type.Record(Type.String(), Type.Unknown()),
            by: By,
          },
          STRICT,
        ),
        response: { 201: WorkflowShape },
      },
    },
    async ({ params, body: { name, values, by } }, reply) => {
      const id = `${params.topic}/${params.name}`
      const template = (await readTemplates()).find(each => each.id === id)
      if (!template) throw new errors.NotFound('模板', id, 'template', id)
      demandValues(template, values)
      const graph = fillTemplate(template, values)
      const doc = await addWorkflow(store, { name: name ?? template.name.zh, graph, by })
      const cases = await casesOfTemplate(template, planToTry(doc, graph), places)
      await keepCases(store, doc._id, cases)
      return reply.code(201).send(viewWorkflow(doc, null))
    },
  )
}

/** @throws errors.TemplateValuesInvalid naming every value that does not fit */
function demandValues({ parameters }: WorkflowTemplate, values: Readonly<Record<string, unknown>>): void {
  const ajv = new Ajv({ allErrors: true, useDefaults: true, strictSchema: true, keywords: ['ui'] })
  // Defaults are filled into what is checked; the caller's values stay as they came.
  if (ajv.validate(parameters, structuredClone(values))) return
  const details = (ajv.errors ?? []).map(({ instancePath, params, keyword, message = '' }) => {
    const missing: unknown = params.missingProperty ?? params.additionalProperty
    const path = instancePath.slice(1)
    const field = missing === undefined ? path : [path, String(missing)].filter(Boolean).join('/')
    return { field, code: keyword.toUpperCase(), message }
  })
  const told = details.map(each => `${each.field} ${each.message}`).join('; ')
  throw withDetails(new errors.TemplateValuesInvalid(told, told), details)
}

const view = (template: WorkflowTemplate) => ({
  id: template.id,
  name: template.name,
  description: template.description,
  parameters: template.parameters,
  preview: previewOf(template),
  cases: template.cases.map(({ name, expect }) => ({ name, outcome: expect.outcome })),
})
