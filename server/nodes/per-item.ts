import type { TSchema } from 'typebox'
import {
  defineNode,
  type Item,
  type NodeType,
  type Outcome,
  type ParamsOf,
  type RunContext,
} from './node-type.ts'
import { failedBy, StepError } from './step-failure.ts'

type Declared<S extends TSchema, C> = Omit<NodeType<ParamsOf<S>, C>, 'params' | 'run'> & {
  readonly params: S
}

/** Declares a node type by what it does with one item. What goes wrong with one item never hurts its neighbours. */
export function defineItemNode<S extends TSchema, C = undefined>(
  type: Declared<S, C> & { step(item: Item, context: RunContext<ParamsOf<S>, C>): Outcome },
): NodeType {
  const { step, ...rest } = type
  return defineNode<S, C>({
    ...rest,
    run(batch, context) {
      const outcomes = new Array<Outcome>(batch.length)
      for (let i = 0; i < batch.length; i++) outcomes[i] = attempt(step, batch[i]!, context)
      return outcomes
    },
  })
}

function attempt<P, C>(
  step: (item: Item, context: RunContext<P, C>) => Outcome,
  item: Item,
  context: RunContext<P, C>,
): Outcome {
  try {
    return step(item, context)
  } catch (error) {
    return failedBy(error)
  }
}

/** What a node that asks the world does with one item: its question, and what follows from the answer. */
interface Asking<P, C, Q, A> {
  /** The question of an item, or its outcome where there is nothing to ask. */
  question(item: Item, context: RunContext<P, C>): Q | Outcome
  /** One round trip for the whole batch; answers come in the order of the questions. */
  ask(questions: readonly Q[], context: RunContext<P, C>): Promise<readonly A[]>
  outcome(answer: A, question: Q, item: Item, context: RunContext<P, C>): Outcome
}

/**
 * Declares a node type by what one item asks of the world; all items of a batch ask in one round trip.
 * What the world throws is thrown on: then the whole batch is tried again.
 */
export function defineAskingNode<S extends TSchema, C, Q extends { readonly key: string }, A>(
  type: Declared<S, C> & Asking<ParamsOf<S>, C, Q, A>,
): NodeType {
  const { question: _question, ask: _ask, outcome: _outcome, ...rest } = type
  return defineNode<S, C>({
    ...rest,
    async run(batch, context) {
      const outcomes = new Array<Outcome>(batch.length)
      const questions: Q[] = []
      const askers: number[] = []
      for (let i = 0; i < batch.length; i++) {
        const question = questionOf(type, batch[i]!, context)
        if ('ports' in question) outcomes[i] = question
        else {
          questions.push(question)
          askers.push(i)
        }
      }
      const answers = questions.length > 0 ? await type.ask(questions, context) : []
      for (let q = 0; q < questions.length; q++) {
        const at = askers[q]!
        outcomes[at] = outcomeOf(type, answers[q] as A, questions[q]!, batch[at]!, context)
      }
      return outcomes
    },
  })
}

function questionOf<P, C, Q, A>(
  asking: Asking<P, C, Q, A>,
  item: Item,
  context: RunContext<P, C>,
): Q | Outcome {
  try {
    return asking.question(item, context)
  } catch (error) {
    return failedBy(error)
  }
}

function outcomeOf<P, C, Q, A>(
  asking: Asking<P, C, Q, A>,
  answer: A,
  question: Q,
  item: Item,
  context: RunContext<P, C>,
): Outcome {
  try {
    return asking.outcome(answer, question, item, context)
  } catch (error) {
    return failedBy(error)
  }
}

/** The order of an item. The checker sees to it that a node which needs one comes after one that gives it. */
export function orderOf(item: Item): NonNullable<Item['data']['order']> {
  const { order } = item.data
  if (!order)
    throw new StepError('NO_ORDER', {
      zh: '这里还没有订单，请先经过「字段映射」',
      en: 'There is no order here yet; map the fields first',
    })
  return order
}
