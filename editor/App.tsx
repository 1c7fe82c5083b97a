import { QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider, message } from 'antd'
import enUS from 'antd/es/locale/en_US.js'
import zhCN from 'antd/es/locale/zh_CN.js'
import dayjs from 'dayjs'
import i18next from 'i18next'
import { type ReactElement, useEffect, useMemo } from 'react'
import { RouterProvider } from 'react-router/dom'
import { queryClient } from './api/query-client.ts'
import { useStore } from './live/store.ts'
import { antdTheme } from './look/antd-theme.ts'
import { preferences } from './look/preferences.ts'
import { useTheme, useThemeOnPage } from './look/use-theme.ts'
import { Messages } from './parts/use-report.ts'
import { router } from './routes.tsx'

/** The editor in the person's language, theme and density. */
export function App(): ReactElement {
  const { language, density } = useStore(preferences)
  const theme = useTheme()
  useThemeOnPage(theme)
  useEffect(() => {
    void i18next.changeLanguage(language)
    dayjs.locale(language === 'zh' ? 'zh-cn' : 'en')
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }, [language])
  const [messages, holder] = message.useMessage({ maxCount: 3 })
  const antdLook = useMemo(() => antdTheme(theme, density), [theme, density])
  return (
    <QueryClientProvider client={queryClient}>
      <ConfigProvider
        locale={language === 'zh' ? zhCN : enUS}
        theme={antdLook}
        button={{ autoInsertSpace: false }}
      >
        <Messages value={messages}>
          {holder}
          <RouterProvider router={router} />
        </Messages>
      </ConfigProvider>
    </QueryClientProvider>
  )
}
