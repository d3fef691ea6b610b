import { SaxesParser } from 'saxes';
import type { Box } from '../../pose/roi';
import { assembled, type FoundImage } from './assemble';
import { onlyPeople } from './boxed';
import { CvatPeople } from './cvat-people';
import type { Reader } from './format';
import type { JointPlace } from './joint-table';
import type { LabelFile } from './label-file';
import { merged } from './merge';
import { withoutExtension } from './paths';
import { type Imported, NOTHING, refused } from './problem';
import { splitOfName } from './split';
import { roundTurned } from './turned';

const isCvat = ({ kind, text }: LabelFile): boolean => kind === 'xml' && /<annotations[\s>]/.test(text.slice(0, 10_000));
/** Whether there are joints among its shapes or among the labels of its project. */
const hasJoints = ({ text }: LabelFile): boolean => /<(skeleton|points)\s|<type>(skeleton|points)</.test(text);

/** The images in each file, and reports of the files that are not XML. */
function parsed(files: readonly LabelFile[]) {
  const found: { path: string; images: FoundImage[] }[] = [];
  const broken: { path: string; imported: Imported }[] = [];
  for (const { path, text } of files) {
    try {
      found.push({ path, images: imagesIn(text) });
    } catch (error) {
      const what = `This is not XML: ${error instanceof Error ? error.message : 'it ends unexpectedly'}.`;
      broken.push({ path, imported: refused(path, what) });
    }
  }
  return { found, broken };
}

/**
 * Reads "CVAT for images 1.1" and "CVAT for video 1.1" (docs.cvat.ai, "XML annotation format"): skeletons and lists of points are people.
 * A single point is the joint that its label names, of the person whose group it is in; without groups an image has one person. A box is
 * the person's whose group it is in, or whose joints lie in it if its label is a person's; one in which nobody's joints lie is a person if
 * its label says so. Other shapes are skipped.
 */
export const CVAT_READER: Reader = {
  takes: (file) => isCvat(file) && hasJoints(file),
  read(files, context) {
    const { found, broken } = parsed(files);
    const people = onlyPeople(found);
    const parts = people.files.map(({ path, images }) => ({
      path,
      imported: assembled(path, images.filter(isListed), context),
    }));
    if (context.question) return NOTHING;
    const read = merged([...parts, ...broken]);
    return { ...read, notes: [...read.notes, ...people.notes] };
  },
};

/** A video's file lists only the frames in which something is labelled. If that was no person, it does not say that nobody is there. */
const isListed = ({ onlyLabelled, people }: FoundImage): boolean => onlyLabelled !== true || people.length > 0;

/** Reports CVAT's files without joints, which do not mean that nobody is there. They are skipped where other files have joints. */
export const CVAT_WITHOUT_JOINTS: Reader = {
  takes: isCvat,
  read(files) {
    const what = 'It contains no skeletons or points, either in its images or in its labels.';
    const { found, broken } = parsed(files);
    return merged([...found.map(({ path }) => ({ path, imported: refused(path, what) })), ...broken]);
  },
};

type Attributes = Readonly<Record<string, string>>;

/** One skeleton in one frame, or a shape of points. */
interface Shape {
  readonly category: string;
  readonly outside: boolean;
  readonly joints: Map<string, JointPlace>;
  readonly group: string | undefined;
}

