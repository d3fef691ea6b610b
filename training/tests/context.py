"""Imported first by each test: puts training/ on the path.   python3 -m unittest discover -s training/tests"""
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
torch.set_num_threads(1)
