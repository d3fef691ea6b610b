"""Of a prediction file for boxed crops, the people who also are alone in a whole photograph: what a box is worth.
    python3 tools/same-people.py BOX_DIR IMAGES_DIR PRED.json OUT.json; python3 score.py BOX_DIR OUT.json
BOX_DIR is what crops.py wrote, IMAGES_DIR what images.py did; a person is known again by box and joints."""
import json
import sys


def people(folder):
    with open(f'{folder}/truth.json') as file:
        truth = json.load(file)
    return [json.dumps(one) for one in zip(truth['dataset'], truth['bbox'], truth['keypoints'])]


def main(boxes, images, predictions, out):
    wanted = set(people(images))
    index = [i for i, person in enumerate(people(boxes)) if person in wanted]
    if len(index) != len(wanted):
        sys.exit(f'{len(index)} of the {len(wanted)} people in whole photographs are in {boxes}')
    with open(predictions) as file:
        poses = json.load(file)
    with open(out, 'w') as file:
        json.dump({'index': index, 'people': [poses[i] for i in index]}, file)


if __name__ == '__main__':
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
