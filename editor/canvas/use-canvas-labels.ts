import type { AriaLabelConfig } from '@xyflow/react'
import { useMemo } from 'react'
import { useWords } from '../i18n/use-words.ts'

/** What a screen reader says of the parts React Flow brings. */
export function useCanvasLabels(): Partial<AriaLabelConfig> {
  const { t } = useWords()
  return useMemo(
    () => ({
      'node.a11yDescription.default': t('workflows.nodeHelp'),
      'node.a11yDescription.keyboardDisabled': t('workflows.nodeHelp'),
      'edge.a11yDescription.default': t('workflows.edgeHelp'),
      'controls.ariaLabel': t('workflows.controls'),
      'controls.zoomIn.ariaLabel': t('workflows.zoomIn'),
      'controls.zoomOut.ariaLabel': t('workflows.zoomOut'),
      'controls.fitView.ariaLabel': t('workflows.fitView'),
      'minimap.ariaLabel': t('workflows.minimap'),
    }),
    [t],
  )
}
