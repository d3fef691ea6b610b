"""Decodes the packs once into one memory map, and merges the teacher's labels.   python3 prepare.py --data DIR --photos DIR --out cache/
Writes cache/pixels.u8 (all images end to end, RGB) and cache/people.npz (see posecade/data.py, Store). Packs in TAUGHT get
the teacher's joints, too, as posecade/teacher.py says; photographs of PHOTOGRAPHED, below --photos, have the teacher's alone."""
import argparse
import os

import cv2
import numpy as np

from detector.prepare import fit
from posecade.packs import TWICE, Pack, joints_of
from posecade.skeleton import COCO_COUNT, COUNT
from posecade.teacher import load_labels, load_people, merge, trusted

PACKS = ('coco-train', 'lspet-train', 'studio-train', 'teacher-train')
TAUGHT = {'lspet-train': 'lspet-t4.npz'}  # label files in training/labels
PHOTOGRAPHED = {'sports': 'sports-t4.npz'}
LONG = 512  # px of a photograph's longer side
LABELLED_ENOUGH = 8
LABELS = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'labels')


def status_of(joints, pack):
    """Per joint: 0 says nothing (masked), 1 labelled, 2 absent. In COCO a joint without a label, on a person with 8 or more
    labels, is outside the image or hidden beyond guessing; elsewhere a missing label says nothing."""
    status = (joints[:, 2] > 0).astype(np.uint8)
    if pack.startswith('coco') and status.sum() >= LABELLED_ENOUGH:
        status[:COCO_COUNT][status[:COCO_COUNT] == 0] = 2
    return status


def with_teacher(columns, packs, labels):
    """Merges the teacher's label files into the columns."""
    for pack, name in TAUGHT.items():
        taught, number = load_labels(os.path.join(labels, name)), packs.index(pack)
        rows = [row for row, (mine, person) in enumerate(zip(columns['pack'], columns['id'])) if mine == number and person in taught]
        before = sum(int((columns['status'][row] == 1).sum()) for row in rows)
        for row in rows:
            columns['joints'][row], columns['status'][row] = merge(
                columns['joints'][row], columns['status'][row], columns['box'][row], *taught[columns['id'][row]])
        after = sum(int((columns['status'][row] == 1).sum()) for row in rows)
        print(f'{pack}: {len(rows)} people have teacher labels, {after - before} joints more', flush=True)


class Cache:
    """What is written: images one by one, each with its people."""

    def __init__(self, out):
        os.makedirs(out, exist_ok=True)
        self._out, self._pixels = out, open(os.path.join(out, 'pixels.u8'), 'wb')
        self.columns = {key: [] for key in ('id', 'image', 'pack', 'joints', 'status', 'box', 'guessed')}
        self.images, self._offset = [], 0

    def add(self, image, people):
        """uint8 [H, W, 3] and for each person the other columns' values."""
        self._pixels.write(image.tobytes())
        for person in people:
            for key, value in dict(person, image=len(self.images)).items():
                self.columns[key].append(value)
        self.images.append((self._offset, *image.shape[:2]))
        self._offset += image.size

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._pixels.close()

    def save(self, packs):
        np.savez(os.path.join(self._out, 'people.npz'), images=np.array(self.images, np.int64), packs=np.array(packs),
                 **{key: np.array(value) for key, value in self.columns.items()})


def add_pack(cache, data, name, number):
    with Pack(data, name) as pack:
        for image, entry in pack.images.items():
            people = []
            if entry['file_name'] in TWICE.get(name, ()):
                continue
            for person in pack.people_in(image):
                joints = joints_of(person).astype(np.float32)
                people.append(dict(id=person['id'], pack=number, joints=joints[:, :2], status=status_of(joints, name), box=person['bbox'],
                                   guessed=entry.get('aspect') == 'guessed'))
            if people:
                cache.add(np.asarray(pack.read(image)), people)


def add_photographs(cache, photos, path, number):
    for name, people in load_people(path).items():
        image = cv2.imread(os.path.join(photos, name), cv2.IMREAD_COLOR)
        if image is None:
            raise FileNotFoundError(f'{os.path.join(photos, name)}: not there, or not an image')
        height = image.shape[0]
        image = cv2.cvtColor(fit(image, LONG), cv2.COLOR_BGR2RGB)
        scale = image.shape[0] / height
        rows = []
        for number_there, box, pose, spread in people:
            joints, status = np.zeros((COUNT, 2), np.float32), np.zeros(COUNT, np.uint8)
            joints[:COCO_COUNT], status[:COCO_COUNT] = pose[:, :2] * scale, trusted(pose, spread)
            rows.append(dict(id=number_there, pack=number, joints=joints, status=status, box=(box * scale).tolist(), guessed=False))
        cache.add(image, rows)


def fill(cache, packs, data, labels, photos):
    for number, name in enumerate(packs):
        if name in PACKS:
            add_pack(cache, data, name, number)
        else:
            add_photographs(cache, photos, os.path.join(labels, PHOTOGRAPHED[name]), number)
        print(name, len(cache.images), 'images,', len(cache.columns['image']), 'people so far', flush=True)
    with_teacher(cache.columns, packs, labels)
    cache.save(packs)


def main(data, out, labels=LABELS, photos=None):
    packs = list(PACKS) + (list(PHOTOGRAPHED) if photos else [])
    with Cache(out) as cache:
        fill(cache, packs, data, labels, photos)


if __name__ == '__main__':
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument('--data', required=True)
    arguments.add_argument('--out', default='work/cache')
    arguments.add_argument('--photos', help="folder of the sources' photographs; the packs alone, if not given")
    arguments.add_argument('--labels', default=LABELS, help="folder of the teacher's label files")
    main(**vars(arguments.parse_args()))
