"""truth.json: what a folder of validation images or crops is scored against.

size        side of the crops in pixels (0: whole images)
margin      side of the crops over the longer side of the person's box (crops only)
n           people
dataset     per person 0 for COCO, 1 for LSPET
crop        per person [x0, y0, k]: image = k * crop + (x0, y0)
keypoints   per person [19][x, y, visibility], pixels of the image
bbox        per person [x, y, width, height], pixels of the image
cut         per person whether the box touches an edge of the image (within EDGE pixels)
overlap     per person the largest share of the box that another labelled person's box covers
files       per person the name of the image (whole images only)

Coordinates are pixel-edge: the centre of pixel i is i + 0.5, and the mirror image of x is width - x. Labels are used as given."""
import json
import os

from posecade.packs import joints_of

PACKS = ('coco-val', 'lspet-val')
EDGE = 2
LABELS, SIDE = 8, 96  # people with fewer labelled joints, or a smaller box (longer side, pixels), are left out


def counts(person):
    """Whether an annotation has joints and size enough to be scored."""
    return (joints_of(person)[:, 2] > 0).sum() >= LABELS and max(person['bbox'][2:]) >= SIDE


def covered(box, other):
    """Share of a box x, y, width, height that another one covers."""
    (x, y, w, h), (u, v, s, t) = box, other
    return max(0, min(x + w, u + s) - max(x, u)) * max(0, min(y + h, v + t) - max(y, v)) / (w * h)


class Truth:
    def __init__(self, size, **columns):
        self.columns = dict(size=size, dataset=[], crop=[], keypoints=[], bbox=[], cut=[], overlap=[], **columns)

    def add(self, name, pack, person, crop):
        """A person of an open pack, as seen in a crop [x0, y0, k]."""
        image, (x, y, w, h) = pack.images[person['image_id']], person['bbox']
        others = [other['bbox'] for other in pack.people_in(person['image_id']) if other is not person]
        self.columns['dataset'].append(int(name.startswith('lspet')))
        self.columns['cut'].append(min(x, y) <= EDGE or x + w >= image['width'] - EDGE or y + h >= image['height'] - EDGE)
        self.columns['overlap'].append(round(max((covered(person['bbox'], other) for other in others), default=0), 3))
        self.columns['crop'].append(crop)
        self.columns['keypoints'].append(joints_of(person).tolist())
        self.columns['bbox'].append(person['bbox'])

    def save(self, folder):
        """Writes FOLDER/truth.json; returns the number of people."""
        n = len(self.columns['bbox'])
        with open(os.path.join(folder, 'truth.json'), 'w') as file:
            json.dump(dict(self.columns, n=n), file)
        return n


def load_truth(folder):
    with open(os.path.join(folder, 'truth.json')) as file:
        return json.load(file)
