"""Which precision a machine trains in."""
import os
import tempfile
import unittest

import context  # noqa: F401

from posecade.precision import features, multiplies_bfloat16


class Precision(unittest.TestCase):
    def uses(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'cpuinfo')
            with open(path, 'w') as file:
                file.write(text)
            return multiplies_bfloat16(features(path))

    def test_bfloat16_only_where_the_processor_has_instructions_for_it(self):
        self.assertTrue(self.uses('model name\t: A\nflags\t\t: fpu avx2 avx512f avx512_bf16\n'))
        self.assertTrue(self.uses('flags\t\t: fpu amx_bf16 amx_tile\n'))
        self.assertFalse(self.uses('model name\t: avx512_bf16\nflags\t\t: fpu avx2 avx512f\n'))
        self.assertFalse(self.uses(''))

    def test_float32_where_the_processor_is_not_described(self):
        self.assertEqual(features(os.path.join(tempfile.gettempdir(), 'nobody', 'cpuinfo')), [])
        self.assertFalse(multiplies_bfloat16([]))


if __name__ == '__main__':
    unittest.main()
