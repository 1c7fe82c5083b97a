import type { message } from 'antd'
import { createContext, useContext, useMemo } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { failureText } from './failure-text.ts'

export interface Report {
  readonly done: (text: string) => void
  /** `say` puts the reason into its sentence. */
  readonly failed: (failure: unknown, say: (why: string) => string) => void
}

/** Where short messages appear; given by the frame of the page. */
export const Messages = createContext<ReturnType<typeof message.useMessage>[0] | undefined>(undefined)

const FAILURE_SECONDS = 8

/** Tells how something the person started came out. */
export function useReport(): Report {
  const messages = useContext(Messages)
  const { t, language } = useWords()
  return useMemo(
    () => ({
      done: text => void messages?.success(text),
      failed: (failure, say) => void messages?.error(say(failureText(failure, t, language)), FAILURE_SECONDS),
    }),
    [messages, t, language],
  )
}
