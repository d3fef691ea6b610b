"""Training side of posecade: the coarse-to-fine heat-map cascade of Tompson et al. (CVPR 2015)."""
