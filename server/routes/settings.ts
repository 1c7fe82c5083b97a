import { Type } from 'typebox'
import { MAX_DRAIN_PER_SECOND, type SettingsKeeper } from '../control/settings.ts'
import type { Services } from '../services.ts'
import type { Api } from './api.ts'
import { By, Instant, STRICT } from './shapes.ts'

const SettingsShape = Type.Object({
  /** Orders decided per second at most by all processes together; 0 is as fast as possible. */
  drainPerSecond: Type.Number(),
  changedBy: Type.Optional(Type.String()),
  changedAt: Type.Optional(Instant),
})

const Changes = Type.Object(
  {
    drainPerSecond: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_DRAIN_PER_SECOND })),
    by: By,
  },
  STRICT,
)

/** What people set while the product runs; a change holds in every process within about two seconds. */
export function settingsRoutes(app: Api, { control: { settings } }: Services): void {
  app.get(
    '/api/settings',
    {
      config: { role: 'operator' },
      schema: { tags: ['system'], summary: 'What is set for all', response: { 200: SettingsShape } },
    },
    async () => view(settings),
  )

  app.put(
    '/api/settings',
    {
      config: { role: 'admin' },
      schema: {
        tags: ['system'],
        summary: 'Changes what is set for all; fields not given stay as they are',
        body: Changes,
        response: { 200: SettingsShape },
      },
    },
    async ({ body: { by = '', ...patch } }) => {
      if (Object.keys(patch).length > 0) await settings.change(patch, by)
      return view(settings)
    },
  )
}

function view(settings: SettingsKeeper) {
  const changed = settings.changed()
  return {
    ...settings.current(),
    ...(changed && { changedBy: changed.by, changedAt: changed.at.toISOString() }),
  }
}
