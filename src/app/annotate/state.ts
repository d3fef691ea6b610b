import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Evaluation } from '../../annotate/evaluate';
import type { JointQuestion } from '../../annotate/formats/joint-table';
import type { Problem } from '../../annotate/formats/problem';
import type { StoredSession } from '../../database/session-database';
import type { Frame } from '../../engine/protocol';
import type { Notice } from '../shell/report';
import type { Editor } from './editor';
import type { ImageRecord } from './image-record';

export type Filter = 'all' | 'unfinished' | 'flagged' | 'accepted' | 'failed';
export type Sort = 'given' | 'name' | 'worst';

/** The current image, decoded, and what edits it. */
export interface OpenImage {
  readonly id: number;
  readonly editor: Editor;
  readonly frame: Frame;
}

/** A session that the welcome offers. */
export interface OfferedSession extends StoredSession {
  /** Another tab has it open. */
  readonly elsewhere: boolean;
}

/** saved: all of it. saving: some is on its way. unsaved: it failed; all of it stays in this tab alone. */
export type Saving = { readonly state: 'saved' | 'saving' } | { readonly state: 'unsaved'; readonly notice: Notice };

/** How far the reading of files has come; undefined: that cannot be told. */
export interface Reading {
  readonly done: number | undefined;
  readonly total: number;
  /** These are label files; otherwise they are images. */
  readonly labels?: boolean;
}

export interface SessionState {
  /** none: the welcome is shown. */
  readonly phase: 'none' | 'opening' | 'open';
  readonly offered: readonly OfferedSession[];
  /** false: this browser keeps nothing, so the welcome does not promise it. */
  readonly keeps: boolean;
  /** In the order given; ids rise. */
  readonly images: readonly ImageRecord[];
  /** Id of the current image, the one on the screen; it may not be decoded yet. */
  readonly current: number | undefined;
  readonly opened: OpenImage | undefined;
  readonly filter: Filter;
  readonly sort: Sort;
  /** Drafts are made in the background, until the user or a failing engine stops it. */
  readonly drafting: boolean;
  readonly saving: Saving;
  /** Files that are read at the moment, before anything comes of them. */
  readonly reading: Reading | undefined;
  /** What is wrong with labels that were to be imported, until the user has dealt with it. Nothing of them was taken. */
  readonly problems: readonly Problem[];
  /** How many images have sound labels, of all that the files with the problems speak of. */
  readonly sound: number;
  readonly total: number;
  /** What the problems are in. */
  readonly problemsOf: 'labels' | 'labels-of-images' | 'truth';
  /** What the user has to answer about the joints of labels that are to be imported. */
  readonly question: JointQuestion | undefined;
  /** The drafts compared with trusted labels. */
  readonly compared: Compared | undefined;
}

export interface Compared {
  /** Name of the file with the trusted labels. */
  readonly truth: string;
  readonly result: Evaluation;
  /** How many images of the labels have no draft, and are left out. */
  readonly undrafted: number;
}

export type SessionStore = StoreApi<SessionState>;

export const NO_SESSION: SessionState = {
  phase: 'none',
  offered: [],
  keeps: true,
  images: [],
  current: undefined,
  opened: undefined,
  filter: 'all',
  sort: 'given',
  drafting: true,
  saving: { state: 'saved' },
  reading: undefined,
  problems: [],
  sound: 0,
  total: 0,
  question: undefined,
  problemsOf: 'labels',
  compared: undefined,
};

export function createSessionStore(): SessionStore {
  return createStore<SessionState>(() => NO_SESSION);
}

export function imageOf({ images }: Pick<SessionState, 'images'>, id: number | undefined): ImageRecord | undefined {
  return images.find((record) => record.id === id);
}

/** The record of the current image. */
export const currentImage = (state: SessionState): ImageRecord | undefined => imageOf(state, state.current);
