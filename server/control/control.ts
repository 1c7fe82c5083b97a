import type { Intake } from '../intake/intake.ts'
import type { Store } from '../store/store.ts'
import { type CatchUp, catchUp } from './catch-up.ts'
import { type PaceMeter, paceMeter } from './pace.ts'
import { openSettings, type SettingsKeeper, type SettingsOptions } from './settings.ts'

/** What lets people steer the flow of orders while it runs. */
export interface Control {
  readonly settings: SettingsKeeper
  readonly pace: PaceMeter
  readonly catchUp: CatchUp
  close(): Promise<void>
}

export interface ControlContext extends SettingsOptions {
  readonly store: Store
  readonly intake: Pick<Intake, 'backlog' | 'requeue'>
}

export async function openControl(context: ControlContext): Promise<Control> {
  const { store, intake, log } = context
  const settings = await openSettings(store, context)
  const pace = paceMeter(() => intake.backlog(), log)
  const missed = catchUp(context)
  return {
    settings,
    pace,
    catchUp: missed,
    async close() {
      await Promise.all([settings.close(), pace.close(), missed.close()])
    },
  }
}
