/**
 * The editor's quick pick, in two halves as the editor has it: what an extension gives reaches the window later (`arrive`),
 * keys act on what the window shows, and the window tells of items by their number in its list
 * (https://github.com/microsoft/vscode: `quickInput.ts`, `extHostQuickOpen.ts`).
 */

export interface FakeItem {
  readonly label: string;
  readonly kind?: number;
}

type Listener = (event: unknown) => void;

const isSelectable = ({ kind }: FakeItem): boolean => kind === undefined;

export class FakeQuickPick {
  title = '';
  prompt: string | undefined;
  value = '';
  busy = false;
  buttons: readonly unknown[] = [];
  #items: readonly FakeItem[] = [];
  #activeItems: readonly FakeItem[] = [];
  #isGiven = false;
  #wanted: FakeItem | undefined;
  #shown: readonly FakeItem[] = [];
  #active: FakeItem | undefined;
  readonly #listeners = new Map<string, Listener>();

  readonly onDidChangeValue = this.#on('value');
  readonly onDidChangeActive = this.#on('active');
  readonly onDidAccept = this.#on('accept');
  readonly onDidTriggerItemButton = this.#on('item button');
  readonly onDidTriggerButton = this.#on('button');
  readonly onDidHide = this.#on('hide');

  get items(): readonly FakeItem[] {
    return this.#items;
  }

  set items(items: readonly FakeItem[]) {
    this.#items = items;
    this.#isGiven = true;
  }

  get activeItems(): readonly FakeItem[] {
    return this.#activeItems;
  }

  set activeItems(items: readonly FakeItem[]) {
    this.#activeItems = items;
    [this.#wanted] = items;
  }

  /** Where the user sees Enter lead. */
  get shownActive(): string | undefined {
    return this.#active?.label;
  }

  /** Of what was given before nothing is told. */
  show(): void {
    this.#isGiven = false;
    this.#shown = this.#items;
    this.#active = this.#wanted;
  }

  hide(): void {
    this.#fire('hide');
  }

  dispose(): void {}

  /** What was given reaches the window: that begins at the first item, and goes where it is told from there. */
  arrive(): void {
    if (!this.#isGiven) return;
    this.#isGiven = false;
    this.#shown = this.#items;
    this.#moveTo(this.#shown.find(isSelectable));
    this.#moveTo(this.#wanted);
  }

  /** The user's keys. The window forgets its place and begins at the first item of what it shows. */
  type(value: string): void {
    this.#active = undefined;
    this.#activeItems = [];
    this.#fire('active', this.#activeItems);
    this.#moveTo(this.#shown.find(isSelectable));
    this.value = value;
    this.#fire('value', value);
  }

  /** The user's arrow keys. */
  moveTo(label: string): void {
    this.#moveTo(this.#shown.find((item) => item.label === label));
  }

  enter(): void {
    this.#fire('accept');
  }

  #moveTo(item: FakeItem | undefined): void {
    if (!item || item === this.#active) return;
    this.#active = item;
    const meant = this.#items[this.#shown.indexOf(item)];
    this.#activeItems = meant ? [meant] : [];
    this.#fire('active', this.#activeItems);
  }

  #on(name: string): (listener: Listener) => { dispose(): void } {
    return (listener) => {
      this.#listeners.set(name, listener);
      return { dispose: () => this.#listeners.delete(name) };
    };
  }

  #fire(name: string, event?: unknown): void {
    this.#listeners.get(name)?.(event);
  }
}
