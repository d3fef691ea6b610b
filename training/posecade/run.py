"""What training the cascade and training the detector have in common: a stage that can be stopped and started again at any time. On a CPU
it runs one process per core, each with its own batch, and averages their gradients. Cores then need not wait for one another at every
operation, which is faster than two threads per operation, and far faster where another job takes a part of one core."""
import argparse
import ctypes
import multiprocessing
import os
import sys
import time

import cv2
import numpy as np
import torch

from .muon import Muon
from .state import samples_seen

BATCH = 16  # of each process
PROCESSES = 2
DECAY = 0.02  # weight decay
LONGEST = 5.0  # gradient
SAVE = 240  # seconds between checkpoints
PATIENCE = 3600  # seconds; a process that waits longer for the others has lost one of them, or was paused with them for as long
TIDY = 500  # steps between two looks at the memory
HELD = 4 << 30  # bytes of it that a process may hold; a step needs less than a tenth


def positive(text):
    """A whole number above zero, for argparse."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f'{text} is not above zero')
    return value


def seeded(*seed):
    """NumPy's generator for these integers, from which OpenCV's and PyTorch's are seeded, too."""
    rng = np.random.default_rng(seed)
    cv2.setRNGSeed(int(rng.integers(1 << 31)))
    torch.manual_seed(int(rng.integers(1 << 31)))
    return rng


class Exchange:
    """Averages gradients across processes through shared memory. Two buffers in turn, so one barrier a step is enough."""

    def __init__(self, parameters, processes=PROCESSES):
        size = sum(p.numel() for p in parameters)
        self.rows = torch.zeros(2, processes, size).share_memory_()
        self.barrier = multiprocessing.Barrier(processes, timeout=PATIENCE)
        self.turn = 0

    def average(self, parameters, rank):
        rows = self.rows[self.turn]
        self.turn = 1 - self.turn
        split = [p.numel() for p in parameters]
        for p, part in zip(parameters, rows[rank].split(split)):
            part.zero_() if p.grad is None else part.copy_(p.grad.reshape(-1))
        self.barrier.wait()
        for p, part in zip(parameters, rows.mean(0).split(split)):
            p.grad = part.view_as(p)


def learned(network):
    return [p for p in network.parameters() if p.requires_grad]


def optimisers(network, rate, is_outer):
    """Muon for the convolutions inside, AdamW for those that read pixels or give maps and for all vectors (no decay). is_outer: whether
    the convolution with a weight of this shape is of the second kind."""
    inner, outer, rest = [], [], []
    for p in learned(network):
        (rest if p.ndim != 4 else outer if is_outer(p.shape) else inner).append(p)
    adam = torch.optim.AdamW([dict(params=outer, weight_decay=DECAY), dict(params=rest, weight_decay=0)], lr=rate, betas=(0.9, 0.99), foreach=True)
    return [adam, Muon(inner, rate, DECAY)]


def release_memory():
    """Gives free memory back to the system if the process holds much. `fast` has the allocator keep it, which speeds up training, but some
    processes then grow by 6 GB in 20 minutes; to give it back all the time would halve the speed (LOG.md)."""
    if not os.path.exists('/proc/self/statm'):
        return
    with open('/proc/self/statm') as file:
        resident, shared = (int(pages) * os.sysconf('SC_PAGE_SIZE') for pages in file.read().split()[1:3])
    control = getattr(ctypes.CDLL(None), 'mallctl', None)  # jemalloc's
    if control and resident - shared > HELD:
        control(b'arena.4096.purge', None, None, None, ctypes.c_size_t(0))  # 4096: every arena


def rate(seen, a, warm, start):
    """The learning rate: it rises over the first `warm` samples after the stage's start, stays, then falls straight to a hundredth over the
    last a.cool samples."""
    return a.rate * min(1, (seen - start + warm / 20) / warm) * min(1, max(0.01, (a.samples - seen) / a.cool))


