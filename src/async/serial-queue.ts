/** Runs tasks one at a time, in the order they were added. */
export interface SerialQueue {
  /** Runs the task when all earlier ones have settled. Settles as the task does; one that rejects does not hold up the next. */
  run<T>(task: () => Promise<T>): Promise<T>;
}

export function createSerialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: (task) => {
      const result = last.then(task);
      last = result.catch(() => undefined); // whoever called run() handles the rejection
      return result;
    },
  };
}
