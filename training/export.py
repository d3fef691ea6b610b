"""Writes what the browser loads, from averaged weights, and the golden files that hold the TypeScript cascade to it.
    python3 export.py --weights work/run/checkpoint.pt [--scores scores.json] [--groups groups.json]
../public/models/cascade gets weights.bin (float16), contract.json and MODEL_CARD.md; ../src/model/cascade/golden gets golden.bin (inputs as bytes,
then float32 outputs) and golden.json, computed from the folded, rounded weights; state/state.npz is what training goes on from.
The person head of state/person-head.npz (detector.head) ships with the cascade; without one the weights have one that says nothing.
scores.json is what evaluate.py --out wrote, groups.json what evaluation.groups --out did."""
import argparse
import hashlib
import json
import os
import sys

import numpy as np
import torch
from PIL import Image

from posecade.codec import SIGMA, WINDOW
from posecade.confidence import load_confidence, score_of
from posecade.detector.head import PersonHead, verdicts
from posecade.fold import fold, fold_head
from posecade.model import COARSE, CROP, FINE, FINE_STRIDE, INPUT, MEAN, REACH, STD, STRIDE, Cascade, pyramid
from posecade.predict import run, shrink
from posecade.skeleton import COUNT, JOINTS
from posecade.card import write_card
from posecade.state import load_average, load_state, samples_seen, save_state

CORNERS = [(0, 0), (COARSE - 1, 0), (0, COARSE - 1), (COARSE - 1, COARSE - 1), (COARSE // 2, COARSE // 2)]
WINDOWS = [(0, 0, 1), (0.12, 0, 0.6), (0.3, 0.15, 0.5)]  # of a sample: left, top, side, in parts of its shorter side


def write_weights(tensors, path):
    """TensorFlow.js weight specs (float16 quantised); returns them."""
    specs = []
    with open(path, 'wb') as file:
        for name, tensor in tensors.items():
            file.write(tensor.detach().numpy().astype('<f2').tobytes())
            specs.append(dict(name=name, shape=list(tensor.shape), dtype='float32',
                              quantization=dict(dtype='float16', original_dtype='float32')))
    return specs


def golden_inputs(samples):
    """uint8 [N, 192, 192, 3] windows of the sample photographs that ship with the app."""
    crops = []
    for name in sorted(n for n in os.listdir(samples) if n.endswith('.jpg'))[:2]:
        photo = Image.open(os.path.join(samples, name)).convert('RGB')
        short = min(photo.size)
        for left, top, side in WINDOWS[:2 if crops else 3]:
            box = (int(left * short), int(top * short), int((left + side) * short), int((top + side) * short))
            square = photo.crop(box).resize((2 * INPUT, 2 * INPUT), Image.BICUBIC)
            crops.append(shrink(np.asarray(square)))
    return np.stack(crops)


def write_arrays(arrays, path):
    """Writes arrays {name: array} end to end in one file; returns what each is and where: dicts of name, shape, dtype, offset (bytes)."""
    entries, offset = [], 0
    with open(path, 'wb') as file:
        for name, array in arrays.items():
            array = np.ascontiguousarray(array)
            entries.append(dict(name=name, shape=list(array.shape), dtype=str(array.dtype), offset=offset))
            file.write(array.tobytes())
            offset += array.nbytes
    return entries


def write_golden(network, head, confidence, samples, folder):
    os.makedirs(folder, exist_ok=True)
    pixels = golden_inputs(samples)
    out = run(network, pixels)
    score = torch.from_numpy(score_of(confidence, out['mass'].numpy(), out['sharp'].numpy()))
    forced = torch.tensor(CORNERS)[torch.arange(COUNT) % len(CORNERS)].expand(len(pixels), COUNT, 2)
    with torch.no_grad():
        features = network.coarse(pyramid(torch.from_numpy(pixels)))
        logits = network.fine(features['early'], features['late'], features['maps'], forced)
    arrays = dict(pixels=pixels, first=out['first'], maps=out['maps'], cells=out['cells'].float(), coarse=out['coarse'],
                  fine_maps=out['fine_maps'], fine=out['fine'], mass=out['mass'], sharp=out['sharp'], score=score.float(),
                  verdict=verdicts(head, out['deepest'].numpy()), forced_cells=forced.float(), forced_logits=logits)
    return write_arrays(arrays, os.path.join(folder, 'golden.bin'))


def read_table(path):
    if not path:
        return {}
    with open(path) as file:
        return json.load(file)


def main(a):
    torch.set_num_threads(1)
    network = Cascade()
    load_average(a.weights, network)
    os.makedirs(a.state, exist_ok=True)
    save_state(os.path.join(a.state, 'state.npz'), network.state_dict(), samples_seen(a.weights))
    fitted = os.path.join(a.state, 'confidence.json')
    if not os.path.exists(fitted):
        sys.exit(f'{fitted} is missing: run calibrate.py first')
    confidence, head = load_confidence(fitted), PersonHead()
    trained = os.path.join(a.state, 'person-head.npz')
    known = samples_seen(trained) if os.path.exists(trained) else None
    if not a.before_head and known != samples_seen(a.weights):
        sys.exit(f'the person head is of {"no cascade" if known is None else f"a cascade of {known} samples"}, not of {samples_seen(a.weights)}: '
                 'run detector.head first, or export --before-head')
    if known is not None:
        load_state(trained, head)
    network, tensors = fold(network)
    head, of_head = fold_head(head)
    tensors.update(of_head)
    os.makedirs(a.out, exist_ok=True)
    weights = os.path.join(a.out, 'weights.bin')
    specs = write_weights(tensors, weights)
    with open(weights, 'rb') as file:
        raw = file.read()
    digest = hashlib.sha256(raw).hexdigest()
    contract = dict(
        format='posecade-cascade-1', joints=list(JOINTS),
        input=dict(size=INPUT, mean=MEAN, std=STD),
        coarse=dict(cells=COARSE, stride=STRIDE, window=WINDOW, sigma=SIGMA),
        fine=dict(cells=FINE, stride=FINE_STRIDE, crop=CROP, reach=REACH),
        confidence=confidence,
        weights=dict(file='weights.bin', bytes=len(raw), sha256=digest, parameters=sum(t.numel() for t in tensors.values()), specs=specs),
        scores=read_table(a.scores))
    with open(os.path.join(a.out, 'contract.json'), 'w') as file:
        json.dump(contract, file, indent=1)
    write_card(contract, read_table(a.groups), os.path.join(a.out, 'MODEL_CARD.md'))
    entries = write_golden(network, head, confidence, a.samples, a.golden)
    with open(os.path.join(a.golden, 'golden.json'), 'w') as file:
        json.dump(dict(weights=digest, arrays=entries), file, indent=1)
    print(len(raw), 'bytes,', contract['weights']['parameters'], 'parameters', digest[:12])


if __name__ == '__main__':
    here = os.path.dirname(os.path.abspath(__file__))
    project = os.path.dirname(here)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--weights', required=True)
    parser.add_argument('--samples', default=os.path.join(project, 'public', 'samples'))
    parser.add_argument('--out', default=os.path.join(project, 'public', 'models', 'cascade'))
    parser.add_argument('--golden', default=os.path.join(project, 'src', 'model', 'cascade', 'golden'))
    parser.add_argument('--state', default=os.path.join(here, 'state'))
    parser.add_argument('--scores', help='what evaluate.py wrote')
    parser.add_argument('--groups', help='what evaluation.groups wrote')
    parser.add_argument('--before-head', action='store_true', help="although the person head is not this cascade's: detector.head comes next")
    main(parser.parse_args())
