"""Crops for a GPU: processes of their own cut and augment whole batches into shared memory, while the device trains on those before."""
from queue import Empty

import cv2
import torch
from torch import multiprocessing

from .data import Store, empty_batch, fill
from .run import seeded

AHEAD = 2  # batches of each process that may wait
PATIENCE = 5  # seconds between two looks at whether the processes are alive


def _work(cache, seed, batches, free, full, strengths):
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    store, rng = Store(cache), seeded(*seed)
    weights = store.weights()
    while True:
        index = free.get()
        parts = [part.numpy() for part in batches[index]]
        fill(rng, store, rng.choice(len(weights), len(parts[0]), p=weights), *parts, *strengths[:])
        full.put(index)


class Feed:
    """Batches from `processes` processes until close(). seed: a list of integers. strengths: of augmentation and placement (data.sample)."""

    def __init__(self, cache, batch, processes, seed, strengths):
        context = multiprocessing.get_context('spawn')  # a fork would inherit OpenCV's locks, but not the threads that hold them
        self._batches = [[torch.from_numpy(part).share_memory_() for part in empty_batch(batch)] for _ in range(AHEAD * processes)]
        self._free, self._full, self._strengths = context.SimpleQueue(), context.Queue(), context.Array('d', strengths)
        for index in range(len(self._batches)):
            self._free.put(index)
        self._workers = [context.Process(target=_work, daemon=True, args=(cache, [*seed, rank], self._batches, self._free, self._full,
                                                                          self._strengths)) for rank in range(processes)]
        for worker in self._workers:
            worker.start()
        self._taken = None

    def strengths(self, augmentation, placement):
        """Of the batches that are begun from now on."""
        self._strengths[:] = augmentation, placement

    def take(self):
        """pixels uint8 [B, 192, 192, 3], points [B, 19, 2], status [B, 19]: tensors that hold until the next call.
        Raises RuntimeError if a process has ended, as when the system kills it because memory is short."""
        if self._taken is not None:
            self._free.put(self._taken)
        while True:
            if not all(worker.is_alive() for worker in self._workers):
                raise RuntimeError('a process that cuts crops has ended; if the system killed it for memory, give fewer --processes')
            try:
                self._taken = self._full.get(timeout=PATIENCE)
                return self._batches[self._taken]
            except Empty:
                pass  # slow, or dead

    def close(self):
        for worker in self._workers:
            worker.terminate()
            worker.join()