class Run:
    """A network in training: one step after another, the log, and checkpoints."""

    def __init__(self, a, network, steppers, average, warm, together, report):
        """a: run (the folder), state, samples, rate and cool. average: a state.Average of the network. warm: samples over which the rate rises.
        together: samples a step, of all processes; report: samples a line of the log. Goes on from the folder's checkpoint, if there is one."""
        self.a, self.network, self.steppers, self.average, self.warm = a, network, steppers, average, warm
        self.together, self.report = together, report
        self.checkpoint = os.path.join(a.run, 'checkpoint.pt')
        self.parameters = learned(network)
        self.seen = self.start = samples_seen(a.state) if a.state else 0
        if os.path.exists(self.checkpoint):
            self._resume(torch.load(self.checkpoint, map_location=self.parameters[0].device))
        self.stopped, self.steps = False, 0
        self.sums, self.count, self.since, self.saved_at = {}, 0, time.time(), time.time()

    def _resume(self, saved):
        self.network.load_state_dict(saved['network'])
        self.average.load_state_dict(saved['average'])
        for stepper, state in zip(self.steppers, saved['optimisers']):
            stepper.load_state_dict(state)
        self.seen, self.start = saved['seen'], saved['start']

    def stop(self, *_):
        """A signal's handler: the step that is under way is the last."""
        self.stopped = True

    def goes_on(self):
        return self.seen < self.a.samples and not self.stopped

    def rate(self):
        return rate(self.seen, self.a, self.warm, self.start)

    def step(self, loss, share=lambda parameters: None):
        """Descends. share: called with the parameters between gradients and update."""
        self.network.zero_grad(set_to_none=True)
        loss.backward()
        share(self.parameters)
        torch.nn.utils.clip_grad_norm_(self.parameters, LONGEST, error_if_nonfinite=True)  # else the checkpoint would be lost, too
        for stepper in self.steppers:
            for group in stepper.param_groups:
                group['lr'] = self.rate()
            stepper.step()
        self.seen += self.together
        self.steps += 1
        if self.steps % TIDY == 0:
            release_memory()

    def record(self, parts):
        """After a step of the process that keeps the log: average, log, checkpoint. parts: the losses by name."""
        self.average.update(self.network)
        self.count += 1
        for key, value in parts.items():
            self.sums[key] = self.sums.get(key, 0) + value.detach()
        if self.count * self.together >= self.report:
            self._log()
        if time.time() - self.saved_at > SAVE or not self.goes_on():
            self.save()

    def _log(self):
        figures = ' '.join(f'{key} {float(value) / self.count:.4f}' for key, value in self.sums.items())
        speed = self.count * self.together / (time.time() - self.since)
        line = f'{self.seen}\t{figures}\trate {self.rate():.5f}\timages/s {speed:.0f}'
        print(line, flush=True)
        with open(os.path.join(self.a.run, 'log.tsv'), 'a') as log:
            log.write(line + '\n')
        self.sums, self.count, self.since = {}, 0, time.time()

    def save(self):
        new = self.checkpoint + '.new'
        torch.save(dict(network=self.network.state_dict(), average=self.average.state_dict(),
                        optimisers=[stepper.state_dict() for stepper in self.steppers], seen=self.seen, start=self.start), new)
        os.replace(new, self.checkpoint)
        self.saved_at = time.time()


def on_every_core(work, a, network, processes=PROCESSES):
    """Calls work(rank, a, exchange, network) in as many processes; the first, of rank 0, is this one. They share the network's weights at the start."""
    exchange = Exchange(learned(network), processes)
    for rank in range(1, processes):
        multiprocessing.Process(target=work, args=(rank, a, exchange, network), daemon=True).start()
    work(0, a, exchange, network)


def open_folder(a):
    """Makes the run's folder, with the process's number in it. Ends the program if its checkpoint is another stage's."""
    os.makedirs(a.run, exist_ok=True)
    checkpoint = os.path.join(a.run, 'checkpoint.pt')
    if a.state and os.path.exists(checkpoint):
        start = torch.load(checkpoint, map_location='cpu')['start']
        if start != samples_seen(a.state):
            sys.exit(f'{checkpoint} belongs to a stage that started at {start} samples, not at those of {a.state}: give another --run')
    with open(os.path.join(a.run, 'pid'), 'w') as file:
        file.write(str(os.getpid()))


def expect_end(a):
    """Ends the program with an error if the stage was stopped early."""
    seen = samples_seen(os.path.join(a.run, 'checkpoint.pt'))
    if seen < a.samples:
        sys.exit(f'stopped at {seen} of {a.samples} samples; the same command continues')
