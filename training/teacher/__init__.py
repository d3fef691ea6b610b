"""Labels people in photographs that nobody labelled: boxes of RTMDet-nano, joints of MoveNet Thunder. Neither is shipped."""
