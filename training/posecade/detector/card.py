"""The detector's model card, written with the weights so that they cannot disagree."""

_TEXT = '''# Model card: posecade detector

Finds a bounding box for every person in an image, in a single pass. The blocks are the cascade's, and training began with its weights; maps
after Zhou and others, "Objects as Points" (2019), loss after Feng and others, "TOOD: Task-aligned One-stage Object Detection" (2021).

- {parameters:,} parameters, {bytes:,} bytes in float16, input {size} x {size}, {samples:,} samples of training. sha256 {sha256}
- Licence of the weights: MIT, as the code.

## Accuracy
On 500 images of COCO val2017 and 95 of animals (PASCAL VOC), none of them trained on. Printed by `training/detector/evaluate.py`: share of
the people found at IoU .5 (.75), of those whose box is at least 80 px long (longer side) and who have at least 8 of COCO's joints labelled; share of
the boxes of at least 80 px that match nobody listed ("unmatched"); share of the images of animals in which somebody is found. In percent. The
last row is the lowest score at which at most 16% of the boxes are unmatched.

{table}

## Data
Boxes of people: a part of COCO train2017 (annotations CC BY 4.0, photographs under their owners' licences), a public set of people's boxes
(brianhuster/human-dataset), sports and street fashion photographs with boxes of a teacher (RTMDet-nano, OpenMMLab, Apache-2.0), which also
says where COCO's keypoint labels leave people out. Images without people: cats, dogs, horses, zebras, cows, fruit, vehicles, flowers, from public
repositories. None of the photographs is part of this project.

## Limits: where it fails, and for whom
- People under about 30 px of the input are often missed; in a crowd, people whose boxes nearly coincide count as one.
- Animals, dolls, statues and drawings of people are mistaken for people more often than other objects.
- The photographs come mostly from Flickr, sports and Western streets; no check was made of how the rate of people found differs by age, skin colour
  or dress.
- The score is fitted to be the probability that a person is in the box (IoU .5), on images held out of training.
'''


def write_card(contract, samples, table, path):
    weights = contract['weights']
    with open(path, 'w') as file:
        file.write(_TEXT.format(parameters=weights['parameters'], bytes=weights['bytes'], size=contract['input']['size'], samples=samples,
                                sha256=weights['sha256'], table=table))
