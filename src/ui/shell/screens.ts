import { type ComponentType, lazy } from 'react';
import type { Engine } from '../../app/shell/engine';
import type { Shortcut } from '../../app/shell/shortcuts';
import type { AppStore } from '../../app/shell/store';
import type { Dropped } from '../../source/transfer';

/** What a screen gets from the shell. */
export interface Shell {
  readonly store: AppStore;
  readonly engine: Engine;
  /** Address of the samples' folder, with a trailing slash. */
  readonly samplesUrl: string;
}

/** A screen whose code is loaded. It keeps its state while another one is shown. */
export interface LoadedScreen {
  readonly Component: ComponentType;
  /** Opens what was dropped or pasted. */
  open(dropped: Dropped): void;
  /** Closing the tab now would lose something. */
  isAtRisk?(): boolean;
  /** Saves what it can: the page may never be shown again. */
  flush?(): void;
}

/** A row of the table of screens (src/screens.ts). */
export interface ScreenEntry {
  /** Its name in the address: live is #live. */
  readonly name: string;
  /** Its title in the navigation. */
  readonly title: string;
  /** What the skip link past the header leads to. */
  readonly content: string;
  /** Shown while files are dragged over the window. */
  readonly dropHint: string;
  readonly shortcuts: readonly Shortcut[];
  /** Whether this screen opens a drop. shown: this screen is the one shown. */
  accepts(dropped: Dropped, shown: boolean): boolean;
  load(shell: Shell): Promise<LoadedScreen>;
}

/** A row with a component that loads the screen when it is first rendered. */
export interface Screen extends Omit<ScreenEntry, 'load'> {
  readonly Component: ComponentType;
  /** Returns the same screen at every call. */
  load(): Promise<LoadedScreen>;
}

export interface Screens {
  readonly all: readonly Screen[];
  /** The screens loaded so far. */
  loaded(): readonly LoadedScreen[];
}

export function createScreens(entries: readonly ScreenEntry[], shell: Shell): Screens {
  const loaded: LoadedScreen[] = [];
  const all = entries.map((entry): Screen => {
    let loading: Promise<LoadedScreen> | undefined;
    const rendered = () =>
      lazy(async () => {
        try {
          return { default: (await load()).Component };
        } catch (error) {
          Component = rendered(); // React caches a failure for good; a new component lets the next visit retry
          throw error;
        }
      });
    const load = () => {
      loading ??= entry.load(shell).then(
        (screen) => {
          loaded.push(screen);
          return screen;
        },
        (error: unknown) => {
          loading = undefined; // allows a retry: the network may come back
          throw error;
        },
      );
      return loading;
    };
    let Component: ComponentType = rendered();
    return {
      ...entry,
      load,
      get Component() {
        return Component;
      },
    };
  });
  return { all, loaded: () => loaded };
}
