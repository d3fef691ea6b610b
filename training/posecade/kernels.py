"""Compiles kernels.c once for this machine and calls it on PyTorch's tensors."""
import ctypes
import hashlib
import os
import subprocess
import tempfile

import torch

_SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'kernels.c')


def _build():
    with open(_SOURCE, 'rb') as file:
        name = 'posecade-' + hashlib.sha256(file.read()).hexdigest()[:16] + '.so'
    library = os.path.join(tempfile.gettempdir(), name)
    if not os.path.exists(library):
        made = f'{library}.{os.getpid()}'
        subprocess.run(['gcc', '-O3', '-march=native', '-mprefer-vector-width=512', '-ffast-math', '-shared', '-fPIC', _SOURCE,
                        '-o', made], check=True)
        os.replace(made, library)
    return ctypes.CDLL(library)


_library = None


def call(name, *arguments):
    """Tensors pass as pointers, None as null, integers as long."""
    global _library
    _library = _library or _build()
    passed = [ctypes.c_void_p(a.data_ptr()) if isinstance(a, torch.Tensor) else ctypes.c_void_p(0) if a is None else ctypes.c_long(a)
              for a in arguments]
    getattr(_library, name)(*passed)


def lay(x):
    """Channels last in memory, as the kernels read it."""
    return x.contiguous(memory_format=torch.channels_last)
