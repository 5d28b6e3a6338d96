/** What a query's matches say of one another: which node wraps which, and which calls are given a function. */
import type { Node, QueryMatch } from 'web-tree-sitter';

/**
 * Wrapped node → what wraps it. They come as matches of the same query, since asking each node for its parent takes time
 * that grows with the file or with the depth.
 */
export function wrappersIn(matches: readonly QueryMatch[]): Map<number, Node> {
  const wrappers = new Map<number, Node>();
  for (const { captures } of matches) {
    const wrapper = captures.find(({ name }) => name === 'wrapper');
    const wrapped = captures.find(({ name }) => name === 'wrapped');
    if (wrapper && wrapped) wrappers.set(wrapped.node.id, wrapper.node);
  }
  return wrappers;
}

export function outermost(node: Node, wrappers: ReadonlyMap<number, Node>): Node {
  let outer = node;
  for (let next = wrappers.get(outer.id); next; next = wrappers.get(outer.id)) outer = next;
  return outer;
}

/** Where the calls begin that are given a function. */
export function takingIn(matches: readonly QueryMatch[]): Set<number> {
  const calls = matches.map(({ captures }) => captures.find(({ name }) => name === 'takes'));
  return new Set(calls.flatMap((call) => (call ? [call.node.startIndex] : [])));
}

/** What calls stand behind, as in `middy(run).use(log())`, begins where they do. */
export function isFunction({ captures }: QueryMatch, taking: ReadonlySet<number>): boolean {
  const through = captures.find(({ name }) => name === 'through');
  return !through || taking.has(through.node.startIndex);
}
