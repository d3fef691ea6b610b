/** A hook for React 18 and later, and the types of the custom elements in JSX. */
import { type DetailedHTMLProps, type HTMLAttributes, type RefObject, useEffect, useState } from 'react';
import type { PoseCamera } from './embed/element/pose-camera';
import type { PoseElement, PosesDetail, StatusDetail } from './embed/element/pose-element';
import type { PoseImage } from './embed/element/pose-image';
import { type EngineChoice, holdEstimator } from './embed/shared-estimator';
import type { FollowedFrame, TrackingOptions } from './embed/tracking';
import type { Status } from './engine/protocol';

export type { EngineChoice };

export interface UsePosesOptions extends EngineChoice, Pick<TrackingOptions, 'smoothing'> {
  /** Whether the video is followed. Default: true. */
  readonly enabled?: boolean | undefined;
}

export interface Poses {
  /** The people in the newest frame, and its size; undefined before the first frame. */
  readonly frame: FollowedFrame | undefined;
  /** The engine's status, `ready` while it processes frames, too; undefined before it starts. */
  readonly status: Status | undefined;
  /** An EngineError or the browser's own error; no frames follow it until an option changes. */
  readonly error: unknown;
}

/** The status without the change to "running" and back that every frame makes: components would render for it. */
const steady = (status: Status): Status => (status.state === 'running' ? { state: 'ready', ready: status.ready } : status);

/** Whether both statuses say the same of an engine that runs. */
const isSame = (a: Status | undefined, b: Status | undefined) =>
  a?.state === 'ready' && b?.state === 'ready' && a.ready === b.ready;

const NOTHING: Poses = { frame: undefined, status: undefined, error: undefined };

/** Follows everybody in the frames of a video, be it a camera or a file. Components on one page share one engine. */
export function usePoses(video: RefObject<HTMLVideoElement | null>, options: UsePosesOptions = {}): Poses {
  const { enabled = true, smoothing, backend, modelUrl, detectorUrl } = options;
  const [models, detectors] = [modelUrl?.toString(), detectorUrl?.toString()]; // a new URL object for the same address is no change
  const [poses, setPoses] = useState(NOTHING);
  useEffect(() => {
    const element = video.current;
    if (!enabled || !element) return;
    const ending = new AbortController();
    const { signal } = ending;
    const set = (part: Partial<Poses>) => {
      if (signal.aborted) return;
      setPoses((before) => ('status' in part && isSame(before.status, part.status) ? before : { ...before, ...part }));
    };
    const choice = { backend, modelUrl: models, detectorUrl: detectors };
    const { estimator, release } = holdEstimator(choice, (status) => set({ status: steady(status) }));
    const follow = async () => {
      const { follow } = await estimator;
      for await (const frame of follow(element, { signal, smoothing })) set({ frame });
    };
    follow().catch((error) => set({ error }));
    return () => {
      ending.abort();
      release();
      setPoses(NOTHING);
    };
  }, [video, enabled, smoothing, backend, models, detectors]);
  return poses;
}

/** What both elements take in JSX. React 18 does not support the events. */
interface PoseElementProps<E extends PoseElement> extends DetailedHTMLProps<HTMLAttributes<E>, E> {
  backend?: EngineChoice['backend'];
  'model-url'?: string | undefined;
  'detector-url'?: string | undefined;
  mirrored?: boolean | '' | undefined;
  'max-people'?: number | undefined;
  /** Any of image, skeleton, boxes. */
  show?: string | undefined;
  onposes?: ((event: CustomEvent<PosesDetail>) => void) | undefined;
  onstatuschange?: ((event: CustomEvent<StatusDetail>) => void) | undefined;
}

interface PoseImageProps extends PoseElementProps<PoseImage> {
  src?: string | undefined;
  alt?: string | undefined;
}

interface PoseCameraProps extends PoseElementProps<PoseCamera> {
  autostart?: boolean | '' | undefined;
  facing?: 'user' | 'environment' | undefined;
  smoothing?: number | undefined;
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'pose-image': PoseImageProps;
      'pose-camera': PoseCameraProps;
    }
  }
}