/** Everything of interest, in the order of the file. Throws an Error if the text is not XML. */
function imagesIn(text: string): FoundImage[] {
  const images: FoundImage[] = [];
  const frames = new Map<number, CvatPeople>();
  let size: Attributes = {};
  let image: { attributes: Attributes; people: CvatPeople } | undefined;
  let track: Attributes | undefined;
  let skeleton: Shape | undefined;
  const path: string[] = [];
  const sizeText: Record<string, string> = {};

  /** The people of the image that is being read, or of a frame. */
  const peopleIn = (frame: string | undefined): CvatPeople | undefined => {
    if (image || frame === undefined) return image?.people;
    const people = frames.get(Number(frame)) ?? new CvatPeople();
    frames.set(Number(frame), people);
    return people;
  };
  const add = ({ category, outside, joints, group }: Shape, frame: string | undefined) => {
    if (!outside) peopleIn(frame)?.add({ category, joints, box: undefined, ...trackId(track) }, group);
  };
  const groupOf = ({ group_id }: Attributes) => group_id ?? track?.group_id;

  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('text', (content) => {
    const [element = '', outer] = [path.at(-1), path.at(-2)];
    if (outer === 'original_size') sizeText[element] = content.trim();
  });
  parser.on('opentag', ({ name, attributes }) => {
    path.push(name);
    if (name === 'image') image = { attributes, people: new CvatPeople() };
    else if (name === 'track') track = attributes;
    else if (name === 'skeleton') {
      skeleton = {
        category: categoryOf(attributes, track),
        outside: attributes.outside === '1',
        joints: new Map(),
        group: groupOf(attributes),
      };
      if (track) frameOf.set(skeleton, attributes.frame ?? '');
    } else if (name === 'points') {
      const places = placesOf(attributes);
      if (skeleton) {
        const [place] = places;
        if (place && attributes.label !== undefined) skeleton.joints.set(attributes.label, place);
      } else if (image || attributes.frame !== undefined) {
        const joints = new Map(places.map((place, i) => [String(i + 1), place]));
        const label = attributes.label ?? track?.label;
        const [alone, another] = places;
        const outside = attributes.outside === '1';
        const group = groupOf(attributes);
        if (another) add({ category: categoryOf(attributes, track), outside, joints, group }, attributes.frame);
        else if (alone && label !== undefined && !outside) peopleIn(attributes.frame)?.addPoint(label, alone, group);
      }
    } else if (name === 'box' && attributes.outside !== '1') {
      const box = boxOf(attributes);
      const category = categoryOf(attributes, track);
      const person = box && { category, joints: new Map<string, JointPlace>(), box, ...trackId(track) };
      if (person) peopleIn(attributes.frame)?.addBox(person, groupOf(attributes));
    }
  });
  const frameOf = new Map<Shape, string>();
  parser.on('closetag', ({ name }) => {
    path.pop();
    if (name === 'original_size') size = { ...sizeText };
    if (name === 'skeleton' && skeleton) {
      add(skeleton, frameOf.get(skeleton));
      skeleton = undefined;
    } else if (name === 'track') track = undefined;
    else if (name === 'image' && image) {
      const { attributes, people } = image;
      const { name: file = '' } = attributes;
      images.push({
        where: `image ${attributes.id ?? ''}`.trim(),
        path: file,
        anyExtension: withoutExtension(file) === file, // a video's frame: frame_000003
        declared: { width: number(attributes.width), height: number(attributes.height) },
        split: splitOfName(attributes.subset ?? ''),
        ...people.found,
      });
      image = undefined;
    }
  });
  parser.write(text.replace(/^\uFEFF/, '')).close();
  for (const [frame, people] of frames) {
    images.push({
      where: `frame ${frame}`,
      path: `frame_${String(frame).padStart(6, '0')}`, // as CVAT names the frames of a video, .PNG or .jpg
      anyExtension: true,
      onlyLabelled: true,
      declared: { width: number(size.width), height: number(size.height) },
      ...people.found,
    });
  }
  return images;
}

const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

function categoryOf({ label }: Attributes, track: Attributes | undefined): string {
  const category = label ?? track?.label ?? 'person';
  return category.toLowerCase() === 'person' ? 'person' : category;
}

const trackId = (track: Attributes | undefined) => (track?.id === undefined ? {} : { foreign: { track_id: Number(track.id) } });

/** Parses 'x,y;x,y': hidden if occluded, no label if outside. */
function placesOf({ points = '', occluded, outside }: Attributes): JointPlace[] {
  const v = outside === '1' ? 0 : occluded === '1' ? 1 : 2;
  return points.split(';').flatMap((pair) => {
    const [x = Number.NaN, y = Number.NaN] = pair.split(',').map(Number);
    return Number.isFinite(x) && Number.isFinite(y) ? [{ x, y, v }] : [];
  });
}

/** The upright box round what was drawn, which may be turned about its centre; undefined if a corner is missing. */
function boxOf({ xtl, ytl, xbr, ybr, rotation = '0' }: Attributes): Box | undefined {
  const [left = Number.NaN, top = Number.NaN, right = Number.NaN, bottom = Number.NaN] = [xtl, ytl, xbr, ybr].map(number);
  const box = { x: left, y: top, width: right - left, height: bottom - top };
  const degrees = Number(rotation);
  if (!Object.values(box).every(Number.isFinite)) return undefined;
  return Number.isFinite(degrees) ? roundTurned(box, degrees, { x: (left + right) / 2, y: (top + bottom) / 2 }) : box;
}
