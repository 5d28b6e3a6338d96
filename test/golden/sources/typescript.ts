/** Events with types: who listens to what, and who is told. */
import type { Logger } from './logger.ts';
import { inject, injectable } from './container.ts';

export type Unsubscribe = () => void;

export type Handler<T> = {
  readonly once: boolean;
  call(event: T): void;
};

/** What may happen, by name. */
export interface Events {
  opened: { path: string };
  closed: { path: string; dirty: boolean };
  /** Fires at most once a second. */
  changed(path: string): void;
}

export const enum Level {
  Debug = 10,
  Error = 50,
}

declare module './registry.ts' {
  interface Registry {
    events: EventBus<Events>;
  }
}

export namespace Topics {
  export const separator = '/';

  /** Joins the parts of a topic's name. */
  export function join(...parts: string[]): string {
    return parts.filter(Boolean).join(separator);
  }
}

/** A listener that can be told to stop. */
export abstract class Subscription<T> {
  protected constructor(protected readonly handler: Handler<T>) {}

  abstract cancel(): void;

  get isOnce(): boolean {
    return this.handler.once;
  }
}

@injectable({ scope: 'singleton' })
export class EventBus<E extends object = Events> {
  private readonly listeners = new Map<keyof E, Set<Handler<unknown>>>();
  static readonly MAX_LISTENERS = 100;

  constructor(@inject('logger') private readonly logger: Logger) {}

  on<K extends keyof E>(name: K, handler: (event: E[K]) => void): Unsubscribe;
  on(name: keyof E, handler: (event: never) => void, once: boolean): Unsubscribe;
  /** Listens until the returned function is called. */
  on(name: keyof E, handler: (event: never) => void, once = false): Unsubscribe {
    const set = this.listeners.get(name) ?? new Set();
    const entry: Handler<unknown> = { once, call: (event) => handler(event as never) };
    this.listeners.set(name, set.add(entry));
    return () => {
      set.delete(entry);
    };
  }

  /**
   * Tells everyone. A listener that throws does not keep
   * the others from being told.
   */
  @logged
  emit<K extends keyof E>(name: K, event: E[K]): void {
    for (const handler of this.listeners.get(name) ?? []) {
      try {
        handler.call(event);
      } catch (error) {
        this.logger.error(`${String(name)} failed`, error);
      }
    }
  }

  private readonly onError = (error: unknown): void => {
    this.logger.error('bus', error);
  };
}

function logged(_target: object, key: string, descriptor: PropertyDescriptor): void {
  const original = descriptor.value as (...args: unknown[]) => unknown;
  descriptor.value = function (this: unknown, ...args: unknown[]) {
    console.debug(key, args.length);
    return original.apply(this, args);
  };
}

export function isEvent<K extends keyof Events>(name: string): name is K {
  return name === 'opened' || name === 'closed';
}

// Curried, so that a map can take it.
export const withPrefix =
  (prefix: string) =>
  (name: string): string =>
    Topics.join(prefix, name);

export default class extends EventBus<Events> {
  shutdown(): void {
    this.emit('closed', { path: '', dirty: false });
  }
}
