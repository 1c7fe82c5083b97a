import type { English } from '../i18n/words.ts'

export const zh = {
  title: 'rules',
}

export const en: English<typeof zh> = {
  title: 'rules',
}
