"""Trains the cascade; can be stopped and started again at any time.
    ./fast train.py --cache work/cache --run work/run --samples 3000000
    python3 train.py --cache work/cache --run work/run --samples 6000000 --device cuda --processes 14 --batch 512 --rate 4e-3
Coarse maps alone for the first --warm samples, then jointly with the fine stage. Every few minutes writes RUN/checkpoint.pt
(weights, moving average, optimiser, sample count); every few thousand samples a line to RUN/log.tsv. Starts from
RUN/checkpoint.pt if it is there, else from --state (training/state: averaged weights, and how many samples they have seen), else
from nothing.
    kill $(cat RUN/pid)    stops it after the step, with a checkpoint

posecade/run.py says how it uses the cores of a CPU. On a GPU (--device cuda) one process trains, and --processes others cut and augment the crops."""
import argparse
import os
import signal

import cv2
import torch

from posecade.data import Store, empty_batch, fill
from posecade.feed import Feed
from posecade.loss import losses
from posecade.model import Cascade, pyramid_for_training
from posecade.run import BATCH, PROCESSES, Run, expect_end, on_every_core, open_folder, optimisers, positive, seeded
from posecade.skeleton import COUNT
from posecade.state import Average, load_state, samples_seen

WARM = 10_000  # samples over which the rate rises
HORIZON = 64_000  # samples that the average of weights reaches back
REPORT = 6_400  # samples a line of the log


def strengths(seen, a):
    """The strengths of the augmentation and of the roughness of crops: they grow over the first 200,000 samples and fall during cooling,
    the second one less, because boxes are rough in use, too."""
    cooling = max(0, 1 - (a.samples - seen) / a.cool)
    grown = 0.4 + 0.6 * seen / 200_000
    return min(grown, 1 - 0.8 * cooling), min(grown, 1 - 0.4 * cooling)


def begin(a, network, together):
    """together: samples a step, of all processes."""
    steppers = optimisers(network, a.rate, lambda shape: bool({3, COUNT} & set(shape[:2])))  # with a side of 3 they read pixels, of 19 they give maps
    return Run(a, network, steppers, Average(network, 1 - together / HORIZON), WARM, together, REPORT)


def step(run, pixels, points, status, **share):
    """One batch, on the network's device. Returns the losses by name."""
    total, parts = losses(run.network, pyramid_for_training(pixels), points, status, run.seen >= run.a.warm)
    run.step(total, **share)
    return parts


def work(rank, a, exchange, network):
    """One of the processes that train on a CPU."""
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    run, store = begin(a, network, a.batch * a.processes), Store(a.cache)
    weights, rng = store.weights(), seeded(a.seed, rank, run.seen)
    batch = empty_batch(a.batch)
    if rank == 0:
        signal.signal(signal.SIGTERM, run.stop)
    while run.goes_on():
        fill(rng, store, rng.choice(len(weights), a.batch, p=weights), *batch, *strengths(run.seen, a))
        parts = step(run, *map(torch.from_numpy, batch), share=lambda parameters: exchange.average(parameters, rank))
        if rank == 0:
            run.record(parts)


def train_on_gpu(a, network):
    """One process trains on a.device; the crops come from a.processes others and lie in shared memory."""
    known = next((path for path in (os.path.join(a.run, 'checkpoint.pt'), a.state) if path and os.path.exists(path)), None)
    seen = samples_seen(known) if known else 0
    feed = Feed(a.cache, a.batch, a.processes, [a.seed, seen], strengths(seen, a))
    seeded(a.seed, seen)
    try:
        torch.backends.cudnn.benchmark = True
        run = begin(a, network.to(a.device), a.batch)
        signal.signal(signal.SIGTERM, run.stop)
        while run.goes_on():
            feed.strengths(*strengths(run.seen, a))
            run.record(step(run, *(part.to(a.device) for part in feed.take())))
    finally:
        feed.close()


def main(a):
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    open_folder(a)
    network = Cascade(dropout=a.dropout).to(memory_format=torch.channels_last)
    if a.state:
        print('weights not loaded:', load_state(a.state, network))
    if a.device == 'cpu':
        on_every_core(work, a, network, a.processes)
    else:
        train_on_gpu(a, network)
    expect_end(a)


def parse(words=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--cache', default='work/cache')
    parser.add_argument('--run', default='work/run')
    parser.add_argument('--state', help='averaged weights to start from')
    parser.add_argument('--samples', type=int, default=3_000_000)
    parser.add_argument('--cool', type=positive, default=300_000, help='last samples, over which the rate falls')
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
