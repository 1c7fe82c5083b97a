import { nodeTypesByType } from '../nodes/index.ts'
import type { Store } from '../store/store.ts'
import type { VersionDoc } from '../store/version-doc.ts'
import { compilePlan } from '../workflow/compile.ts'
import type { Plan, PlanNode, Plans } from './plan.ts'

/** Compiles a version: its nodes in order, each with its type and what `prepare` makes of its params. */
export function planOf(version: VersionDoc, name: string): Plan {
  const { workspace, workflow, graph } = version
  const compiled = compilePlan(graph, nodeTypesByType)
  const nodes = compiled.nodes.map((node): PlanNode => {
    const type = nodeTypesByType.get(node.type)!
    return { ...node, type, prepared: type.prepare?.(node.params) }
  })
  return {
    id: version._id,
    workspace,
    workflow,
    version: version.version,
    name,
    graph,
    nodes,
    byId: new Map(nodes.map(node => [node.id, node])),
    trigger: compiled.trigger,
  }
}

/** Keeps the compiled versions: the live ones and those that parked runs still need. */
export function openPlans(store: Store, workspace: string): Plans {
  const compiled = new Map<string, Plan>()
  let live: readonly Plan[] = []

  async function get(id: string): Promise<Plan> {
    const known = compiled.get(id)
    if (known) return known
    const version = await store.versions.findById(id).lean()
    if (!version) throw new Error(`There is no version ${id}.`)
    const workflow = await store.workflows.findById(version.workflow, { name: 1 }).lean()
    const plan = planOf(version, workflow?.name ?? version.workflow)
    compiled.set(id, plan)
    return plan
  }

  return {
    live: () => live,
    get,
    async refresh() {
      const workflows = await store.workflows
        .find({ workspace }, { name: 1, published: 1, paused: 1, archived: 1 })
        .sort({ createdAt: 1 })
        .lean()
      const names = new Map(workflows.map(each => [each._id, each.name]))
      for (const [id, plan] of compiled) {
        const name = names.get(plan.workflow) ?? plan.name
        if (name !== plan.name) compiled.set(id, { ...plan, name })
      }
      const published = workflows.filter(
        each => !each.paused && !each.archived && each.published !== undefined,
      )
      live = await Promise.all(published.map(each => get(`${each._id}@${each.published}`)))
    },
  }
}
