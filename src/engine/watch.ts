import { type DeviceEvent, EngineError, type EngineFailure } from './error';

/** How long after the first failed call a lost device may still be reported. */
const SETTLE_MS = 200;

export interface Health {
  /** Throws an EngineError if the device was lost or ran out of memory since the last check. */
  check(): void;
  /** Waits until a loss would have been reported. */
  settle(): Promise<void>;
  /** Stops reporting: from now on the device may be destroyed on purpose. */
  stop(): void;
}

/** Forwards what a GPU device reports outside any promise: its loss and uncaptured errors. Without a device nothing ever fails. */
export function watch(device: GPUDevice | undefined, emit: (event: DeviceEvent) => void): Health {
  let failure: EngineFailure | undefined;
  let stopped = false;
  const lost = device?.lost.then(({ reason, message }) => {
    if (stopped) return;
    failure = { code: 'device-lost', detail: `${reason}: ${message}` };
    emit({ type: 'device-lost', reason: failure.detail });
  });
  const onError = (event: GPUUncapturedErrorEvent) => {
    const { error } = event;
    if (error instanceof GPUOutOfMemoryError) failure ??= { code: 'out-of-memory', detail: error.message };
    emit({ type: 'uncaptured-error', message: error.message });
  };
  device?.addEventListener('uncapturederror', onError);
  return {
    check() {
      if (!failure) return;
      const error = new EngineError(failure);
      if (failure.code !== 'device-lost') failure = undefined;
      throw error;
    },
    async settle() {
      if (lost) await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, SETTLE_MS))]);
    },
    stop() {
      stopped = true;
      device?.removeEventListener('uncapturederror', onError);
    },
  };
}
