import { EMPTY_DOCUMENT, type Foreign, withSubject } from '../../document';
import type { ReadContext } from '../context';
import { isFields } from '../fields';
import type { Reader } from '../format';
import type { DataFile, LabelFile } from '../label-file';
import type { KnownImage, Reference } from '../match';
import { MissingImages } from '../missing';
import { baseName, folderOf, withoutExtension } from '../paths';
import { type Imported, type ImportedImage, NOTHING, type Problem, Problems, refused } from '../problem';
import { type ImportedCategory, type OtherAnnotation, type Provenance, withProvenance } from '../provenance';
import { fieldsOf, hasScores, inferShape, linesOf, looksLikeLabels, readLine } from './lines';
import { splitsByYaml } from './parts';
import { readShape, type Shape } from './shape';
import { LABELS } from './write';

/** data.yaml of a dataset; other yaml files (training settings, say) have neither key. */
const isDataYaml = (file: LabelFile): file is DataFile =>
  file.kind === 'yaml' && isFields(file.data) && ('kpt_shape' in file.data || 'names' in file.data);
const isLabelText = (file: LabelFile): boolean =>
  file.kind === 'text' && /\.txt$/i.test(file.path) && (file.text.trim() === '' || looksLikeLabels(file.text));

/**
 * Reads YOLO-pose data sets, and what Ultralytics writes as predictions. An image is found by its label file's path without the extension; an
 * image without a label file is left as it is.
 */
export const YOLO_READER: Reader = {
  takes: (file) => isDataYaml(file) || isLabelText(file),
  read(given, context, beside) {
    const labels = given.filter(isLabelText);
    const yamls = given.filter(isDataYaml);
    const withShape = yamls.filter(({ data }) => isFields(data) && 'kpt_shape' in data);
    const [yaml, ...others] = withShape.length > 0 ? withShape : yamls;
    const differing = yaml && others.find(({ data }) => JSON.stringify(shapeOf(data)) !== JSON.stringify(shapeOf(yaml.data)));
    if (differing) return refused(differing.path, 'There are several data.yaml files. Drop one dataset at a time.');
    const unread = beside.find(({ kind, path }) => kind === 'broken' && /\.ya?ml$/i.test(path));
    if (!yaml && unread) return NOTHING; // its own problem is reported
    if (!yaml && labels.every(({ text }) => text.trim() === '')) return NOTHING; // empty text files
    if (labels.length === 0) return refused(yaml?.path ?? '', 'There are no label files (.txt) with it.');
    return readYolo(yaml, labels, beside, context);
  },
};

const shapeOf = (data: unknown) => (isFields(data) ? [data.kpt_shape, data.names, data.kpt_names] : undefined);

/** yaml: the data set's data.yaml, if it has one. */
function readYolo(
  yaml: DataFile | undefined,
  labels: readonly LabelFile[],
  beside: readonly LabelFile[],
  context: ReadContext,
): Imported {
  const top = new Problems(yaml?.path ?? labels[0]?.path ?? '');
  const notes: string[] = [];
  const inferred = inferShape(labels.map(({ text }) => text));
  if (!yaml && !inferred) {
    top.add('', 'Its lines contain boxes but no joints. If the dataset has joints, add its data.yaml.');
    return { ...NOTHING, problems: top.list, total: labels.length };
  }
  const shape = readShape(yaml?.data, inferred, context, top, notes);
  if (context.question) return NOTHING;
  const problems: Problem[] = [...top.list];
  const missing = new MissingImages(top);
  const splitOf = splitsByYaml(yaml, beside, context);
  const categories = categoriesOf(shape);
  const taken = new Map<KnownImage, LabelFile>();
  const images = new Map<number, ImportedImage>();
  const passedOver: string[] = [];
  for (const file of labels) {
    const { path, text } = file;
    const own = new Problems(path);
    const known = imageOf(file, own, missing, passedOver, context);
    const other = known && taken.get(known);
    if (other?.text === text) continue;
    if (other) own.add('', `${other.path} labels the same image differently.`);
    if (known && !known.size) own.add('', 'The image that it labels could not be opened, so its size is not known.');
    if (known) taken.set(known, file);
    if (shape) {
      const read = readText(text, shape, known, categories, own);
      const split = known && splitOf(known);
      const { document, others } = read;
      const foreign = provenance(categories, { ...(split && { split }), ...(others.length > 0 && { others }) });
      if (known && own.list.length === 0)
        images.set(known.id, { id: known.id, document, verdict: 'open', edited: false, foreign });
    }
    if (known && own.list.length > 0) images.delete(known.id);
    for (const problem of own.list) problems.push(problem);
  }
  missing.tell(labels.length);
  for (const problem of top.list) if (!problems.includes(problem)) problems.push(problem);
  return { ...NOTHING, images: [...images.values()], problems, total: labels.length - passedOver.length, notes, passedOver };
}

const AMBIGUOUS =
  'Several images here could be the one that it labels. Move it to the folder of that image, or remove the others.';

/** The image that a label file is for. */
function imageOf(
  { path, text }: LabelFile,
  own: Problems,
  missing: MissingImages,
  passedOver: string[],
  context: ReadContext,
): KnownImage | undefined {
  const found = context.findWithoutExtension(referenceOf(path));
  if (typeof found !== 'string') return found;
  if (found === 'ambiguous') own.add('', AMBIGUOUS);
  else if (text.trim() === '' && !`/${path}`.includes(`/${LABELS}`))
    passedOver.push(path); // an empty text file that has nothing to do with labels
  else missing.add('', withoutExtension(baseName(path)), found, path);
  return undefined;
}

/** 'set/labels/train/a.txt' -> 'train/a' from 'set': the end of the image's path, whatever its folder of images is called. */
function referenceOf(path: string): Reference {
  const at = `/${path}`.lastIndexOf(`/${LABELS}`);
  const bare = withoutExtension(path);
  if (at < 0) return { path: baseName(bare), from: folderOf(path) };
  return { path: bare.slice(at + LABELS.length), from: path.slice(0, Math.max(0, at - 1)) };
}

/** Classes as the categories of a COCO file. */
function categoriesOf(shape: Shape | undefined): readonly ImportedCategory[] {
  return [...(shape?.classes ?? [])].map(([id, name]) => ({ name, joints: true, fields: { id } }));
}

/** undefined if there is nothing to keep. */
function provenance(categories: readonly ImportedCategory[], kept: Provenance): Foreign | undefined {
  const usual = categories.every(({ name }) => name === 'person');
  if (usual && Object.keys(kept).length === 0) return undefined;
  return withProvenance({}, { ...kept, file: { categories } });
}

function readText(
  text: string,
  shape: Shape,
  known: KnownImage | undefined,
  categories: readonly ImportedCategory[],
  problems: Problems,
) {
  const size = known?.size ?? { width: 1, height: 1 };
  const scores = hasScores(text, shape);
  const withPeople = categories.some(({ name }) => name === 'person');
  let document = EMPTY_DOCUMENT;
  const others: OtherAnnotation[] = [];
  for (const [i, content] of linesOf(text).entries()) {
    if (content.trim() === '') continue;
    const line = readLine(fieldsOf(content), shape, scores, size, (what) => problems.add(`line ${i + 1}`, what));
    if (!line) continue;
    const { category, person } = line;
    const bare = person.labels.every(({ visibility }) => visibility === 0);
    if (withPeople && category !== 'person' && bare) {
      const { x, y, width, height } = person.box;
      others.push({ category, fields: { bbox: [x, y, width, height], area: width * height } });
    } else document = withSubject(document, person).document;
  }
  return { document, others };
}
