"""The model card, written with the weights so that they cannot disagree."""
from .predict import MARGIN

_TEXT = '''# Model card: posecade cascade

Finds 19 joints of one person in a square crop: COCO's 17, neck, head top. A coarse-to-fine heat-map cascade after Tompson et al.,
"Efficient Object Localization Using Convolutional Networks" (CVPR 2015), trained from scratch.

- {parameters:,} parameters, {bytes:,} bytes in float16, input {size} x {size}. sha256 {sha256}
- Licence of the weights: MIT, as the code.

## Accuracy
On validation crops of COCO val2017 and Leeds Sports Pose Extended that are not in the training data, except for one LSPET photograph (boxes given; "jitter": rough boxes), cut at
{margin} times the longer side of the box, as the app cuts them. Printed by `training/evaluate.py`, which runs PyTorch. The README and
`docs/results.md` give the figures of the app's own TypeScript (`npm run predict`); they differ by up to 0.1.

{table}

By what the image shows of a person, regardless of who it is, in a box (`training/evaluation/groups.py`; groups overlap):

{groups}

## Data
Trained on about 41,000 people: a part of COCO train2017 (annotations CC BY 4.0, photographs under their owners' licences), Leeds Sports Pose Extended
(S. Johnson, M. Everingham, CVPR 2011; research use; labels by Mechanical Turk, noisy), studio and shop photographs, and photographs, more
than two thirds of them sports photographs, labelled by a teacher (MoveNet Thunder, Google, Apache-2.0) where the image and its mirror image agree. None of the
photographs is part of this project.

## Limits: where it fails, and for whom
- Weakest are people who lie, lean far or are upside down, then people seen from the side or from behind, whose left and right it exchanges more often.
- One person per crop. In a crowd, or where two people overlap, it may mix their limbs.
- Small people (under about 60 px in the image) and strong blur: joints are guesses, and the scores say so.
- Unusual clothing that hides the body (robes, wide skirts), costumes and wheelchairs are rare in the data.
- The photographs come mostly from Flickr and Western sports and fashion; no check was made of how accuracy differs by age, skin colour or body shape. Do not use it where a wrong joint may harm somebody.
- The score of a joint is fitted to be the probability that it lies within a tenth of the torso's length of the truth, on people held out of training.
'''


def _rows(scores):
    if not scores:
        return 'No scores were given at export.'
    columns = list(next(iter(scores.values())))
    lines = ['| crops, stage | ' + ' | '.join(columns) + ' |', '|---' * (len(columns) + 1) + '|']
    for name, figures in scores.items():
        lines.append(f'| {name} | ' + ' | '.join(str(figures.get(column, '')) for column in columns) + ' |')
    return '\n'.join(lines)


def _group_rows(groups):
    if not groups:
        return 'No figures were given at export.'
    figures = (('coco', 'people'), ('coco', 'coco AR'), ('coco', 'coco PCK@0.1'), ('lspet', 'people'), ('lspet', 'lspet PCK@0.1'),
               ('lspet', 'lspet PCK@0.2'))
    lines = ['| | COCO people | AR | PCK@0.1 | LSPET people | PCK@0.1 | PCK@0.2 |', '|---' * (len(figures) + 1) + '|']
    for name, packs in groups.items():
        lines.append(f'| {name} | ' + ' | '.join(str(packs.get(pack, {}).get(key, '')) for pack, key in figures) + ' |')
    return '\n'.join(lines)


def write_card(contract, groups, path):
    """contract: as contract.json has it; groups: what evaluation.groups wrote, or {}."""
    weights = contract['weights']
    with open(path, 'w') as file:
        file.write(_TEXT.format(parameters=weights['parameters'], bytes=weights['bytes'], size=contract['input']['size'], margin=MARGIN,
                                sha256=weights['sha256'], table=_rows(contract['scores']), groups=_group_rows(groups)))
