"""Trains the detector; can be stopped and started again at any time.
    ./fast -m detector.train --cache work/detector --run work/detector-run --samples 800000
Every few minutes writes RUN/checkpoint.pt (weights, moving average, optimiser, sample count), every few hundred steps a line to
RUN/log.tsv. Starts from RUN/checkpoint.pt if it is there, else from --state (training/state/detector.npz, averaged weights and how
many samples they have seen), else from the cascade's blocks in --cascade.   kill $(cat RUN/pid) stops it, with a checkpoint."""
import argparse
import signal

import cv2
import numpy as np
import torch

from posecade.detector.data import Store, empty_batch, fill
from posecade.detector.loss import losses
from posecade.detector.model import Detector, from_cascade, normalise_for_training
from posecade.run import BATCH, PROCESSES, Run, expect_end, on_every_core, open_folder, optimisers, positive, seeded
from posecade.state import Average, load_state

WARM = 6_000  # samples over which the rate rises
REPORT = 1_600  # samples a line of the log
AVERAGED = 0.998


def work(rank, a, exchange, network):
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    steppers = optimisers(network, a.rate, lambda shape: shape[1] == 3 or shape[0] <= 4)  # the last give centre and sides
    run, store = Run(a, network, steppers, Average(network, AVERAGED), WARM, BATCH * PROCESSES, REPORT), Store(a.cache)
    chances, batch = store.weights().cumsum(), empty_batch(BATCH)
    rng = seeded(a.seed, rank, run.seen)
    if rank == 0:
        signal.signal(signal.SIGTERM, run.stop)
    while run.goes_on():
        cooling = max(0, 1 - (a.samples - run.seen) / a.cool)
        fill(rng, store, lambda: int(np.searchsorted(chances, rng.random() * chances[-1])), batch, 1 - 0.5 * cooling)
        pixels, *maps = (torch.from_numpy(part) for part in batch)
        total, parts = losses(network, normalise_for_training(pixels), *maps)
        run.step(total, share=lambda parameters: exchange.average(parameters, rank))
        if rank == 0:
            run.record(parts)


def begin(a):
    """The network to start from."""
    network = Detector().to(memory_format=torch.channels_last)
    if a.state:
        print('weights not loaded:', load_state(a.state, network))
    elif a.cascade:
        own = network.state_dict()
        known = {k: torch.from_numpy(v.astype(np.float32)) for k, v in from_cascade(np.load(a.cascade)).items()
                 if k in own and own[k].shape == v.shape}
        network.load_state_dict({**own, **known})
        print('from the cascade:', len(known), 'tensors of', len(own))
    network.bank.early.requires_grad_(not a.hold_early)
    return network


def main(a):
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    open_folder(a)
    on_every_core(work, a, begin(a))
    expect_end(a)


def parse(words=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--cache', default='work/detector')
    parser.add_argument('--run', default='work/detector-run')
    parser.add_argument('--state', help='averaged weights to start from')
    parser.add_argument('--cascade', default='state/state.npz', help="the cascade's weights, whose blocks a new detector starts with")
    parser.add_argument('--samples', type=int, default=800_000)
    parser.add_argument('--cool', type=positive, default=200_000, help='last samples, over which the rate falls')
    parser.add_argument('--rate', type=float, default=1.5e-3)
    parser.add_argument('--hold-early', action='store_true', help='the weights to stride 4 stay as they are (their batch norms go on counting): a step takes a quarter less time')
    parser.add_argument('--seed', type=int, default=1)
    return parser.parse_args(words)


if __name__ == '__main__':
    main(parse())
