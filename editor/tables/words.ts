import type { English } from '../i18n/words.ts'

export const zh = {
  title: 'tables',
}

export const en: English<typeof zh> = {
  title: 'tables',
}
