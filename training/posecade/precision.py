"""The precision in which a CPU trains the networks and runs the teacher: bfloat16 where the processor has instructions for it, float32
elsewhere, where PyTorch emulates bfloat16 and is too slow to be of use."""
import torch

INSTRUCTIONS = ('avx512_bf16', 'amx_bf16', 'bf16')  # as Linux names them; the last on ARM


def multiplies_bfloat16(description='/proc/cpuinfo'):
    """Whether the processor has instructions for bfloat16. Where there is no such file: no."""
    try:
        with open(description) as file:
            features = next((line.split() for line in file if line.lower().startswith(('flags', 'features'))), [])
    except OSError:
        return False
    return any(name in features for name in INSTRUCTIONS)


ON_CPU = torch.bfloat16 if multiplies_bfloat16() else torch.float32
