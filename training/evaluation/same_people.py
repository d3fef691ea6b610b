"""Of a prediction file for boxed crops, the people who also are alone in a whole image: what a box is worth.
    python3 -m evaluation.same_people work/val/box work/val/images PRED.json OUT.json && python3 -m evaluation.score work/val/box OUT.json
A person is known again by box and joints."""
import argparse
import json
import sys

from evaluation.truth import load_truth


def keys(folder):
    """A key for each person of FOLDER/truth.json."""
    truth = load_truth(folder)
    return [json.dumps(person) for person in zip(truth['dataset'], truth['bbox'], truth['keypoints'])]


def main(boxes, images, predictions, out):
    wanted = set(keys(images))
    index = [i for i, person in enumerate(keys(boxes)) if person in wanted]
    if len(index) != len(wanted):
        sys.exit(f'{len(index)} of the {len(wanted)} people in whole images are in {boxes}')
    with open(predictions) as file:
        poses = json.load(file)
    with open(out, 'w') as file:
        json.dump({'index': index, 'people': [poses[i] for i in index]}, file)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('boxes', help='folder that evaluation.crops wrote')
    parser.add_argument('images', help='folder that evaluation.images wrote')
    parser.add_argument('predictions')
    parser.add_argument('out')
    main(**vars(parser.parse_args()))
