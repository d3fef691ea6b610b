"""The whole pipeline at a tiny scale: from made-up packs to an exported model."""
import argparse
import contextlib
import hashlib
import io
import json
import os
import shutil
import tempfile
import unittest

import context  # noqa: F401
import numpy as np
from made_up import make_pack

import export
import pipeline
import prepare
from evaluation.truth import PACKS

SAMPLES = 64


class Export(unittest.TestCase):
    def test_weights_without_a_fit_or_with_another_cascades_head_are_refused(self):
        ours = os.path.join(os.path.dirname(os.path.abspath(export.__file__)), 'state')
        with tempfile.TemporaryDirectory() as folder:
            words = argparse.Namespace(weights=os.path.join(ours, 'state.npz'), state=folder, before_head=False)
            with self.assertRaisesRegex(SystemExit, 'run calibrate.py first'):
                export.main(words)
            shutil.copy(os.path.join(ours, 'confidence.json'), folder)
            with self.assertRaisesRegex(SystemExit, 'run detector.head first'):
                export.main(words)

    def test_a_stage_cools_over_at_least_one_sample(self):
        with self.assertRaises(SystemExit), contextlib.redirect_stderr(io.StringIO()):
            pipeline.parse(['--data', '.', '--cool', '0'])


class Pipeline(unittest.TestCase):
    def test_packs_become_a_model_that_goes_on_from_the_state(self):
        with tempfile.TemporaryDirectory() as folder:
            def at(*names):
                return os.path.join(folder, *names)
            for pack in (*prepare.PACKS, *PACKS):
                make_pack(folder, pack, images=3)
            words = ['--data', folder, '--work', at('work'), '--samples', str(SAMPLES), '--model-out', at('model'),
                     '--golden-out', at('golden'), '--state-out', at('state')]
            pipeline.main(pipeline.parse(words))
            with open(at('model', 'contract.json')) as file:
                contract = json.load(file)
            with open(at('model', 'weights.bin'), 'rb') as file:
                weights = file.read()
            self.assertEqual(contract['weights']['sha256'], hashlib.sha256(weights).hexdigest())
            self.assertEqual(set(contract['scores']), {f'{crops} {stage}' for crops in ('box', 'jitter') for stage in ('coarse', 'fine')})
            with open(at('model', 'MODEL_CARD.md')) as file:
                card = file.read()
            self.assertIn(contract['weights']['sha256'], card)
            with open(at('golden', 'golden.json')) as file:
                self.assertEqual(json.load(file)['weights'], contract['weights']['sha256'])
            self.assertEqual(int(np.load(at('state', 'state.npz'))['seen']), SAMPLES)
            again = pipeline.parse([*words, '--state', at('state', 'state.npz')])
            self.assertIn(str(2 * SAMPLES), pipeline.stages(again)['train'][0])
            self.expect_start_kept(again, SAMPLES)

    def expect_start_kept(self, a, seen):
        pipeline.keep_start(a)
        np.savez(a.state, seen=2 * seen)  # as the export does
        with self.assertRaisesRegex(SystemExit, 'give another --work'):
            pipeline.keep_start(a)
        a.first = 'average'
        pipeline.keep_start(a)
        self.assertEqual(int(np.load(a.start)['seen']), seen)
        self.assertIn(a.start, pipeline.stages(a)['average'][0])


if __name__ == '__main__':
    unittest.main()
