import type { Language } from '../../server/workflow/text.ts'
import { createStore } from '../live/store.ts'

export type ThemeChoice = 'system' | 'light' | 'dark'
export type Density = 'middle' | 'compact'

/** What this browser remembers about the person in front of it. */
export interface Preferences {
  readonly language: Language
  readonly theme: ThemeChoice
  readonly density: Density
  /** How the person signs the tasks they decide; empty until they said so. */
  readonly signature: string
}

const KEY = 'orderloom.preferences'

const fresh: Preferences = { language: 'zh', theme: 'system', density: 'middle', signature: '' }

/** Reads what was stored, part by part: one part from another version never costs the others. */
export function readPreferences(stored: string | null): Preferences {
  const found = asRecord(stored)
  return {
    language: oneOf(['zh', 'en'], found.language) ?? fresh.language,
    theme: oneOf(['system', 'light', 'dark'], found.theme) ?? fresh.theme,
    density: oneOf(['middle', 'compact'], found.density) ?? fresh.density,
    signature: typeof found.signature === 'string' ? found.signature.slice(0, 40) : fresh.signature,
  }
}

function asRecord(stored: string | null): Readonly<Record<string, unknown>> {
  if (!stored) return {}
  try {
    const value: unknown = JSON.parse(stored)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    // Not ours, or cut off: the person chooses again, which costs two clicks.
    return {}
  }
}

function oneOf<const T extends string>(choices: readonly T[], value: unknown): T | undefined {
  return choices.find(choice => choice === value)
}

export const preferences = createStore<Preferences>(
  readPreferences(typeof localStorage === 'undefined' ? null : localStorage.getItem(KEY)),
)

export function prefer(change: Partial<Preferences>): void {
  const next = { ...preferences.get(), ...change }
  preferences.set(next)
  localStorage.setItem(KEY, JSON.stringify(next))
}
