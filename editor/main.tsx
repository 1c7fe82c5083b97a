import 'dayjs/locale/zh-cn.js'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { startWords } from './i18n/i18n.ts'
import { followServer } from './live/feed.ts'
import { preferences } from './look/preferences.ts'
import './look/global.css'

startWords(preferences.get().language)
followServer()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
