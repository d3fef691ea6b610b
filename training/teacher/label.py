"""Labels the people in a source's photographs.
    ./fast -m teacher.label --photos PHOTOS --source sports --data DATA --boxes rtmdet-nano.onnx --joints movenet-thunder.json --work work/teacher
Writes labels/SOURCE-t4.npz: `files` (paths below PHOTOS), and of each person `photo` (its index), `box` (x, y, width, height) and `pose`
[N, 17, 3] (x, y, score) in px of the photograph as it lies there, and `spread` [N, 17] (posecade/teacher.py says which joints to trust).
Images like one of the validation packs are left out. Continues where it was stopped: WORK holds a file for every PIECE images. --images:
how many images at most."""
import argparse
import multiprocessing
import os

import cv2
import numpy as np
import torch

from detector.prepare import SOURCES, decode, fingerprint, looks_like, of_pack, photographs
from posecade.teacher import save_people, trusted

from .boxes import RTMDet
from .movenet import Thunder
from .passes import four_passes

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PIECE = 50
SURE = 0.45  # score of a box
SIDE = 96  # px of its longer side
ENOUGH = 8  # trusted joints
INSIDE, EXTENT = 0.9, 0.4  # of them in the box; of its longer side that they span: else they are somebody else's
VALIDATION = ('coco-val', 'nobody-val', 'lspet-val')


def belongs(pose, spread, boxes):
    """Which people to keep (indices): enough trusted joints, which lie in their box and span enough of it; no surer person's pose."""
    sure = trusted(pose, spread)
    kept = []
    for k, (x0, y0, x1, y1) in enumerate(boxes):
        points = pose[k, sure[k], :2]
        if len(points) < ENOUGH:
            continue
        margin = 0.1 * max(x1 - x0, y1 - y0)
        inside = ((points > (x0 - margin, y0 - margin)) & (points < (x1 + margin, y1 + margin))).all(1).mean()
        spans = max(np.ptp(points, axis=0)) >= EXTENT * max(x1 - x0, y1 - y0)
        same = any(np.median(np.linalg.norm(pose[k, :, :2] - pose[j, :, :2], axis=1)) < margin for j in kept)
        if inside >= INSIDE and spans and not same:
            kept.append(k)
    return kept


def label(image, find, network):
    """Boxes [N, 4] (x0, y0, x1, y1), poses and spreads of the people in an image."""
    boxes, scores = find(image)
    boxes = boxes[(scores >= SURE) & ((boxes[:, 2:] - boxes[:, :2]).max(1) >= SIDE)]
    if not len(boxes):
        return np.zeros((0, 4)), np.zeros((0, 17, 3)), np.zeros((0, 17))
    pose, spread = four_passes(network, image, boxes)
    kept = belongs(pose, spread, boxes)
    return boxes[kept], pose[kept], spread[kept]


def target_of(a, first, paths):
    """The file of a piece: named by its size, too, for --images may end within a piece."""
    return os.path.join(a.work, f'{a.source}-{first:05}-{len(paths)}.npz')


def work(rank, a, pieces, held):
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    find, network = RTMDet(a.boxes), Thunder(a.joints)
    for target, paths in pieces[rank::a.processes]:
        rows = []
        for path in paths:
            image = cv2.imread(path, cv2.IMREAD_COLOR)
            if image is None or min(image.shape[:2]) < SIDE:
                continue
            image = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
            if looks_like(fingerprint(image), held):
                continue
            name = os.path.relpath(path, a.photos)
            rows += [(name, *person) for person in zip(*label(image, find, network))]
        names, *columns = zip(*rows) if rows else ((), (), (), ())
        np.savez(target + '.part.npz', name=np.array(names, str), **{k: np.array(v, np.float32) for k, v in zip(('box', 'pose', 'spread'), columns)})
        os.replace(target + '.part.npz', target)
        print(f'{target}: {len(names)} people', flush=True)


def gather(a, targets):
    """One label file of all pieces."""
    tables = [np.load(path) for path in targets]
    tables = [t for t in tables if len(t['name'])]
    names, boxes, poses, spreads = (np.concatenate([t[key] for t in tables]) for key in ('name', 'box', 'pose', 'spread'))
    save_people(a.out, names, boxes, poses, spreads)
    sure = trusted(poses, spreads)
    print(f'{a.out}: {len(boxes)} people in {len(set(names))} photographs, {sure.sum()} joints to trust ({sure.mean():.0%})')


def main(a):
    os.makedirs(a.work, exist_ok=True)
    held = np.stack([done[4] for pack in VALIDATION for done in map(decode, of_pack(a.data, pack)) if done])
    paths = photographs(a.photos, a.source)[:a.images]
    parts = [paths[k:k + PIECE] for k in range(0, len(paths), PIECE)]
    pieces = [(target_of(a, k, part), part) for k, part in enumerate(parts)]
    missing = [(target, part) for target, part in pieces if not os.path.exists(target)]
    workers = [multiprocessing.Process(target=work, args=(rank, a, missing, held)) for rank in range(a.processes)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        if worker.exitcode:
            raise SystemExit('a worker failed')
    gather(a, [target for target, _ in pieces])


def parse(words=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', required=True, help='folder of the packs')
    parser.add_argument('--photos', required=True, help="folder of the sources' photographs")
    parser.add_argument('--source', required=True, choices=list(SOURCES))
    parser.add_argument('--boxes', required=True, help='rtmdet-nano.onnx')
    parser.add_argument('--joints', required=True, help='movenet-thunder.json')
    parser.add_argument('--work', default='work/teacher')
    parser.add_argument('--out')
    parser.add_argument('--images', type=int)
    parser.add_argument('--processes', type=int, default=2)
    a = parser.parse_args(words)
    a.out = a.out or os.path.join(HERE, 'labels', f'{a.source}-t4.npz')
    return a


if __name__ == '__main__':
    main(parse())
