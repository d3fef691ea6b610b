"""Every stage in order, from packs to what the browser loads: runs one more stage of training and averages its result with the weights that it started from.
    python3 pipeline.py --data DATA --photos PHOTOS --work work          from nothing to 3 million samples
    python3 pipeline.py --data DATA --photos PHOTOS --work work2 --state state/state.npz --samples 300000 --rate 1.2e-3
    ... --device cuda --processes 14 --batch 512 --rate 4e-3               on a GPU
Each stage is the command that README.md names; its line is printed before it runs. WORK holds the cache, the validation crops and the run. A
pipeline that was stopped goes on with --first STAGE; training goes on where its last checkpoint is."""
import argparse
import os
import shlex
import shutil
import subprocess
import sys

from posecade.run import BATCH, PROCESSES, positive
from posecade.state import samples_seen

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.path.dirname(HERE)


def stages(a):
    """{stage: its commands}, in order; each command a list of words, to be run from this folder."""
    cache, run, mean, scores, groups = (os.path.join(a.work, name) for name in ('cache', 'run', 'mean.npz', 'scores.json', 'groups.json'))
    crops = {name: os.path.join(a.work, 'val', name) for name in ('box', 'jitter')}
    confidence = os.path.join(a.state_out, 'confidence.json')
    start = ['--state', a.start, '--warm', '0', '--dropout', '0'] if a.state else []
    device = ['--device', a.device]
    photos = ['--photos', a.photos] if a.photos else []
    total = a.samples + (samples_seen(a.state) if a.state else 0)
    ends = ([a.start] if a.state else []) + [os.path.join(run, 'checkpoint.pt')]
    return {
        'prepare': [[sys.executable, 'prepare.py', '--data', a.data, '--out', cache, *photos]],
        'crops': [[sys.executable, '-m', 'evaluation.crops', a.data, crops['box']],
                  [sys.executable, '-m', 'evaluation.crops', a.data, crops['jitter'], '--jitter']],
        'train': [['./fast', 'train.py', '--cache', cache, '--run', run, '--samples', str(total), '--cool', str(a.cool or a.samples),
                   '--rate', str(a.rate), '--processes', str(a.processes), '--batch', str(a.batch), *device, *start]],
        'average': [['./fast', 'average.py', *ends, '--out', mean]],
        'calibrate': [['./fast', 'calibrate.py', '--weights', mean, '--cache', cache, '--out', confidence, *device]],
        'evaluate': [['./fast', 'evaluate.py', '--weights', mean, '--confidence', confidence, '--out', scores, *device, *crops.values()],
                     [sys.executable, '-m', 'evaluation.groups', crops['box'], os.path.join(crops['box'], 'pred-torch-fine.json'), '--out', groups]],
        'export': [['./fast', 'export.py', '--weights', mean, '--scores', scores, '--groups', groups, '--state', a.state_out, '--out', a.model_out,
                    '--golden', a.golden_out, '--before-head']],
    }


def keep_start(a):
    """Copies the weights to start from, for the export may replace them, and the stages before it may be wanted again. Ends the program if WORK
    is another stage's."""
    if not a.state:
        return
    if not os.path.exists(a.start):
        shutil.copyfile(a.state, a.start)
    elif a.first in ('prepare', 'crops', 'train') and samples_seen(a.start) != samples_seen(a.state):
        sys.exit(f'{a.work} belongs to a stage that started at {samples_seen(a.start)} samples, not at those of {a.state}: give another --work')


def main(a):
    for path in (a.work, a.state_out):
        os.makedirs(path, exist_ok=True)
    keep_start(a)
    order = stages(a)
    names = list(order)
    for name in names[names.index(a.first):]:
        for command in order[name]:
            print(f'[{name}] {shlex.join(command)}', flush=True)
            subprocess.run(command, cwd=HERE, check=True, env={**os.environ, 'PYTHON': sys.executable})


def parse(words=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    path = os.path.abspath
    parser.add_argument('--data', type=path, required=True, help='folder of the packs')
    parser.add_argument('--photos', type=path, help="folder of the sources' photographs; the packs alone, if not given")
    parser.add_argument('--work', type=path, default='work', help='folder for everything in between')
    parser.add_argument('--state', type=path, help='averaged weights to start from')
    parser.add_argument('--samples', type=int, default=3_000_000, help='to train with, from there on')
    parser.add_argument('--cool', type=positive, help='last samples, over which the rate falls; all of them, if not given')
    parser.add_argument('--rate', type=float, default=2e-3)
    parser.add_argument('--device', default='cpu', help='cpu or cuda')
    parser.add_argument('--processes', type=int, default=PROCESSES, help='as train.py has it')
    parser.add_argument('--batch', type=int, default=BATCH, help='as train.py has it')
    parser.add_argument('--first', choices=('prepare', 'crops', 'train', 'average', 'calibrate', 'evaluate', 'export'), default='prepare')
    parser.add_argument('--state-out', type=path, default=os.path.join(HERE, 'state'))
    parser.add_argument('--model-out', type=path, default=os.path.join(PROJECT, 'public', 'models', 'cascade'))
    parser.add_argument('--golden-out', type=path, default=os.path.join(PROJECT, 'src', 'model', 'cascade', 'golden'))
    a = parser.parse_args(words)
    a.start = os.path.join(a.work, 'start.npz')  # what a.state was when the stage began
    return a


if __name__ == '__main__':
    main(parse())
