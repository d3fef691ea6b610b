"""Trains the cascade; can be stopped and started again at any time.
    ./fast train.py --cache cache --run runs/main --samples 3000000
    python3 train.py --cache cache --run runs/main --samples 6000000 --device cuda --processes 14 --batch 512 --rate 4e-3
Coarse maps alone for the first --warm samples, then jointly with the fine stage. Every few minutes writes RUN/checkpoint.pt
(weights, moving average, optimiser, sample count); every few thousand samples a line to RUN/log.tsv. Starts from
RUN/checkpoint.pt if it is there, else from --state (training/state: averaged weights, and how many samples they have seen), else
from nothing.
    kill $(cat RUN/pid)    stops it after the step, with a checkpoint

On a CPU it runs one process per core, each with its own batch, and averages their gradients. Cores then need not wait for one another at
every operation, which is faster than two threads per operation, and far faster where another job takes a part of one core. On a GPU
(--device cuda) one process trains, and --processes others cut and augment the crops."""
import argparse
import multiprocessing
import os
import signal
import sys
import time

import cv2
import numpy as np
import torch

from posecade.data import Store, empty_batch, fill
from posecade.feed import Feed
from posecade.loss import losses
from posecade.model import Cascade, pyramid_bfloat16
from posecade.muon import Muon
from posecade.skeleton import COUNT
from posecade.state import Average, load_state, samples_seen

BATCH = 16  # of each process, unless --batch says otherwise
PROCESSES = 2
DECAY = 0.02  # weight decay
HORIZON = 64_000  # samples that the average of weights reaches back
REPORT = 6_400  # samples a line of the log
SAVE = 240  # seconds
PATIENCE = 3600  # seconds; a process that waits longer for the others has lost one of them, or was paused with them for as long


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


def rate(seen, start, a):
    """Warm-up over 10,000 samples, flat, then straight down to a hundredth over the last --cool samples."""
    return a.rate * min(1, (seen - start + 500) / 10_000) * min(1, max(0.01, (a.samples - seen) / a.cool))


def strengths(seen, a):
    """The strengths of the augmentation and of the roughness of crops: they grow over the first 200,000 samples and fall during cooling,
    the second one less, because boxes are rough in use, too."""
    cooling = max(0, 1 - (a.samples - seen) / a.cool)
    grown = 0.4 + 0.6 * seen / 200_000
    return min(grown, 1 - 0.8 * cooling), min(grown, 1 - 0.4 * cooling)


def optimisers(network, a):
    """Muon for the convolutions inside, AdamW for those that read pixels or speak of joints and for all vectors (no decay)."""
    inside, outside, rest = [], [], []
    for p in network.parameters():
        (rest if p.ndim != 4 else outside if {3, COUNT} & set(p.shape[:2]) else inside).append(p)
    adam = torch.optim.AdamW([dict(params=outside, weight_decay=DECAY), dict(params=rest, weight_decay=0)], lr=a.rate,
                             betas=(0.9, 0.99), foreach=True)
    return [adam, Muon(inside, a.rate, DECAY)]


def save(path, **state):
    torch.save(state, path + '.new')
    os.replace(path + '.new', path)


class Run:
    """A network in training: one step after another, the log, and checkpoints."""

    def __init__(self, a, network, together):
        """together: samples a step, of all processes."""
        self.a, self.network, self.together = a, network, together
        self.checkpoint = os.path.join(a.run, 'checkpoint.pt')
        self.parameters = list(network.parameters())
        self.steppers, self.average = optimisers(network, a), Average(network, 1 - together / HORIZON)
        self.seen = self.start = samples_seen(a.state) if a.state else 0
        if os.path.exists(self.checkpoint):
            self._resume(torch.load(self.checkpoint, map_location=self.parameters[0].device))
        self.stopped = False
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

    def step(self, pixels, points, status, share=lambda parameters: None):
        """One batch, on the network's device. share: called with the parameters between gradients and update. Returns the losses by name."""
        total, parts = losses(self.network, pyramid_bfloat16(pixels), points, status, self.seen >= self.a.warm)
        self.network.zero_grad(set_to_none=True)
        total.backward()
        share(self.parameters)
        torch.nn.utils.clip_grad_norm_(self.parameters, 5.0)
        for stepper in self.steppers:
            for group in stepper.param_groups:
                group['lr'] = rate(self.seen, self.start, self.a)
            stepper.step()
        self.seen += self.together
        return parts

    def record(self, parts):
        """After a step of the process that keeps the log: average, log, checkpoint."""
        self.average.update(self.network)
        self.count += 1
        for key, value in parts.items():
            self.sums[key] = self.sums.get(key, 0) + value.detach()
        if self.count * self.together >= REPORT:
            self._log()
        if time.time() - self.saved_at > SAVE or not self.goes_on():
            self.save()

    def _log(self):
        figures = ' '.join(f'{key} {float(value) / self.count:.4f}' for key, value in self.sums.items())
        speed = self.count * self.together / (time.time() - self.since)
        line = f'{self.seen}\t{figures}\trate {rate(self.seen, self.start, self.a):.5f}\timages/s {speed:.0f}'
        print(line, flush=True)
        with open(os.path.join(self.a.run, 'log.tsv'), 'a') as log:
            log.write(line + '\n')
        self.sums, self.count, self.since = {}, 0, time.time()

    def save(self):
        save(self.checkpoint, network=self.network.state_dict(), average=self.average.state_dict(),
             optimisers=[stepper.state_dict() for stepper in self.steppers], seen=self.seen, start=self.start)
        self.saved_at = time.time()


