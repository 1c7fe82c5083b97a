import { type Static, Type } from 'typebox'
import { maskDocument } from '../mask.ts'
import type { Services } from '../services.ts'
import type { CaseDoc } from '../store/case-doc.ts'
import { WorkflowGraph } from '../workflow/workflow.ts'
import { addWorkflow } from './add-workflow.ts'
import type { Api } from './api.ts'
import { CaseWorld } from './case-world.ts'
import { findWorkflow } from './find-workflow.ts'
import { casesOf, keepCases, MOST_CASES, type NewCase } from './keep-case.ts'
import { newId } from './new-id.ts'
import { By, IdParams, STRICT, WorkflowName } from './shapes.ts'
import { Expectation } from './test-shapes.ts'
import { viewWorkflow, WorkflowShape } from './workflow-view.ts'

const MAX_FILE_BYTES = 8 * 1024 * 1024

const Id = Type.String({ minLength: 1, maxLength: 300 })

const FileCase = Type.Object(
  {
    name: WorkflowName,
    /** None where a signal begins the workflow. */
    connection: Type.String({ maxLength: 300 }),
    channel: Type.String({ maxLength: 120 }),
    shop: Type.String({ maxLength: 120 }),
    /** Order key, `<connection>:<platform order id>`; of a signal `signal:<SKU>#<which>`. */
    order: Id,
    document: Type.Record(Type.String(), Type.Unknown()),
    world: CaseWorld,
    expect: Expectation,
  },
  STRICT,
)

/** A workflow as a file: what one server exports another one imports. */
const WorkflowFile = Type.Object(
  {
    format: Type.Literal('orderloom.workflow'),
    formatVersion: Type.Literal(1),
    name: WorkflowName,
    graph: WorkflowGraph,
    cases: Type.Array(FileCase, { maxItems: MOST_CASES }),
  },
  STRICT,
)

export function workflowFileRoutes(app: Api, { store }: Services): void {
  app.get(
    '/api/workflows/:id/export',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['workflows'],
        summary: 'The draft and its cases as one document to keep or to import elsewhere; buyers masked',
        params: IdParams,
        response: { 200: Type.Unknown() },
      },
    },
    async ({ params }): Promise<Static<typeof WorkflowFile>> => {
      const { _id, name, draft: graph } = await findWorkflow(store, params.id)
      const cases = (await casesOf(store, _id)).map(fileCaseOf)
      return { format: 'orderloom.workflow', formatVersion: 1, name, graph, cases }
    },
  )

  app.post(
    '/api/workflows/import',
    {
      bodyLimit: MAX_FILE_BYTES,
      config: { role: 'builder' },
      schema: {
        tags: ['workflows'],
        summary: 'A new workflow from an exported document; every problem of the document is named at once',
        body: Type.Object({ ...WorkflowFile.properties, by: By }, STRICT),
        response: { 201: WorkflowShape },
      },
    },
    async ({ body: { name, graph, cases, by } }, reply) => {
      const doc = await addWorkflow(store, { name, graph, by })
      await keepCases(store, doc._id, cases.map(newCaseOf))
      return reply.code(201).send(viewWorkflow(doc, null))
    },
  )
}

function fileCaseOf({ name, connection, channel, shop, order, shown, world, expect }: CaseDoc) {
  const { connections, ...rest } = JSON.parse(world) as Static<typeof CaseWorld>
  const masked = maskDocument(rest) as Static<typeof CaseWorld>
  return {
    name,
    connection,
    channel,
    shop,
    order,
    document: JSON.parse(shown) as Record<string, unknown>,
    world: { ...masked, ...(connections && { connections }) },
    expect,
  }
}

function newCaseOf({ document, world, ...rest }: Static<typeof FileCase>): NewCase {
  const body = JSON.stringify(document)
  return {
    _id: newId('case'),
    ...rest,
    event: `${rest.order}#case`,
    body,
    shown: JSON.stringify(maskDocument(document)),
    world: JSON.stringify(world),
  }
}
