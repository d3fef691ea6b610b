"""What training keeps and fits: the optimiser, the confidence, the averaged weights."""
import os
import subprocess
import tempfile
import unittest
from argparse import Namespace
from unittest import mock

import context  # noqa: F401
import numpy as np
import torch
from made_up import make_labels, make_pack

import average
import prepare
import train
from posecade import confidence, model
from posecade.detector.model import Detector
from posecade.feed import Feed
from posecade.metrics import calibration_error
from posecade.muon import Muon, orthogonal
from posecade.state import Average, load_average, load_state, samples_seen, save_state


TRAINING = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Optimiser(unittest.TestCase):
    def test_updates_are_orthogonal(self):
        torch.manual_seed(1)
        values = torch.linalg.svdvals(orthogonal(torch.randn(2, 24, 432)).float())
        self.assertGreater(values.min(), 0.6)
        self.assertLess(values.max(), 1.3)

    def test_muon_finds_a_convolution(self):
        torch.manual_seed(1)
        wanted = torch.nn.Conv2d(8, 4, 3, bias=False).requires_grad_(False)
        own = torch.nn.Conv2d(8, 4, 3, bias=False)
        muon, x = Muon([own.weight], 0.02), torch.randn(16, 8, 12, 12)
        errors = []
        for _ in range(60):
            error = (own(x) - wanted(x)).square().mean()
            own.weight.grad = None
            error.backward()
            muon.step()
            errors.append(float(error))
        self.assertLess(errors[-1], 0.1 * errors[0])

    def test_it_goes_on_where_it_was(self):
        def step(muon, parameter, k):
            parameter.grad = torch.full_like(parameter, 1.0).tril(k)
            muon.step()

        one, other = [torch.nn.Parameter(torch.ones(3, 5)) for _ in range(2)]
        muon = Muon([one], 0.1, 0.01)
        step(muon, one, 0)
        with torch.no_grad():
            other.copy_(one)
        again = Muon([other], 0.1, 0.01)
        again.load_state_dict(muon.state_dict())
        step(muon, one, 1)
        step(again, other, 1)
        self.assertTrue(torch.equal(one, other))


class Memory(unittest.TestCase):
    HELD = '''
import numpy as np
from posecade import run
def held():
    with open('/proc/self/statm') as file:
        return int(file.read().split()[1]) * 4096 >> 20
images = [np.ones(1 << 20) for _ in range(16)]
del images
before = held()
run.release_memory()
few = held()
run.HELD = 0
run.release_memory()
print(before - few, few - held())
'''

    def test_much_free_memory_goes_back_to_the_system(self):
        done = subprocess.run([os.path.join(TRAINING, 'fast'), '-c', self.HELD], cwd=TRAINING, capture_output=True, text=True, check=True)
        kept, released = map(int, done.stdout.split())
        self.assertLess(kept, 10)  # MiB of 128
        self.assertGreater(released, 100)


class Scores(unittest.TestCase):
    def test_the_fit_finds_the_probability(self):
        rng = np.random.default_rng(0)
        mass, sharp = rng.uniform(0.02, 0.98, (800, 19)), rng.uniform(0.1, 0.9, (800, 19))
        hit = rng.random((800, 19)) < mass ** 2
        fitted = confidence.fit(mass, sharp, hit, np.ones_like(hit))
        score = confidence.score_of(fitted, mass, sharp)
        self.assertLess(calibration_error(score.ravel(), hit.ravel()), 0.03)

    def test_state_round_trip(self):
        network = model.Cascade()
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'state.npz')
            save_state(path, Average(network, 0.9).values, 640_000)
            other = model.Cascade()
            self.assertEqual(load_state(path, other), [])
            self.assertEqual(samples_seen(path), 640_000)
            kept = other.coarse.maps.weight
            self.assertLess(float((kept - network.coarse.maps.weight).abs().max()), 1e-3)

    def test_the_mean_of_two_ends(self):
        with tempfile.TemporaryDirectory() as folder:
            ends = [os.path.join(folder, name) for name in ('one.npz', 'other.npz')]
            for path, value, seen in zip(ends, (1.0, 2.0), (10, 30)):
                values = {k: torch.full_like(v, value) for k, v in Detector().state_dict().items() if v.dtype.is_floating_point}
                save_state(path, values, seen)
            out = os.path.join(folder, 'mean.npz')
            average.main(Namespace(weights=ends, detector=True, out=out))
            mean = Detector()
            self.assertEqual((load_state(out, mean), samples_seen(out)), ([], 30))
            self.assertTrue(all((p == 1.5).all() for p in mean.parameters()))


class Train(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        for pack in prepare.PACKS:
            make_pack(cls.folder.name, pack, images=2)
        for name in prepare.TAUGHT.values():
            make_labels(cls.at(name))
        prepare.main(cls.folder.name, cls.at('cache'), cls.folder.name)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def at(cls, *names):
        return os.path.join(cls.folder.name, *names)

    def arguments(self, run, samples):
        os.makedirs(self.at(run), exist_ok=True)
        return train.parse(['--cache', self.at('cache'), '--run', self.at(run), '--samples', str(samples), '--warm', '0', '--batch', '2',
                            '--processes', '1'])

    def test_what_a_gpu_does_goes_on_from_its_checkpoint(self):
        for samples in (4, 8):
            train.train_on_gpu(self.arguments('run', samples), model.Cascade())  # on the CPU, but by the GPU's way
            saved = torch.load(self.at('run', 'checkpoint.pt'))
            self.assertEqual((saved['seen'], saved['start']), (samples, 0))
        self.assertEqual(samples_seen(self.at('run', 'checkpoint.pt')), 8)

    def test_the_end_of_a_process_that_cuts_crops_is_an_error(self):
        feed = Feed(self.at('cache'), 2, 1, [0], (0, 0))
        try:
            pixels, *_ = feed.take()
            self.assertEqual(pixels.shape, (2, 192, 192, 3))
            feed._workers[0].kill()
            feed._workers[0].join()
            with self.assertRaisesRegex(RuntimeError, 'has ended'):
                feed.take()
        finally:
            feed.close()

    def test_a_stop_leaves_a_checkpoint(self):
        run = train.begin(self.arguments('stopped', 1000), model.Cascade(), 2)
        run.stop()
        self.assertFalse(run.goes_on())
        run.record({})
        self.assertTrue(os.path.exists(self.at('stopped', 'checkpoint.pt')))

    def test_averaged_weights_of_another_network_are_refused(self):
        torch.save(dict(average=dict(values=Detector().state_dict())), self.at('detector.pt'))
        with self.assertRaisesRegex(ValueError, 'lacks'):
            load_average(self.at('detector.pt'), model.Cascade())

    def test_a_stage_that_was_stopped_fails_and_another_stage_needs_another_folder(self):
        a = self.arguments('stage', 2)
        network = model.Cascade()
        save_state(self.at('begin.npz'), network.state_dict(), 4)
        run = train.begin(a, network, 2)
        run.seen = 2
        run.save()
        a.samples = 4
        with mock.patch.object(train, 'on_every_core'), self.assertRaisesRegex(SystemExit, 'stopped at 2 of 4 samples'):
            train.main(a)
        a.state = self.at('begin.npz')
        with self.assertRaisesRegex(SystemExit, 'another --run'):
            train.main(a)
