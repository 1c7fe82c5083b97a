import { useState } from 'react'
import { assertSize } from '../../server/workflow/logic/limits.ts'
import { LogicError } from '../../server/workflow/logic/logic-error.ts'
import { lineOf } from './make-line.ts'
import { read, write } from './model.ts'
import type { Building } from './sight.ts'
import { edit, emptyTree, newId, parentOf, type RuleTree } from './tree.ts'

interface Draft {
  readonly tree: RuleTree
  /** The stored rule the tree goes with; the tree may have unfinished parts beyond it. */
  readonly of: unknown
  readonly focus: string | undefined
  readonly isBegun: boolean
}

type Change = Pick<Building, 'change' | 'replace' | 'remove'>

/**
 * The tree of a stored condition while it is worked on. A finished tree is handed on at once, an emptied one as
 * undefined; while a part is unfinished what is stored stays as it was, so that it never means something nobody wrote.
 */
export function useCondition(
  value: unknown,
  onChange: (value: unknown, merge?: string) => void,
): Draft & Change & { readonly open: (rule: unknown) => void } {
  const [draft, setDraft] = useState<Draft>(() => opened(value))
  if (!same(draft.of, value)) setDraft(opened(value))
  const change: Building['change'] = (make, { merge, focus, isBegun = false } = {}) => {
    const tree = make(draft.tree)
    const rule = write(tree)
    const isDone = rule !== undefined || tree.parts.length === 0
    setDraft({ tree, of: isDone ? rule : draft.of, focus, isBegun })
    if (isDone && !same(rule, draft.of)) onChange(rule, merge)
  }
  return {
    ...draft,
    change,
    replace: (node, more) => change(tree => edit(tree, node.id, () => node), more),
    remove: id => change(tree => edit(tree, id, () => undefined), { focus: besides(draft.tree, id) }),
    open: rule => {
      setDraft(opened(rule))
      onChange(rule)
    },
  }
}

/** Where the keyboard goes on when a part is gone: the part behind it, before it, or around it. */
function besides(tree: RuleTree, id: string): string {
  const around = parentOf(tree, id) ?? tree
  const at = around.parts.findIndex(part => part.id === id)
  const next = around.parts[at + 1] ?? around.parts[at - 1]
  return (next ? lineOf(next) : tree).id
}

function opened(rule: unknown): Draft {
  return { tree: treeOf(rule), of: rule, focus: undefined, isBegun: false }
}

/** A rule too large to be taken apart is shown whole; a text alone is words nobody could read, and no rule. */
function treeOf(rule: unknown): RuleTree {
  if (typeof rule === 'string') return emptyTree()
  try {
    if (rule !== undefined) assertSize(rule)
  } catch (failure) {
    if (!(failure instanceof LogicError)) throw failure
    return { ...emptyTree(), parts: [{ kind: 'expression', id: newId(), rule }] }
  }
  return read(rule)
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
