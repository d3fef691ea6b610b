import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { LiveActions } from '../../app/live/actions';
import type { JointRecorder } from '../../app/live/joint-recorder';
import type { LiveState } from '../../app/live/state';
import type { VideoRecorder } from '../../app/live/video-recorder';

export interface LiveParts {
  readonly live: LiveActions;
  readonly videoRecorder: VideoRecorder;
  readonly jointRecorder: JointRecorder;
}

export const LiveContext = createContext<LiveParts | undefined>(undefined);

/** The screen's actions and recorders. Throws outside the Live screen. */
export function useLive(): LiveParts {
  const parts = useContext(LiveContext);
  if (!parts) throw new Error('this component belongs on the Live screen');
  return parts;
}

/** A part of the screen's state, like useAppState. Not for `people`, which change with every frame. */
export function useLiveState<T>(select: (state: LiveState) => T): T {
  return useStore(useLive().live.store, select);
}
