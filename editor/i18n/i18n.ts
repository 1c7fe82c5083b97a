import i18next, { type TFunction } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '../../server/workflow/text.ts'
import type * as connections from '../connections/words.ts'
import * as drafting from '../drafting/words.ts'
import * as time from '../format/words.ts'
import * as forms from '../forms/words.ts'
import * as frame from '../frame/words.ts'
import * as mapper from '../mapper/words.ts'
import * as orders from '../orders/words.ts'
import * as overview from '../overview/words.ts'
import * as parts from '../parts/words.ts'
import * as rules from '../rules/words.ts'
import * as runs from '../runs/words.ts'
import * as settings from '../settings/words.ts'
import * as stock from '../stock/words.ts'
import * as tables from '../tables/words.ts'
import * as tasks from '../tasks/words.ts'
import * as templates from '../templates/words.ts'
import * as testing from '../testing/words.ts'
import * as versions from '../versions/words.ts'
import * as workflows from '../workflows/words.ts'

// Each part of the editor keeps its words beside its components, both languages in one file.
const parted = {
  drafting,
  forms,
  frame,
  mapper,
  orders,
  overview,
  parts,
  rules,
  runs,
  settings,
  stock,
  tables,
  tasks,
  templates,
  testing,
  time,
  versions,
  workflows,
}

/** Parts whose words come with their pages: the first page is the quicker for it. */
interface Late {
  readonly connections: typeof connections
}

type Parted = typeof parted & Late
type Translation = { readonly [P in keyof Parted]: Parted[P]['zh'] }

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: Translation }
  }
}

export type T = TFunction

/** The words of the first page by language and part. */
export const resources = {
  zh: { translation: mapParts(part => part.zh) },
  en: { translation: mapParts(part => part.en) },
}

function mapParts(pick: (part: (typeof parted)[keyof typeof parted]) => object): Record<string, object> {
  return Object.fromEntries(Object.entries(parted).map(([name, part]) => [name, pick(part)]))
}

/** Starts the words in a language; synchronous, because they come with the page. */
export function startWords(language: Language): void {
  void i18next.use(initReactI18next).init({
    resources,
    lng: language,
    fallbackLng: 'zh',
    initAsync: false,
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  })
}

/** Adds the words of a part whose pages come later. */
export function addWords<P extends keyof Late>(part: P, { zh, en }: Late[P]): void {
  for (const [language, words] of Object.entries({ zh, en }))
    i18next.addResourceBundle(language, 'translation', { [part]: words }, true)
}
