"""Reads exported COCO files with COCO's own reader and evaluates each against itself: an average precision of 1 means that every box, area,
id and keypoint arrived as written.   pip install pycocotools; python3 tools/check-coco.py coco-17.json coco-19.json"""
import sys

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

OURS = [.08, .08]  # sigmas of neck and head_top, which COCO does not have: any will do here

for path in sys.argv[1:]:
    coco = COCO(path)
    people = coco.loadAnns(coco.getAnnIds())
    assert len({person['id'] for person in people}) == len(people), 'ids are not unique'
    joints = len(coco.loadCats(coco.getCatIds())[0]['keypoints'])
    for person in people:
        assert person['image_id'] in coco.imgs and len(person['keypoints']) == 3 * joints
        assert person['num_keypoints'] == (np.array(person['keypoints'][2::3]) > 0).sum()
    found = [dict(image_id=p['image_id'], category_id=p['category_id'], keypoints=p['keypoints'], score=1.) for p in people]
    evaluation = COCOeval(coco, coco.loadRes(found), 'keypoints')
    evaluation.params.kpt_oks_sigmas = np.append(evaluation.params.kpt_oks_sigmas, OURS)[:joints]
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
    assert evaluation.stats[0] > .999, 'some people are not read as they were written'
    print(path, len(coco.imgs), 'images,', len(people), 'people,', joints, 'joints: sound')
