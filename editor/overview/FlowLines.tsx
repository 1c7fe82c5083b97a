import { LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { type ReactElement, useEffect, useRef } from 'react'
import { useWords } from '../i18n/use-words.ts'
import type { RateWindow } from '../live/rate-window.ts'
import { tokens } from '../look/tokens.ts'
import { useTheme } from '../look/use-theme.ts'
import css from './FlowChart.module.css'
import { flowChartOptions } from './flow-chart-options.ts'

use([LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer])

/** The drawing part of the flow chart; its own piece of code, because ECharts is large. */
export function FlowLines({ window, title }: { window: RateWindow; title: string }): ReactElement {
  const { t } = useWords()
  const theme = useTheme()
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(undefined)

  useEffect(() => {
    const element = box.current!
    const drawn = init(element)
    chart.current = drawn
    const fit = new ResizeObserver(() => drawn.resize())
    fit.observe(element)
    return () => {
      fit.disconnect()
      drawn.dispose()
    }
  }, [])

  useEffect(() => {
    chart.current?.setOption(flowChartOptions(window, tokens[theme], t))
  }, [window, theme, t])

  return (
    <div ref={box} className={css.lines} role="img" aria-label={`${t('overview.chartHelp')}: ${title}`} />
  )
}
