import { repeat } from '../cluster/repeat.ts'
import type { SettingsDoc } from '../store/settings-doc.ts'
import type { Store } from '../store/store.ts'

/** What people set while the product runs, for all its processes. */
export interface Settings {
  /** Events worked per second by the whole installation; 0 is as fast as possible. */
  readonly drainPerSecond: number
}

/** What a person may ask for; more than the fastest machine does is a slip of the keyboard. */
export const MAX_DRAIN_PER_SECOND = 1_000_000

/** The settings as this process knows them. The truth is in the store; another process's change is seen within two seconds. */
export interface SettingsKeeper {
  current(): Settings
  /** Who changed them last and when; undefined as long as the defaults hold. */
  changed(): { readonly by: string; readonly at: Date } | undefined
  /** Durable when it resolves. */
  change(patch: Partial<Settings>, by: string): Promise<Settings>
  /** Called with the settings when they are others than before, whoever changed them. */
  onChange(listener: (settings: Settings) => void): () => void
  /** Reads them again now: another process says that it changed them. */
  refresh(): Promise<void>
  close(): Promise<void>
}

export interface SettingsOptions {
  readonly workspace: string
  /** What holds as long as nobody set anything. */
  readonly defaults: Settings
  readonly log: { error(details: object, message: string): void }
  /** Called after a change made here, so that other processes can be told. */
  readonly tell?: () => void
}

const REFRESH_MS = 2_000

export async function openSettings(store: Store, options: SettingsOptions): Promise<SettingsKeeper> {
  const { workspace, defaults, log } = options
  const listeners = new Set<(settings: Settings) => void>()
  let doc: SettingsDoc | null = null
  let settings = defaults

  function take(found: SettingsDoc | null): void {
    // What was read before a change and arrives after it is old.
    if (doc && (!found || found.changedAt < doc.changedAt)) return
    doc = found
    const next: Settings = { drainPerSecond: found?.drainPerSecond ?? defaults.drainPerSecond }
    if (next.drainPerSecond === settings.drainPerSecond) return
    settings = next
    for (const listener of listeners) listener(settings)
  }

  const read = async () => take(await store.settings.findById(workspace).lean())

  await read()
  const stop = repeat(REFRESH_MS, read, error =>
    log.error({ err: error }, 'settings could not be read again'),
  )

  return {
    current: () => settings,
    changed: () => (doc && { by: doc.changedBy, at: doc.changedAt }) || undefined,
    async change(patch, by) {
      const changed = await store.settings
        .findOneAndUpdate(
          { _id: workspace },
          { $set: { ...patch, changedBy: by, changedAt: new Date() } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean()
      take(changed)
      options.tell?.()
      return settings
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    refresh: read,
    close: stop,
  }
}
