import type { English } from '../i18n/words.ts'

export const zh = {
  today: '今天 {{time}}',
  yesterday: '昨天 {{time}}',
  dayFormat: 'M月D日',
  dayYearFormat: 'YYYY年M月D日',
  unknown: '时间不详',
  underSecond: '不到 1 秒',
  seconds: '{{n}} 秒',
  minutes: '{{n}} 分',
  hours: '{{n}} 小时',
  days: '{{n}} 天',
}

export const en: English<typeof zh> = {
  today: 'Today {{time}}',
  yesterday: 'Yesterday {{time}}',
  dayFormat: 'D MMM',
  dayYearFormat: 'D MMM YYYY',
  unknown: 'time unknown',
  underSecond: 'under 1 s',
  seconds: '{{n}} s',
  minutes: '{{n}} min',
  hours: '{{n}} h',
  days: '{{n}} d',
}
