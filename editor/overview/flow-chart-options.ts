import type { EChartsCoreOption } from 'echarts/core'
import { countText, rateText } from '../format/number.ts'
import { clockText } from '../format/time.ts'
import type { T } from '../i18n/i18n.ts'
import { type RateWindow, WINDOW_SECONDS } from '../live/rate-window.ts'
import { FONT } from '../look/antd-theme.ts'
import type { Tokens } from '../look/tokens.ts'

const LEAST_SCALE = 4

const LINES = [
  { rate: 'accepted', word: 'overview.accepted', colour: 'textFaint', area: false, always: true },
  { rate: 'decided', word: 'overview.decided', colour: 'accentText', area: true, always: true },
  { rate: 'waiting', word: 'overview.waiting', colour: 'warn', area: false, always: false },
  { rate: 'failed', word: 'overview.failed', colour: 'bad', area: false, always: false },
] as const

/** The flow chart as ECharts draws it: four lines over the last two minutes, holes where nothing was reported. */
export function flowChartOptions(window: RateWindow, colour: Tokens, t: T): EChartsCoreOption {
  const end = (window.at(-1)?.second ?? Math.floor(Date.now() / 1000)) * 1000
  const label = { color: colour.textFaint, fontFamily: FONT, fontSize: 12 }
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { left: 44, right: 14, top: 32, bottom: 22 },
    legend: {
      top: 0,
      right: 8,
      icon: 'roundRect',
      itemWidth: 12,
      itemHeight: 4,
      itemGap: 18,
      textStyle: { color: colour.textSoft, fontFamily: FONT, fontSize: 12 },
    },
    tooltip: {
      trigger: 'axis',
      backgroundColor: colour.raised,
      borderColor: colour.line,
      textStyle: { color: colour.text, fontFamily: FONT, fontSize: 13 },
      valueFormatter: (value: unknown) =>
        typeof value === 'number' ? rateText(value) : t('overview.noData'),
      axisPointer: { lineStyle: { color: colour.lineStrong } },
    },
    xAxis: {
      type: 'time',
      min: end - (WINDOW_SECONDS - 1) * 1000,
      max: end,
      minInterval: 30_000,
      maxInterval: 30_000,
      axisLabel: {
        ...label,
        formatter: (at: number) => clockText(at),
        showMinLabel: false,
        showMaxLabel: false,
        hideOverlap: true,
      },
      axisLine: { lineStyle: { color: colour.line } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisPointer: { label: { formatter: ({ value }: { value: number }) => clockText(value) } },
    },
    yAxis: {
      type: 'value',
      name: t('overview.chartUnit'),
      nameTextStyle: { ...label, align: 'right', padding: [0, 6, -2, 0] },
      nameGap: 12,
      minInterval: 1,
      splitNumber: 4,
      // A quiet shop keeps a scale: one order a second must not look like a mountain.
      max: ({ max }: { max: number }) => (max < LEAST_SCALE ? LEAST_SCALE : null),
      axisLabel: { ...label, formatter: (value: number) => countText(value) },
      splitLine: { lineStyle: { color: colour.line } },
    },
    series: LINES.map(({ rate, word, colour: name, area, always }) => ({
      type: 'line',
      name: t(word),
      // A trouble that never was would only thicken the axis.
      data:
        always || window.some(({ rates }) => rates && rates[rate] > 0)
          ? window.map(({ second, rates }) => [second * 1000, rates ? rates[rate] : null])
          : [],
      showSymbol: false,
      connectNulls: false,
      lineStyle: { width: rate === 'decided' ? 2 : 1.5, color: colour[name] },
      itemStyle: { color: colour[name] },
      ...(area && { areaStyle: { color: colour[name], opacity: 0.1 } }),
    })),
  }
}
