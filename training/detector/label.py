"""Who is in which image.   python3 -m detector.label --data DATA --photos PHOTOS --out work/detector
Reads what detector.prepare wrote, the labels of packs and sources, and OUT/teacher.json (teacher/boxes.py). Writes OUT/boxes.npz: per box its image,
its sides in px of the stored image, and the probability that it is a person's (0: may be one, the loss ignores what lies in it); per image its
name.

The teacher completes what labels leave out, with its boxes of DOUBT or more that match no label: each counts by the probability that its
score stands for. Where labels list nearly everybody (LISTED), a box of SURE or more is a person, any other is ignored. Images of animals
count as empty of people, and so do those of flickr whose captions (flickr/data/flickr8k.*.txt) name an animal and nobody: a box in which
the teacher is even surer of somebody (a rider, a hand) is ignored. Of the boxes that it scores from .5 to .7 in cats and dogs, two in
three are the animal (60 looked at)."""
import argparse
import json
import os
import re
import sys
from collections import defaultdict

import numpy as np

from posecade.detector.decode import covered, iou
from teacher.boxes import SIDE as SQUARE

from .prepare import NOBODY, SOURCES

SURE, DOUBT = 0.45, 0.2
# The teacher's score at which half of its boxes are somebody's, and the width of the logistic through these shares: of its boxes in every
# second image of brianhuster, whose labels are complete, 13% of those at .2 to .25, 43% at .3 to .35, 69% at .4 to .45 and 87% at .5 to .6
# meet somebody at IoU .5, leaving out those that lie in somebody whom they do not meet.
HALF, WIDTH = 0.345, 0.075
RIDER = 0.62  # the teacher's score from which a box in an image of animals is ignored
COVERED = 0.6  # part of a doubtful box that lies in a known one: then it is about that person
COMPLETE = ('brianhuster',)  # sources whose labels leave nobody out: further boxes are ignored where the teacher is sure, else dropped
LISTED = ('coco-train', *COMPLETE)
EXTENT = 1.16  # boxes of the packs below are larger than the extent of their joints by this factor
EXTENT_PACKS = ('teacher-train', 'studio-train', 'lspet-train')

CAPTIONS = ('TrainImages', 'DevImages', 'TestImages')  # flickr8k.*.txt: an image's name, a caption, and whether it is this image's
ANIMAL = re.compile(r'\b(animal|bird|cat|collie|dog|greyhound|horse|poodle|puppy|puppies|retriever|terrier)s?\b')
SOMEBODY = re.compile(r'\b(adult|baby|babies|boy|child|children|couple|cowboy|crowd|family|girl|group|guy|hand|human|jockey|kid|ladies|lady|lap|leg|men|people'
                      r'|person|polo|rodeo|sled|someone|women|he|she|they|him|his|her)s?\b|man\b'
                      r'|(bik|board|climb|danc|handl|hik|hunt|jogg|mush|own|photograph|play|rac|rid|runn|skat|ski|surf|swimm|teenag|toddl|train|walk|work)ers?\b')


def without_people(photos):
    """Names of flickr's images whose captions name an animal and nobody."""
    said = defaultdict(str)
    for part in CAPTIONS:
        path = os.path.join(photos, 'flickr', 'data', f'flickr8k.{part}.txt')
        with open(path) as file:
            for name, caption, match in (line.rstrip('\n').split('\t') for line in file):
                if match == 'match':
                    said[name] += ' ' + caption.lower()
    return {os.path.join('flickr', 'data', 'images', name) for name, text in said.items()
            if ANIMAL.search(text) and not SOMEBODY.search(text)}


def of_packs(data, names, sources, shapes):
    """{image: [boxes]} of packs, in px of the stored image."""
    found = {}
    for pack in set(sources) - set(SOURCES):
        with open(os.path.join(data, pack + '.json')) as file:
            notes = json.load(file)
        index = {names[i]: i for i in np.flatnonzero(sources == pack)}
        images = {image['id']: image for image in notes['images']}
        for person in notes['annotations']:
            image = images[person['image_id']]
            i = index.get(image['file_name'])
            if i is None:
                continue
            x, y, w, h = person['bbox']
            if pack in EXTENT_PACKS:
                x, y, w, h = x + w * (1 - 1 / EXTENT) / 2, y + h * (1 - 1 / EXTENT) / 2, w / EXTENT, h / EXTENT
            scale = shapes[i, 1] / image['height']
            found.setdefault(i, []).append(np.array([x, y, x + w, y + h]) * scale)
    return found


