"""The precision in which a CPU trains the networks and runs the teacher: bfloat16 where the processor has instructions for it, float32
elsewhere, where PyTorch emulates bfloat16 and is too slow to be of use."""
import torch

INSTRUCTIONS = {'avx512_bf16', 'amx_bf16'}  # as Linux names them


def features(description='/proc/cpuinfo'):
    """Names of the processor's instruction sets; none where there is no such file."""
    try:
        with open(description) as file:
            return next((line.split() for line in file if line.startswith('flags')), [])
    except OSError:
        return []


def multiplies_bfloat16(names):
    """Whether a processor with these instruction sets has instructions for bfloat16."""
    return not INSTRUCTIONS.isdisjoint(names)


ON_CPU = torch.bfloat16 if multiplies_bfloat16(features()) else torch.float32
