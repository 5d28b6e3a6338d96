/**
 * Runs a command of the table on the real window, and notes what of it the user would notice: messages with their buttons,
 * views, editors, and what is set going. Only noted, not done, is what would change the state that is being tested.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import * as vscode from 'vscode';
import { COMMANDS } from '../../../src/extension/commands.ts';
import type { KenningWindow } from '../../../src/extension/window.ts';

/** What acts, by part of the window; everything else only looks. */
const ACTING: Readonly<Record<string, readonly string[]>> = {
  client: ['setPaused', 'cancelUpdates', 'deleteIndex'],
  indexer: ['update', 'deleteIndex'],
  results: ['clear', 'show', 'dismiss', 'setOrder', 'forgetDismissed'],
  pinned: ['pin', 'unpin'],
  history: ['clear'],
  highlights: ['clear'],
  log: ['show'],
};

export interface Run {
  /** `message: Kenning is … [Restart]`, `client.setPaused`, `runs kenning.index.focus`. */
  readonly effects: readonly string[];
  /** Rejects as the command does. */
  readonly ended: Promise<unknown>;
}

/** Several commands may be under way, each with its own. */
const noting = new AsyncLocalStorage<string[]>();

/** `effects` grow until the command has ended. */
export function runRecorded(window: KenningWindow, id: string): Run {
  const effects: string[] = [];
  const command = COMMANDS[id];
  if (!command) throw new Error(`${id} is not in the table`);
  const ended = noting.run(effects, async () => command(recording(window, effects)));
  ended.catch(() => undefined);
  return { effects, ended };
}

function recording(window: KenningWindow, effects: string[]): KenningWindow {
  const note = (what: string) => (): void => void effects.push(what);
  return new Proxy(window, {
    get(_, key) {
      const value: unknown = Reflect.get(window, key, window);
      const acting = ACTING[String(key)];
      if (acting)
        return recordingPart(value as object, (name) => acting.includes(name) && note(`${String(key)}.${name}`));
      if (key === 'restart') return note('restart');
      return typeof value === 'function' ? value.bind(window) : value;
    },
  });
}

function recordingPart(part: object, noteOf: (name: string) => false | (() => void)): object {
  return new Proxy(part, {
    get(_, key) {
      const value: unknown = Reflect.get(part, key, part);
      if (typeof value !== 'function') return value;
      return noteOf(String(key)) || value.bind(part);
    },
  });
}

/** Has what a command shows by the editor's API noted, and not shown where it would wait for an answer. Returns what undoes it. */
export function patchEditor(): () => void {
  const undo: (() => void)[] = [];
  const patch = (object: object, name: string, put: (effects: string[], former: Callable) => Callable): void => {
    const former = Reflect.get(object, name) as Callable;
    Reflect.set(object, name, (...args: unknown[]) => {
      const effects = noting.getStore();
      return effects ? put(effects, former.bind(object))(...args) : former.apply(object, args);
    });
    undo.push(() => Reflect.set(object, name, former));
  };
  for (const kind of ['Information', 'Warning', 'Error']) {
    patch(vscode.window, `show${kind}Message`, (effects) => async (text, ...rest) => {
      const buttons = rest.filter((item) => typeof item === 'string').map((label) => `[${label}]`);
      effects.push([`message: ${String(text)}`, ...buttons].join(' '));
    });
  }
  for (const name of ['showQuickPick', 'showTextDocument', 'setStatusBarMessage']) {
    patch(vscode.window, name, (effects) => async () => void effects.push(name));
  }
  patch(vscode.window, 'withProgress', (effects, former) => (...args) => {
    effects.push('withProgress');
    return former(...args);
  });
  patch(vscode.commands, 'executeCommand', (effects, former) => async (id, ...args) => {
    // The editor's own doings in its lists and dialogs are not what is tested.
    if (String(id).startsWith('list.')) return undefined;
    if (!String(id).startsWith('vscode.')) effects.push(`runs ${String(id)}`);
    return String(id).startsWith('workbench.action.') ? undefined : former(id, ...args);
  });
  return () => {
    for (const each of undo) each();
  };
}

type Callable = (...args: unknown[]) => unknown;
