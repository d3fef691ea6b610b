"""Who is a person, and how right their pose is, judged from what the cascade sees of a crop as a whole: its deepest features, which its
training has shaped for joints alone. They tell an animal, a coat or half a neighbour from a person better than the joints' scores do. The
cascade itself stays as it is: this head is trained after it, on the detector's boxes (detector.head)."""
import numpy as np
import torch
from torch import nn

from ..layers import Conv

CELLS = 6  # on a side of the deepest features
LEAST, STEP, STEPS = 0.5, 0.05, 10  # of OKS: what average precision asks for, from .5 to .95


class PersonHead(nn.Module):
    """Deepest features [N, 192, 6, 6] -> logits [N, 2]: that somebody is in the box that the crop was cut around; and the share of OKS's
    steps that the pose passes. dropout: of whole channels."""

    def __init__(self, inputs=192, width=32, dropout=0.15):
        super().__init__()
        self.near = Conv(inputs, width, 3, bias=True)
        self.whole = nn.Linear(CELLS * CELLS * width, 2)
        self.dropout = nn.Dropout2d(dropout)
        nn.init.zeros_(self.whole.weight)  # untrained, it says nothing
        nn.init.zeros_(self.whole.bias)

    def forward(self, deepest):
        seen = self.dropout(torch.relu(self.near(self.dropout(deepest))))
        return self.whole(seen.permute(0, 2, 3, 1).flatten(1))  # cells first, as the app has them


def verdicts(head, deepest):
    """Logits [N, 2] of deepest features [N, 192, 6, 6] (arrays); in the order of the features of person.py."""
    head.eval()
    with torch.no_grad():
        return np.concatenate([head(torch.from_numpy(np.asarray(part, np.float32))).numpy()
                               for part in np.array_split(deepest, max(1, len(deepest) // 256))])


def quality(similarity):
    """The share of OKS's steps that a pose passes, without the steps' jumps: 0 below .475, 1 from .975 on."""
    return np.clip((np.asarray(similarity) - LEAST + STEP / 2) / (STEP * STEPS), 0, 1)
