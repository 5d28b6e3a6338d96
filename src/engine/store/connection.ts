/**
 * One folder's database as the store speaks to it: prepared statements by their text, transactions, and what to make of an
 * error. It knows no table. SQLite's errors become ours; damage that shows only now is remembered for the next opening.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isDamage, storeError } from './database.ts';
import { isMarkedDamaged, markDamaged } from './index-folder.ts';

/** A database before and after a change, as `state` tells it. */
export interface StatesAround {
  readonly before: string;
  readonly after: string;
}

/** Of the database: a number that differs after changes by other connections, and how many this one has made. */
interface Changes {
  readonly theirs: number;
  readonly ours: number;
}

const stateOf = ({ theirs, ours }: Changes): string => `${theirs} ${ours}`;

export class Connection {
  readonly dir: string;
  readonly database: DatabaseSync;
  #damaged: boolean;
  /** By their text: a search asks the same again and again. */
  readonly #statements = new Map<string, StatementSync>();
  /** By their statement's text, in the state that was counted. */
  readonly #countsOf = new Map<string, object>();
  #countedAt = '';

  constructor(dir: string, database: DatabaseSync) {
    this.dir = dir;
    this.database = database;
    this.#damaged = isMarkedDamaged(dir);
  }

  get damaged(): boolean {
    return this.#damaged;
  }

  noteDamage(): void {
    this.#damaged = true;
    markDamaged(this.dir);
  }

  /** Whether a row is as it was written, which the caller knows; one that is not is noted. */
  isSound(sound: boolean): boolean {
    if (!sound && !this.#damaged) this.noteDamage();
    return sound;
  }

  all<Row>(sql: string, ...parameters: (string | number)[]): Row[] {
    return this.guard(() => this.statement(sql).all(...parameters) as unknown as Row[]);
  }

  statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.guard(() => this.database.prepare(sql));
    this.#statements.set(sql, statement);
    return statement;
  }

  /** The one row of a statement that counts, which takes longer the larger the index is: done once for each change. */
  counted<Counts>(sql: string): Counts {
    const state = this.state();
    if (state !== this.#countedAt) this.#countsOf.clear();
    this.#countedAt = state;
    const known = this.#countsOf.get(sql) ?? this.all<object>(sql)[0]!;
    this.#countsOf.set(sql, known);
    return known as Counts;
  }

  /** Differs once this connection, or any other, has changed something. */
  state(): string {
    return stateOf(this.#changes());
  }

  /** What `change` returns, and the states around it: null where another connection has changed something, too. */
  statesAround<T>(change: () => T): { readonly changed: T; readonly states: StatesAround | null } {
    const before = this.#changes();
    const changed = change();
    const after = this.#changes();
    const isAlone = before.theirs === after.theirs;
    return { changed, states: isAlone ? { before: stateOf(before), after: stateOf(after) } : null };
  }

  #changes(): Changes {
    return this.all<Changes>('SELECT data_version AS theirs, total_changes() AS ours FROM pragma_data_version')[0]!;
  }

  transaction(work: () => void): void {
    this.guard(() => {
      this.database.exec('BEGIN IMMEDIATE');
      try {
        work();
        this.database.exec('COMMIT');
      } catch (error) {
        if (this.database.isTransaction) this.database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (isDamage(error)) this.noteDamage();
      throw storeError(error);
    }
  }
}
