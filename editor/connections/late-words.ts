import { addWords } from '../i18n/i18n.ts'
import * as words from './words.ts'

addWords('connections', words)
