import { Type } from 'typebox'
import type { Services } from '../services.ts'
import type { FreezeDoc } from '../store/freeze-doc.ts'
import type { Api } from './api.ts'
import { By, Instant, listOf, Sku, STRICT } from './shapes.ts'

const FreezeShape = Type.Object({
  sku: Type.String(),
  action: Type.Union([Type.Literal('freeze'), Type.Literal('unfreeze')]),
  reason: Type.String(),
  run: Type.String(),
  by: Type.String(),
  places: Type.Array(
    Type.Object({
      connection: Type.String(),
      name: Type.String(),
      how: Type.Union([Type.Literal('call'), Type.Literal('hand')]),
    }),
  ),
  at: Instant,
  until: Type.Optional(Instant),
})

export function freezeRoutes(app: Api, { saleDesk }: Services): void {
  app.get(
    '/api/freezes',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['stock'],
        summary: 'SKUs that are off sale now: since when, why, by which run, at which shops',
        response: { 200: listOf(FreezeShape) },
      },
    },
    async () => ({ items: (await saleDesk.frozen()).map(view) }),
  )

  app.post(
    '/api/freezes/lift',
    {
      config: { role: 'operator' },
      schema: {
        tags: ['stock'],
        summary: 'Puts a SKU back on sale at the shops it was taken off at',
        body: Type.Object({ sku: Sku, by: By }, STRICT),
        response: { 200: FreezeShape },
      },
    },
    async ({ body: { sku, by = '' } }) => view(await saleDesk.putBack(sku, by)),
  )
}

function view({ sku, action, reason, run, by, places, at, until }: FreezeDoc) {
  return {
    sku,
    action,
    reason,
    run,
    by,
    places: [...places],
    at: at.toISOString(),
    ...(until && { until: until.toISOString() }),
  }
}
