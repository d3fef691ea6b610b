"""Compiles kernels.c for this machine, once for each kind of number, and calls it on PyTorch's tensors."""
import ctypes
import functools
import hashlib
import os
import platform
import subprocess
import tempfile

import torch

from .precision import features

_SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'kernels.c')
FLAGS = {torch.bfloat16: (), torch.float32: ('-DSINGLE',)}


@functools.cache
def _library(kind):
    wide = ['-mprefer-vector-width=512'] if platform.machine() == 'x86_64' else []
    command = ['gcc', '-O3', '-march=native', *wide, '-ffast-math', '-shared', '-fPIC', *FLAGS[kind], _SOURCE]
    with open(_SOURCE, 'rb') as file:
        key = hashlib.sha256(file.read() + ' '.join(command + features()).encode()).hexdigest()[:16]
    library = os.path.join(tempfile.gettempdir(), f'posecade-{key}.so')
    if not os.path.exists(library):
        made = f'{library}.{os.getpid()}'
        subprocess.run([*command, '-o', made], check=True)
        os.replace(made, library)
    return ctypes.CDLL(library)


def call(kind, name, *arguments):
    """kind: of the activations, bfloat16 or float32. Tensors pass as pointers, None as null, integers as long."""
    passed = [ctypes.c_void_p(a.data_ptr()) if isinstance(a, torch.Tensor) else ctypes.c_void_p(0) if a is None else ctypes.c_long(a)
              for a in arguments]
    getattr(_library(kind), name)(*passed)


def lay(x):
    """Channels last in memory, as the kernels read it."""
    return x.contiguous(memory_format=torch.channels_last)
