import { COCO_17, COCO_19 } from './coco/format';
import { COCO_WITHOUT_JOINTS } from './coco/read';
import { RESULTS_READER } from './coco/results';
import { CSV_LONG, CSV_WIDE } from './csv';
import { CVAT_READER, CVAT_WITHOUT_JOINTS } from './cvat';
import { everything } from './everything';
import type { Format, Reader } from './format';
import { LABEL_STUDIO_READER } from './label-studio';
import { LABELME_READER } from './labelme';
import { MPII } from './mpii';
import { OPENPOSE_READER } from './openpose';
import { YOLO_17, YOLO_19 } from './yolo/format';

const SINGLE: readonly Format[] = [COCO_17, YOLO_17, COCO_19, YOLO_19, MPII, CSV_LONG, CSV_WIDE];

/** Every format that labels can be saved in, in the order of the export dialog. */
export const FORMATS: readonly Format[] = [...SINGLE, everything(SINGLE.filter((format) => format !== YOLO_17))]; // YOLO_19's files have the same names

/** The format that the export dialog proposes. */
export const FIRST_FORMAT = COCO_17;

/** Formats that are read, but not written. */
const READ_ONLY: readonly Reader[] = [
  CVAT_READER,
  LABEL_STUDIO_READER,
  LABELME_READER,
  OPENPOSE_READER,
  RESULTS_READER,
  COCO_WITHOUT_JOINTS,
  CVAT_WITHOUT_JOINTS,
];

/** All readers of labels. If several recognise some of the files, the first one reads. */
export const READERS: readonly Reader[] = [...new Set([...SINGLE.flatMap(({ read }) => read ?? []), ...READ_ONLY])];
