"""Decodes photographs once into one memory map.   python3 -m detector.prepare --data DATA --photos PHOTOS --out work/detector
DATA holds the packs, PHOTOS one folder for each source (SOURCES says which of its files count); boxes in YOLO's text format lie in
`labels` next to `images`. Writes OUT/pixels.u8 (images of at most 384 px on the longer side, end to end, RGB), OUT/squares.u8
(letterboxed from the top left to 320 px, from which teacher.boxes makes OUT/teacher.json) and OUT/images.npz. detector.label then writes
their boxes.

Whatever looks like an image of coco-val or nobody-val is left out (a hash of 16 x 16 differences)."""
import argparse
import multiprocessing
import os

import cv2
import numpy as np

from posecade.packs import Pack
from teacher.boxes import letterbox

LONG = 384
PACKS = ('coco-train', 'teacher-train', 'studio-train', 'lspet-train')
VALIDATION = ('coco-val', 'nobody-val')
EVERY = {'teacher-train': 3, 'lspet-train': 2, 'sports': 4, 'cats-dogs': 2, 'flickr': 8, 'vehicles': 3}  # take every n-th image
PEOPLE, NOBODY = 'people', 'nobody'
# A source is a folder of PHOTOS: where its images are; and whether people are there, or nobody (animals and things).
SOURCES = {
    'sports': ('data', PEOPLE),
    'cats-dogs': ('dataset', NOBODY),
    'cows': ('dataset', NOBODY),
    'flickr': ('data/images', PEOPLE),
    'brianhuster': ('train/images valid/images', PEOPLE),
    'herd': ('dataset data test_dataset truck_train', NOBODY),
    'zoo': ('dataset2', NOBODY),
    'vehicles': ('dataset1', NOBODY),
}
# Their other images, too, after all others: so the same images as before are held out (HELD_OUT).
REST = ('flickr', 'cats-dogs', 'sports', 'teacher-train', 'lspet-train')
ALIKE = 26  # bits: fingerprints that differ in fewer are of images that look alike
SKIP = ('chess', 'formula1', 'motogp', 'checkpoints')


def fingerprint(image):
    """256 bits: whether each of 16 x 16 cells is brighter than its right neighbour."""
    small = cv2.resize(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), (17, 16), interpolation=cv2.INTER_AREA).astype(np.int16)
    return np.packbits(small[:, 1:] > small[:, :-1])


def looks_like(bits, known):
    """Whether a fingerprint is like one of those known [N, 32]."""
    return np.unpackbits(known ^ bits, axis=1).sum(1).min() < ALIKE


def fit(image, side):
    """The image with its longer side at most that long."""
    height, width = image.shape[:2]
    scale = min(1, side / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA) if scale < 1 else image


def decode(job):
    """Of a job (source, name, path or pixels): source, name, stored image, the teacher's square, fingerprint; None: unreadable, tiny or a strip."""
    source, name, image = job
    if isinstance(image, str):
        image = cv2.imread(image, cv2.IMREAD_COLOR)
        image = None if image is None else cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
    if image is None or min(image.shape[:2]) < 64 or max(image.shape[:2]) > 4 * min(image.shape[:2]):
        return None
    image = fit(image, LONG)
    return source, name, image, letterbox(image)[0], fingerprint(image)


def of_pack(data, pack, rest=False):
    """Jobs (source, name, uint8 [H, W, 3]) of a pack: every n-th of its images, or the rest."""
    with Pack(data, pack) as opened:
        for i, image in enumerate(opened.images):
            if (i % EVERY.get(pack, 1) > 0) == rest:
                yield pack, opened.images[image]['file_name'], np.asarray(opened.read(image))


def photographs(photos, source):
    """Paths of a source's photographs, in an order that is mixed but always the same."""
    found = []
    for part in SOURCES[source][0].split():
        for folder, _, names in os.walk(os.path.join(photos, source, part)):
            if not any(skip in folder for skip in SKIP):
                found += [os.path.join(folder, n) for n in names if n.lower().endswith(('.jpg', '.jpeg', '.png', '.webp'))]
    found.sort()
    np.random.default_rng(1).shuffle(found)
    return found


def of_folder(photos, source, rest=False):
    """Jobs (source, path, path) of a folder of photographs: every n-th of them, or the rest."""
    for i, path in enumerate(photographs(photos, source)):
        if (i % EVERY.get(source, 1) > 0) == rest:
            yield source, os.path.relpath(path, photos), path


def main(a):
    os.makedirs(a.out, exist_ok=True)
    cv2.setNumThreads(1)
    held = np.stack([d[4] for pack in VALIDATION for d in map(decode, of_pack(a.data, pack)) if d])
    columns = {key: [] for key in ('source', 'name', 'shape')}
    offset, known, left_out = 0, set(), 0
    with open(os.path.join(a.out, 'pixels.u8'), 'wb') as pixels, open(os.path.join(a.out, 'squares.u8'), 'wb') as squares, \
            multiprocessing.Pool(2) as pool:
        streams = [of_pack(a.data, p) for p in PACKS] + [of_folder(a.photos, s) for s in SOURCES]
        for stream in streams + [of_pack(a.data, s, rest=True) if s in PACKS else of_folder(a.photos, s, rest=True) for s in REST]:
            for done in pool.imap(decode, stream, chunksize=8):
                if done is None:
                    continue
                source, name, image, square, bits = done
                if looks_like(bits, held) or bits.tobytes() in known:
                    left_out += 1
                    continue
                known.add(bits.tobytes())
                columns['source'].append(source)
                columns['name'].append(name)
                columns['shape'].append((offset, *image.shape[:2]))
                pixels.write(image.tobytes())
                squares.write(square.tobytes())
                offset += image.size
            print(source, len(columns['name']), 'images so far,', left_out, 'left out', flush=True)
    np.savez(os.path.join(a.out, 'images.npz'), source=columns['source'], name=columns['name'], shape=np.array(columns['shape'], np.int64))


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', required=True)
    parser.add_argument('--photos', required=True)
    parser.add_argument('--out', default='work/detector')
    main(parser.parse_args())
