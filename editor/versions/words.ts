import type { English } from '../i18n/words.ts'

export const zh = {
  title: 'versions',
}

export const en: English<typeof zh> = {
  title: 'versions',
}
