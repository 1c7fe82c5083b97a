/** Colours of the product by what they mean. One list per theme; antd and our own CSS both read from here. */
export interface Tokens {
  readonly page: string
  readonly surface: string
  readonly raised: string
  readonly hover: string
  readonly line: string
  readonly lineStrong: string
  readonly text: string
  readonly textSoft: string
  readonly textFaint: string
  /** The one colour for what can be done: as a fill under white words, and as the colour of words. */
  readonly accent: string
  readonly accentText: string
  readonly accentSoft: string
  readonly ok: string
  readonly okSoft: string
  readonly warn: string
  readonly warnSoft: string
  readonly bad: string
  readonly badSoft: string
  readonly kindTrigger: string
  readonly kindData: string
  readonly kindDecision: string
  readonly kindStock: string
  readonly kindPeople: string
  readonly kindOutside: string
  readonly kindTime: string
  readonly kindEnd: string
}

const light: Tokens = {
  page: '#f4f5f8',
  surface: '#ffffff',
  raised: '#ffffff',
  hover: '#f0f2f7',
  line: '#e4e7ee',
  lineStrong: '#cbd1dc',
  text: '#1a2030',
  textSoft: '#4f5a6d',
  textFaint: '#606b80',
  accent: '#3b53c4',
  accentText: '#3149b8',
  accentSoft: '#eceffb',
  ok: '#177245',
  okSoft: '#e6f4ec',
  warn: '#935100',
  warnSoft: '#fdf1dd',
  bad: '#b92c25',
  badSoft: '#fdecea',
  kindTrigger: '#7a4fc9',
  kindData: '#2f80b7',
  kindDecision: '#3b53c4',
  kindStock: '#178a74',
  kindPeople: '#bd6b12',
  kindOutside: '#b04a8c',
  kindTime: '#7d7a1f',
  kindEnd: '#7b8496',
}

const dark: Tokens = {
  page: '#10131a',
  surface: '#181c25',
  raised: '#1f2430',
  hover: '#232936',
  line: '#2a303d',
  lineStrong: '#3d4556',
  text: '#e7eaf1',
  textSoft: '#aab3c3',
  textFaint: '#8e98aa',
  accent: '#5068dd',
  accentText: '#9dacff',
  accentSoft: '#232b4d',
  ok: '#58c78b',
  okSoft: '#16301f',
  warn: '#e6af57',
  warnSoft: '#352811',
  bad: '#ff8b81',
  badSoft: '#3b1b1a',
  kindTrigger: '#a787ee',
  kindData: '#62a9da',
  kindDecision: '#8b9cf8',
  kindStock: '#4fbda6',
  kindPeople: '#e0a052',
  kindOutside: '#d886b9',
  kindTime: '#bdb856',
  kindEnd: '#8e98aa',
}

export type Theme = 'light' | 'dark'

export const tokens: Readonly<Record<Theme, Tokens>> = { light, dark }
