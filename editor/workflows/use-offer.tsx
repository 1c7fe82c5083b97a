import { Button } from 'antd'
import { useContext, useMemo } from 'react'
import { Messages } from '../parts/use-report.ts'

const OFFER_SECONDS = 12

/** Says that something is done, with one thing that can still be done about it, for a while. */
export function useOffer(): (text: string, action: string, onAction: () => void) => void {
  const messages = useContext(Messages)
  return useMemo(() => {
    let count = 0
    return (text, action, onAction) => {
      const key = `offer-${count++}`
      const take = () => {
        messages?.destroy(key)
        onAction()
      }
      void messages?.open({
        key,
        type: 'success',
        duration: OFFER_SECONDS,
        content: (
          <>
            {text}{' '}
            <Button type="link" size="small" onClick={take}>
              {action}
            </Button>
          </>
        ),
      })
    }
  }, [messages])
}
