import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSettings, type SettingsKeeper } from '../../server/control/settings.ts'
import type { Store } from '../../server/store/store.ts'
import { freshStore } from '../support/embedded.ts'
import { eventually } from '../support/store-room.ts'

let store: Store
const opened: SettingsKeeper[] = []

beforeAll(async () => {
  store = await freshStore()
})
afterAll(async () => {
  for (const each of opened) await each.close()
  await store.close()
})

/** A process that looks at the settings of a workspace. */
async function open(workspace: string, drainPerSecond = 0, tell?: () => void): Promise<SettingsKeeper> {
  const log = { error: (details: object) => console.error(details) }
  const keeper = await openSettings(store, { workspace, defaults: { drainPerSecond }, log, tell })
  opened.push(keeper)
  return keeper
}

describe('settings', () => {
  it('are the defaults as long as nobody set any', async () => {
    const keeper = await open('untouched', 700)
    expect(keeper.current()).toEqual({ drainPerSecond: 700 })
    expect(keeper.changed()).toBeUndefined()
  })

  it('are what was set last, by whom, also after a restart with other defaults', async () => {
    const keeper = await open('kept', 0)
    expect(await keeper.change({ drainPerSecond: 500 }, '小李')).toEqual({ drainPerSecond: 500 })
    const later = await open('kept', 9)
    expect(later.current()).toEqual({ drainPerSecond: 500 })
    expect(later.changed()).toMatchObject({ by: '小李' })
    await later.change({ drainPerSecond: 0 }, '')
    expect((await open('kept', 9)).current()).toEqual({ drainPerSecond: 0 })
  })

  it('are seen by other processes: at once when they are told, within two seconds when they are not', async () => {
    const mine = await open('shared')
    const told = await open('shared')
    const untold = await open('shared')
    await mine.change({ drainPerSecond: 321 }, '')
    await told.refresh()
    expect(told.current()).toEqual({ drainPerSecond: 321 })
    await eventually('the change is seen', () => untold.current().drainPerSecond === 321, 3_000)
  })

  it('tell whoever listens of every change and of nothing else, and other processes of their own changes only', async () => {
    let told = 0
    const mine = await open('heard', 0, () => told++)
    const heard: number[] = []
    const stop = mine.onChange(({ drainPerSecond }) => heard.push(drainPerSecond))
    await mine.change({ drainPerSecond: 5 }, '')
    await mine.change({ drainPerSecond: 5 }, '')
    const other = await open('heard')
    await other.change({ drainPerSecond: 6 }, '')
    await mine.refresh()
    stop()
    await mine.change({ drainPerSecond: 7 }, '')
    expect(heard).toEqual([5, 6])
    expect(told).toBe(3)
  })
})
