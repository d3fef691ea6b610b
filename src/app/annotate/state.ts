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

/** The current image, decoded, and its editor. */
interface OpenImage {
  readonly id: number;
  readonly editor: Editor;
  readonly frame: Frame;
}

/** A session offered on the welcome screen. */
export interface OfferedSession extends StoredSession {
  /** It is open in another tab. */
  readonly elsewhere: boolean;
}

/** saved: everything. saving: writes are pending. unsaved: saving failed; what is not saved exists in this tab only. */
type Saving = { readonly state: 'saved' | 'saving' } | { readonly state: 'unsaved'; readonly notice: Notice };

/** Progress in reading files. done: undefined if that is unknown. */
interface Reading {
  readonly done: number | undefined;
  readonly total: number;
  /** These are label files; otherwise they are images. */
  readonly labels?: boolean;
}

/** What labels are read for. */
export type Purpose = 'import' | 'compare';

/** A question about joints as it is put to the user. */
export interface AskedJoints extends JointQuestion {
  readonly purpose: Purpose;
  /** The guess is the user's earlier answer. */
  readonly answered: boolean;
}

export interface SessionState {
  /** none: the welcome screen is shown. */
  readonly phase: 'none' | 'opening' | 'open';
  readonly offered: readonly OfferedSession[];
  /** false: this browser stores nothing, so the welcome screen does not promise that it does. */
  readonly keeps: boolean;
  /** In the order given; ids ascend. */
  readonly images: readonly ImageRecord[];
  /** Id of the current image, the one on screen; it may not be decoded yet. */
  readonly current: number | undefined;
  readonly opened: OpenImage | undefined;
  readonly filter: Filter;
  readonly sort: Sort;
  /** Drafts are made in the background, until the user or an engine failure stops this. */
  readonly drafting: boolean;
  readonly saving: Saving;
  /** The files being read, before anything is added or changed. */
  readonly reading: Reading | undefined;
  /** Problems with labels to be imported, until the user has dealt with them. None of the labels has been imported. */
  readonly problems: readonly Problem[];
  /** How many images have valid labels, out of all that the files with the problems refer to. */
  readonly valid: number;
  readonly total: number;
  /** What the problems were found in. */
  readonly problemsOf: 'labels' | 'labels-of-images' | 'truth';
  /** What the user has to answer about the joints of labels before they are read. */
  readonly question: AskedJoints | undefined;
  /** The drafts compared with trusted labels. */
  readonly compared: Compared | undefined;
}

interface Compared {
  /** Name of the file with the trusted labels. */
  readonly truth: string;
  readonly result: Evaluation;
  /** How many labelled images have no draft, and are left out. */
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
  valid: 0,
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