def of_text(photos, name, shape):
    """Boxes of a YOLO label file, in px of the stored image."""
    path = os.path.splitext(os.path.join(photos, name.replace('/images/', '/labels/')))[0] + '.txt'
    if not os.path.exists(path):
        return []
    found = []
    with open(path) as file:
        for row in file:
            values = np.array(row.split()[1:], float)
            if len(values) >= 6:  # an outline
                low, high = values.reshape(-1, 2).min(0), values.reshape(-1, 2).max(0)
            elif len(values) == 4:
                low, high = values[:2] - values[2:] / 2, values[:2] + values[2:] / 2
            else:
                continue
            found.append(np.r_[low, high] * np.tile(shape[:0:-1], 2))
    return found


def chance(score):
    """Probability that a box of the teacher's is somebody's, of its score."""
    return 1 / (1 + np.exp((HALF - score) / WIDTH))


def merge(labels, teacher, source, nobody):
    """Boxes [B, 4] and probabilities [B] of one image. teacher: boxes with scores, best first; nobody: the image is known to show no people."""
    labels, chances, doubt = list(labels), [1.0] * len(labels), []
    exact = source not in EXTENT_PACKS
    for *box, score in teacher:
        box = np.array(box)
        overlap = iou(box[None], np.array(labels))[0].max() if labels else 0
        if nobody:
            if score >= RIDER:
                doubt.append(box)
        elif overlap >= 0.5:
            if not exact and score >= SURE:
                labels[int(iou(box[None], np.array(labels))[0].argmax())] = box
                exact = True
        elif score >= SURE and source not in COMPLETE:
            labels.append(box)
            chances.append(1.0 if source in LISTED else chance(score))
        elif score >= (SURE if source in COMPLETE else DOUBT) and covered(box[None], np.array(labels).reshape(-1, 4))[0] < COVERED:
            if source in LISTED:
                doubt.append(box)
            else:
                labels.append(box)
                chances.append(chance(score))
    return np.array(labels + doubt).reshape(-1, 4), np.array(chances + [0.0] * len(doubt), np.float32)


def main(a):
    table = np.load(os.path.join(a.out, 'images.npz'))
    sources, names, shapes = table['source'], table['name'], table['shape']
    with open(os.path.join(a.out, 'teacher.json')) as file:
        teacher = json.load(file)
    if len(teacher) != len(names):
        sys.exit(f'teacher.json is of {len(teacher)} images, the cache of {len(names)}: run teacher.boxes again')
    packed, empty = of_packs(a.data, names, sources, shapes), without_people(a.photos)
    image, sides, persons = [], [], []
    for i, (source, name, shape) in enumerate(zip(sources, names, shapes)):
        seen = teacher[i] or []
        scale = max(shape[1:]) / SQUARE
        seen = [[*(np.array(b[:4]) * scale), b[4]] for b in seen if b[4] >= DOUBT]
        labels = packed.get(i, []) if source not in SOURCES else of_text(a.photos, name, shape)
        nobody = name in empty or (source in SOURCES and SOURCES[source][1] == NOBODY)
        boxes, person = merge(labels, seen, source, nobody)
        image += [i] * len(boxes)
        sides.append(boxes)
        persons.append(person)
    sides, persons = np.concatenate(sides).astype(np.float32), np.concatenate(persons)
    limit = shapes[np.array(image)][:, [2, 1, 2, 1]]
    np.savez(os.path.join(a.out, 'boxes.npz'), image=np.array(image, np.int32), box=np.clip(sides, 0, limit), person=persons, name=names)
    for source in dict.fromkeys(sources):
        mine = (sources == source)[np.array(image)]
        likely = mine & (persons >= 0.5)
        print(f'{source:14s} {(sources == source).sum():6d} images {likely.sum():6d} people {(mine & (persons > 0) & ~likely).sum():6d} doubtful '
              f'{(mine & (persons == 0)).sum():6d} ignored')


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', required=True)
    parser.add_argument('--photos', required=True)
    parser.add_argument('--out', default='work/detector')
    main(parser.parse_args())
