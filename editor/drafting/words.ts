import type { English } from '../i18n/words.ts'

export const zh = {
  title: 'drafting',
}

export const en: English<typeof zh> = {
  title: 'drafting',
}
