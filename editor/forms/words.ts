import type { English } from '../i18n/words.ts'

export const zh = {
  title: 'forms',
}

export const en: English<typeof zh> = {
  title: 'forms',
}
