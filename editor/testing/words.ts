import type { English } from '../i18n/words.ts'

export const zh = {
  title: 'testing',
}

export const en: English<typeof zh> = {
  title: 'testing',
}
