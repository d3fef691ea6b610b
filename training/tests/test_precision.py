"""Which precision a machine trains in."""
import os
import tempfile
import unittest

import context  # noqa: F401

from posecade.precision import multiplies_bfloat16


class Precision(unittest.TestCase):
    def expect(self, text, expected):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'cpuinfo')
            with open(path, 'w') as file:
                file.write(text)
            self.assertEqual(multiplies_bfloat16(path), expected)

    def test_bfloat16_only_where_the_processor_has_instructions_for_it(self):
        self.expect('model name\t: A\nflags\t\t: fpu avx2 avx512f avx512_bf16\n', True)
        self.expect('flags\t\t: fpu amx_bf16 amx_tile\n', True)
        self.expect('Features\t: fp asimd bf16\n', True)
        self.expect('model name\t: avx512_bf16\nflags\t\t: fpu avx2 avx512f\n', False)
        self.expect('', False)

    def test_float32_where_the_processor_is_not_described(self):
        self.assertFalse(multiplies_bfloat16(os.path.join(tempfile.gettempdir(), 'nobody', 'cpuinfo')))


if __name__ == '__main__':
    unittest.main()
