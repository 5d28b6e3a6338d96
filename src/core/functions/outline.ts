/**
 * Which definitions become chunks, what they are called in full, and which row belongs to which. Rows are the unit: a
 * row belongs to the innermost chunk around it, so nothing is indexed twice.
 */
import type { FunctionKind } from '../code-function.ts';
import type { LanguageTable } from '../languages/table.ts';
import type { Definition } from './definitions.ts';
import { lastPart } from './names.ts';

/** A definition that becomes a chunk. */
export interface Outlined {
  readonly definition: Definition;
  readonly kind: FunctionKind;
  readonly qualifiedName: string;
  /** Grows when later clauses of the same function join. */
  endRow: number;
  /** The definition and those that joined it. */
  readonly clauses: Definition[];
}

/** A function inside a function stays part of it, unless the outer one is long and the inner one no mere closure. */
const LONG_OUTER_ROWS = 60;
const OWN_INNER_ROWS = 5;

interface Open {
  readonly endIndex: number;
  readonly path: string;
  readonly definition: Definition;
  /** The definition itself or, when it only lends its name, what holds it. */
  readonly host: Definition | null;
}

export function outline(definitions: readonly Definition[], table: LanguageTable): Outlined[] {
  const open: Open[] = [];
  const outlined: Outlined[] = [];
  let previous: Outlined | undefined;
  for (const definition of definitions) {
    while (open.length > 0 && open.at(-1)!.endIndex <= definition.startIndex) open.pop();
    const around = open.at(-1);
    if (around && isPartOf(definition, around)) continue;
    const path = joinPath(around?.path ?? '', definition);
    if (previous && joins(previous, definition, path, table)) {
      previous.endRow = definition.endRow;
      previous.clauses.push(definition);
    } else if (definition.kind !== 'scope') {
      previous = entryOf(definition, path, around, table);
      outlined.push(previous);
    }
    const host = definition.kind === 'scope' ? (around?.host ?? null) : definition;
    open.push({ endIndex: definition.node.endIndex, path, definition, host });
  }
  return outlined;
}

function isPartOf(definition: Definition, around: Open): boolean {
  const outer = around.host;
  if (!outer) return false;
  // `typedef struct x { … } x;` is one type with two names.
  if (outer.startRow === definition.startRow && outer.endRow === definition.endRow) return true;
  if (outer.kind !== 'function') return false;
  // `const Show = memo(function Show() { … })` is one function, however long.
  if (outer.startRow === definition.startRow) return true;
  const outerRows = outer.endRow - outer.startRow + 1;
  const innerRows = definition.endRow - definition.startRow + 1;
  return outerRows <= LONG_OUTER_ROWS || innerRows < OWN_INNER_ROWS;
}

function joins(previous: Outlined, definition: Definition, path: string, { joinsClauses }: LanguageTable): boolean {
  if (!joinsClauses || (joinsClauses === 'overloads' && previous.definition.bodyIndex >= 0)) return false;
  const areFunctions = previous.definition.kind === 'function' && definition.kind === 'function';
  return areFunctions && previous.qualifiedName === path && definition.startRow - previous.endRow <= 2;
}

function entryOf(definition: Definition, path: string, around: Open | undefined, table: LanguageTable): Outlined {
  const kind = kindOf(definition, around, table);
  return { definition, kind, qualifiedName: path, endRow: definition.endRow, clauses: [definition] };
}

function kindOf(definition: Definition, around: Open | undefined, table: LanguageTable): FunctionKind {
  if (definition.kind !== 'function') return definition.kind as FunctionKind;
  const outer = around?.definition;
  const owner = outer && outer.kind !== 'function' ? outer.name : definition.receiver || ownerInName(definition.name);
  if (!owner) return 'function';
  const base = lastPart(definition.name);
  const isConstructor =
    table.constructors?.includes(base) || (table.id !== 'elixir' && base === owner.split('.').at(-1));
  return isConstructor ? 'constructor' : 'method';
}

/** `A.b`, defined outside of `A`. */
function ownerInName(name: string): string {
  return name.slice(0, Math.max(0, name.length - lastPart(name).length - 1));
}

function joinPath(outer: string, { name, receiver }: Definition): string {
  return [outer, receiver, name].filter(Boolean).join('.');
}

/** Row → index of the innermost chunk that holds it, or -1. */
export function rowOwners(outlined: readonly Outlined[], rowCount: number): Int32Array {
  const owners = new Int32Array(rowCount).fill(-1);
  outlined.forEach(({ definition, endRow }, i) => {
    owners.fill(i, definition.startRow, endRow + 1);
  });
  return owners;
}
