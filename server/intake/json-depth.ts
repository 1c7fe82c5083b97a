import { outlineOf } from './json-outline.ts'

/** How deep brackets nest in a JSON text, strings left out; counted without parsing, so any depth is harmless. */
export const depthOf = (text: string): number => outlineOf(text).depth
