"""Trains the detector; can be stopped and started again at any time.
    ./fast -m detector.train --cache cache/detector --run runs/detector --samples 800000
Every few minutes writes RUN/checkpoint.pt (weights, moving average, optimiser, sample count), every few hundred steps a line to
RUN/log.tsv. Starts from RUN/checkpoint.pt if it is there, else from --state (training/state/detector.npz, averaged weights and how
many samples they have seen), else from the cascade's blocks in --cascade.   kill $(cat RUN/pid) stops it, with a checkpoint."""
import argparse
import multiprocessing
import os
import signal
import time

import cv2
import numpy as np
import torch

from posecade.detector.data import Store, empty_batch, fill
from posecade.detector.loss import losses
from posecade.detector.model import Detector, from_cascade, normalise_bfloat16
from posecade.muon import Muon
from posecade.state import Average, load_state, samples_seen
from train import BATCH, DECAY, PROCESSES, SAVE, Exchange, save

REPORT = 50  # steps a line of the log
AVERAGED = 0.998


def rate(seen, start, a):
    """Warm-up over 6,000 samples, flat, then straight down to a hundredth over the last --cool samples."""
    return a.rate * min(1, (seen - start + 300) / 6_000) * min(1, max(0.01, (a.samples - seen) / a.cool))


def learned(network):
    return [p for p in network.parameters() if p.requires_grad]


def optimisers(network, a):
    """Muon for the convolutions inside, AdamW for those that read pixels or give the maps and for all vectors (no decay)."""
    inside, outside, rest = [], [], []
    for p in learned(network):
        (rest if p.ndim != 4 else outside if p.shape[1] == 3 or p.shape[0] <= 4 else inside).append(p)
    adam = torch.optim.AdamW([dict(params=outside, weight_decay=DECAY), dict(params=rest, weight_decay=0)], lr=a.rate,
                             betas=(0.9, 0.99), foreach=True)
    return [adam, Muon(inside, a.rate, DECAY)]


def work(rank, a, exchange, network):
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    checkpoint = os.path.join(a.run, 'checkpoint.pt')
    steppers, average = optimisers(network, a), Average(network, AVERAGED)
    seen = start = samples_seen(a.state) if a.state else 0
    if os.path.exists(checkpoint):
        saved = torch.load(checkpoint)
        network.load_state_dict(saved['network'])
        average.load_state_dict(saved['average'])
        for stepper, state in zip(steppers, saved['optimisers']):
            stepper.load_state_dict(state)
        seen, start = saved['seen'], saved['start']
    store = Store(a.cache)
    chances = store.weights().cumsum()
    rng = np.random.default_rng([a.seed, rank, seen])
    parameters, batch = learned(network), empty_batch(BATCH)
    stop = []
    if rank == 0:
        signal.signal(signal.SIGTERM, lambda *_: stop.append(True))
    sums, count, since, saved_at = {}, 0, time.time(), time.time()
    while seen < a.samples:
        cooling = max(0, 1 - (a.samples - seen) / a.cool)
        fill(rng, store, lambda: int(np.searchsorted(chances, rng.random() * chances[-1])), batch, 1 - 0.5 * cooling)
        pixels, *maps = (torch.from_numpy(part) for part in batch)
        total, parts = losses(network, normalise_bfloat16(pixels), *maps)
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


def begin(a):
    """The network to start from."""
    network = Detector().to(memory_format=torch.channels_last)
    if a.state:
        print('not taken over:', load_state(a.state, network))
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
    os.makedirs(a.run, exist_ok=True)
    network = begin(a)
    exchange = Exchange(learned(network))
    others = [multiprocessing.Process(target=work, args=(rank, a, exchange, network), daemon=True) for rank in range(1, PROCESSES)]
    for other in others:
        other.start()
    with open(os.path.join(a.run, 'pid'), 'w') as file:
        file.write(str(os.getpid()))
    work(0, a, exchange, network)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--cache', default='cache/detector')
    parser.add_argument('--run', default='runs/detector')
    parser.add_argument('--state', help='averaged weights to start from')
    parser.add_argument('--cascade', default='state/state.npz', help="the cascade's weights, whose blocks a new detector starts with")
    parser.add_argument('--samples', type=int, default=800_000)
    parser.add_argument('--cool', type=int, default=200_000, help='last samples, over which the rate falls')
    parser.add_argument('--rate', type=float, default=1.5e-3)
    parser.add_argument('--hold-early', action='store_true', help='the layers to stride 4 stay as they are: a step takes a quarter less time')
    parser.add_argument('--seed', type=int, default=1)
    main(parser.parse_args())
