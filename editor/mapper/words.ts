import type { English } from '../i18n/words.ts'

export const zh = {
  title: 'mapper',
}

export const en: English<typeof zh> = {
  title: 'mapper',
}
