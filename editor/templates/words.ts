import type { English } from '../i18n/words.ts'

export const zh = {
  title: 'templates',
}

export const en: English<typeof zh> = {
  title: 'templates',
}
