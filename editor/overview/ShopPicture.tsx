import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { channelWord } from '../parts/code-words.ts'
import css from './ShopPicture.module.css'

/** What Orderloom does, as a drawing: threads of three channels run through one rule and leave sorted. */
export function ShopPicture(): ReactElement {
  const { t, language } = useWords()
  return (
    <svg className={css.picture} viewBox="0 0 460 150" aria-hidden="true">
      <g className={css.threads}>
        <path d="M112 35 C 160 35 150 75 200 75" />
        <path d="M112 75 H 200" />
        <path d="M112 115 C 160 115 150 75 200 75" />
        <path d="M260 75 C 310 75 300 45 346 45" />
        <path d="M260 75 C 310 75 300 105 346 105" />
      </g>
      <g className={css.card}>
        <rect x="24" y="18" width="88" height="34" rx="6" />
        <rect x="24" y="58" width="88" height="34" rx="6" />
        <rect x="24" y="98" width="88" height="34" rx="6" />
      </g>
      <g className={css.rule}>
        <rect x="192" y="54" width="76" height="42" rx="8" />
      </g>
      <g className={css.good}>
        <rect x="346" y="28" width="88" height="34" rx="6" />
      </g>
      <g className={css.card}>
        <rect x="346" y="88" width="88" height="34" rx="6" />
      </g>
      <g className={css.words}>
        <text x="68" y="40">
          {channelWord('taobao', language)}
        </text>
        <text x="68" y="80">
          {channelWord('douyin', language)}
        </text>
        <text x="68" y="120">
          {channelWord('pinduoduo', language)}
        </text>
        <text x="390" y="50">
          {t('overview.pictureShip')}
        </text>
        <text x="390" y="110">
          {t('overview.pictureMerge')}
        </text>
        <text x="230" y="80" className={css.ruleWord}>
          {t('overview.pictureRule')}
        </text>
      </g>
    </svg>
  )
}