def work(rank, a, exchange, network):
    """One of the processes that train on a CPU."""
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    run, store = Run(a, network, a.batch * a.processes), Store(a.cache)
    weights, rng = store.weights(), np.random.default_rng([a.seed, rank, run.seen])
    torch.manual_seed(rank + run.seen)
    batch = empty_batch(a.batch)
    if rank == 0:
        signal.signal(signal.SIGTERM, run.stop)
    while run.goes_on():
        fill(rng, store, rng.choice(len(weights), a.batch, p=weights), *batch, *strengths(run.seen, a))
        parts = run.step(*map(torch.from_numpy, batch), share=lambda parameters: exchange.average(parameters, rank))
        if rank == 0:
            run.record(parts)


def train_on_cpu(a, network):
    exchange = Exchange(list(network.parameters()), a.processes)
    for rank in range(1, a.processes):
        multiprocessing.Process(target=work, args=(rank, a, exchange, network), daemon=True).start()
    work(0, a, exchange, network)


def train_on_gpu(a, network):
    """One process trains on a.device; the crops come from a.processes others and lie in shared memory."""
    known = next((path for path in (os.path.join(a.run, 'checkpoint.pt'), a.state) if path and os.path.exists(path)), None)
    seen = samples_seen(known) if known else 0
    feed = Feed(a.cache, a.batch, a.processes, [a.seed, seen], strengths(seen, a))
    try:
        torch.backends.cudnn.benchmark = True
        run = Run(a, network.to(a.device), a.batch)
        signal.signal(signal.SIGTERM, run.stop)
        while run.goes_on():
            feed.strengths(*strengths(run.seen, a))
            run.record(run.step(*(part.to(a.device) for part in feed.take())))
    finally:
        feed.close()


def main(a):
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    os.makedirs(a.run, exist_ok=True)
    checkpoint = os.path.join(a.run, 'checkpoint.pt')
    if a.state and os.path.exists(checkpoint):
        start = torch.load(checkpoint, map_location='cpu')['start']
        if start != samples_seen(a.state):
            sys.exit(f'{checkpoint} belongs to a stage that started at {start} samples, not at those of {a.state}: give another --run '
                     '(pipeline.py: --work)')
    network = Cascade(dropout=a.dropout).to(memory_format=torch.channels_last)
    if a.state:
        print('not taken over:', load_state(a.state, network))
    with open(os.path.join(a.run, 'pid'), 'w') as file:
        file.write(str(os.getpid()))
    (train_on_cpu if a.device == 'cpu' else train_on_gpu)(a, network)
    seen = samples_seen(checkpoint)
    if seen < a.samples:
        sys.exit(f'stopped at {seen} of {a.samples} samples; the same command continues')


def parse(words=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--cache', default='cache')
    parser.add_argument('--run', default='runs/main')
    parser.add_argument('--state', help='averaged weights to start from')
    parser.add_argument('--samples', type=int, default=3_000_000)
    parser.add_argument('--cool', type=int, default=300_000, help='last samples, over which the rate falls')
    parser.add_argument('--warm', type=int, default=30_000, help='samples of the coarse stage alone')
    parser.add_argument('--rate', type=float, default=2e-3)
    parser.add_argument('--dropout', type=float, default=0.1)
    parser.add_argument('--device', default='cpu', help='cpu or cuda')
    parser.add_argument('--processes', type=int, default=PROCESSES, help='that train (cpu) or cut crops (cuda)')
    parser.add_argument('--batch', type=int, default=BATCH, help='of each process that trains')
    parser.add_argument('--seed', type=int, default=1)
    return parser.parse_args(words)


if __name__ == '__main__':
    main(parse())
