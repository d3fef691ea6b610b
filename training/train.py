"""Trains the cascade; can be stopped and started again at any time.
    ./fast train.py --cache cache --run runs/main --samples 3000000
Coarse maps alone for the first --warm samples, then jointly with the fine stage. Every few minutes writes RUN/checkpoint.pt
(weights, moving average, optimiser, sample count); every few thousand samples a line to RUN/log.tsv. Starts from
RUN/checkpoint.pt if it is there, else from --state (training/state: averaged weights, and how many samples they have seen), else
from nothing.
    kill $(cat RUN/pid)    stops it after the step, with a checkpoint

One process a core, each with its own batch, gradients averaged: operations need not wait for one another across cores, which
is quicker than two threads an operation, and far quicker where another job takes a part of one core."""
import argparse
import math
import multiprocessing
import os
import signal
import time

import cv2
import numpy as np
import torch

from posecade.data import Store, empty_batch, fill
from posecade.loss import losses
from posecade.model import Cascade, pyramid_bfloat16
from posecade.muon import Muon
from posecade.skeleton import COUNT
from posecade.state import Average, load_state, samples_seen

BATCH = 16  # of each process
PROCESSES = 2
DECAY = 0.02  # weight decay
REPORT = 200  # steps a line of the log
SAVE = 240  # seconds


class Exchange:
    """Averages gradients across processes through shared memory. Two buffers in turn, so one barrier a step is enough."""

    def __init__(self, parameters):
        size = sum(p.numel() for p in parameters)
        self.rows = torch.zeros(2, PROCESSES, size).share_memory_()
        self.barrier = multiprocessing.Barrier(PROCESSES)
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
    """Of the augmentation, and of how roughly crops are placed: they grow over the first 200,000 samples and fall while cooling, the
    second one less: boxes are rough in use, too."""
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


def work(rank, a, exchange, network):
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    checkpoint = os.path.join(a.run, 'checkpoint.pt')
    steppers = optimisers(network, a)
    average = Average(network)
    seen = start = samples_seen(a.state) if a.state else 0
    if os.path.exists(checkpoint):
        saved = torch.load(checkpoint)
        network.load_state_dict(saved['network'])
        average.load_state_dict(saved['average'])
        for stepper, state in zip(steppers, saved['optimisers']):
            stepper.load_state_dict(state)
        seen, start = saved['seen'], saved['start']
    store = Store(a.cache)
    weights = store.weights()
    rng = np.random.default_rng([a.seed, rank, seen])
    torch.manual_seed(rank + seen)
    parameters = list(network.parameters())
    pixels, points, status = batch = empty_batch(BATCH)
    stop = []
    if rank == 0:
        signal.signal(signal.SIGTERM, lambda *_: stop.append(True))
    sums, count, since, saved_at = {}, 0, time.time(), time.time()
    while seen < a.samples:
        fill(rng, store, rng.choice(len(weights), BATCH, p=weights), *batch, *strengths(seen, a))
        total, parts = losses(network, pyramid_bfloat16(torch.from_numpy(pixels)), torch.from_numpy(points),
                              torch.from_numpy(status), seen >= a.warm)
        network.zero_grad(set_to_none=True)
        total.backward()
        exchange.average(parameters, rank)
        torch.nn.utils.clip_grad_norm_(parameters, 5.0)
        for stepper in steppers:
            for group in stepper.param_groups:
                group['lr'] = rate(seen, start, a)
            stepper.step()
        seen, count = seen + BATCH * PROCESSES, count + 1
        if rank:
            continue
        average.update(network)
        for key, value in parts.items():
            sums[key] = sums.get(key, 0) + float(value.detach())
        if count == REPORT:
            figures = ' '.join(f'{key} {value / count:.4f}' for key, value in sums.items())
            speed = count * BATCH * PROCESSES / (time.time() - since)
            line = f'{seen}\t{figures}\trate {rate(seen, start, a):.5f}\timages/s {speed:.0f}'
            print(line, flush=True)
            with open(os.path.join(a.run, 'log.tsv'), 'a') as log:
                log.write(line + '\n')
            sums, count, since = {}, 0, time.time()
        if stop or time.time() - saved_at > SAVE or seen >= a.samples:
            save(checkpoint, network=network.state_dict(), average=average.state_dict(), 
                 optimisers=[stepper.state_dict() for stepper in steppers], seen=seen, start=start)
            saved_at = time.time()
        if stop:
            return


def main(a):
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    os.makedirs(a.run, exist_ok=True)
    network = Cascade(dropout=a.dropout).to(memory_format=torch.channels_last)
    if a.state:
        print('not taken over:', load_state(a.state, network))
    exchange = Exchange(list(network.parameters()))
    others = [multiprocessing.Process(target=work, args=(rank, a, exchange, network), daemon=True) for rank in range(1, PROCESSES)]
    for other in others:
        other.start()
    with open(os.path.join(a.run, 'pid'), 'w') as file:
        file.write(str(os.getpid()))
    work(0, a, exchange, network)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--cache', default='cache')
    parser.add_argument('--run', default='runs/main')
    parser.add_argument('--state', help='averaged weights to start from')
    parser.add_argument('--samples', type=int, default=3_000_000)
    parser.add_argument('--cool', type=int, default=300_000, help='last samples, over which the rate falls')
    parser.add_argument('--warm', type=int, default=30_000, help='samples of the coarse stage alone')
    parser.add_argument('--rate', type=float, default=2e-3)
    parser.add_argument('--dropout', type=float, default=0.1)
    parser.add_argument('--seed', type=int, default=1)
    main(parser.parse_args())
