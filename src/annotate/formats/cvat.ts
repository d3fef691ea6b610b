import { SaxesParser } from 'saxes';
import type { Box } from '../../pose/roi';
import { assembled, type FoundImage, type FoundPerson } from './assemble';
import { onlyPeople } from './boxed';
import type { Reader } from './format';
import type { JointPlace } from './joint-table';
import type { LabelFile } from './label-file';
import { merged } from './merge';
import { type Imported, NOTHING, refused } from './problem';
import { splitOfName } from './split';

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
      const what = `This is not XML: ${error instanceof Error ? error.message : 'it breaks off'}.`;
      broken.push({ path, imported: refused(path, what) });
    }
  }
  return { found, broken };
}

/**
 * Reads "CVAT for images 1.1" and "CVAT for video 1.1" (docs.cvat.ai, "XML annotation format"): skeletons and lists of points are people.
 * A single point is the joint that its label names, of the person whose group it is in; without groups an image has one person. A box in
 * which nobody's joints lie is a person if its label says so. Other shapes are skipped.
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
const isListed = ({ anyExtension, people }: FoundImage): boolean => anyExtension !== true || people.length > 0;

/** Reports CVAT's files without joints, which do not mean that nobody is there. They are skipped where other files have joints. */
export const CVAT_WITHOUT_JOINTS: Reader = {
  takes: isCvat,
  read(files) {
    const what = 'There are no skeletons or points in it, neither in its images nor in its labels.';
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
}

/** The people of one image or frame. */
class People {
  private readonly whole: FoundPerson[] = [];
  /** People made up of single points, by group. */
  private readonly grouped = new Map<string, Map<string, JointPlace>>();
  private readonly boxed: (FoundPerson & { readonly box: Box })[] = [];
  private complaint: string | undefined;

  add(person: FoundPerson): void {
    this.whole.push(person);
  }

  addBox(box: FoundPerson & { readonly box: Box }): void {
    this.boxed.push(box);
  }

  /** group: CVAT's group id; '0' or undefined if there is none. */
  addPoint(joint: string, place: JointPlace, group = '0'): void {
    const joints = this.grouped.get(group) ?? new Map<string, JointPlace>();
    if (joints.has(joint)) {
      this.complaint = `The joint ${joint} appears twice, and nothing says which person it belongs to. Group the points of each person.`;
    }
    this.grouped.set(group, joints.set(joint, place));
  }

  get found(): Pick<FoundImage, 'people' | 'complaint'> {
    const grouped = [...this.grouped.values()].map((joints): FoundPerson => ({ category: 'person', joints, box: undefined }));
    const posed = [...this.whole, ...grouped];
    const places = posed.flatMap(({ joints }) => [...joints.values()]).filter(({ v }) => v > 0);
    const alone = this.boxed.filter(({ box }) => !places.some((place) => liesIn(place, box))); // the others are drawn round somebody
    return { people: [...posed, ...alone], ...(this.complaint !== undefined && { complaint: this.complaint }) };
  }
}

/** Everything of interest, in the order of the file. Throws an Error if the text is not XML. */
function imagesIn(text: string): FoundImage[] {
  const images: FoundImage[] = [];
  const frames = new Map<number, People>();
  let size: Attributes = {};
  let image: { attributes: Attributes; people: People } | undefined;
  let track: Attributes | undefined;
  let skeleton: Shape | undefined;
  const path: string[] = [];
  const sizeText: Record<string, string> = {};

  /** The people of the image that is being read, or of a frame. */
  const peopleIn = (frame: string | undefined): People | undefined => {
    if (image || frame === undefined) return image?.people;
    const people = frames.get(Number(frame)) ?? new People();
    frames.set(Number(frame), people);
    return people;
  };
  const add = ({ category, outside, joints }: Shape, frame: string | undefined) => {
    if (!outside) peopleIn(frame)?.add({ category, joints, box: undefined, ...trackId(track) });
  };

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
    if (name === 'image') image = { attributes, people: new People() };
    else if (name === 'track') track = attributes;
    else if (name === 'skeleton') {
      skeleton = {
        category: categoryOf(attributes, track),
        outside: attributes.outside === '1',
        joints: new Map(),
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
        if (another) add({ category: categoryOf(attributes, track), outside, joints }, attributes.frame);
        else if (alone && label !== undefined && !outside) {
          peopleIn(attributes.frame)?.addPoint(label, alone, attributes.group_id ?? track?.group_id);
        }
      }
    } else if (name === 'box' && attributes.outside !== '1') {
      const box = boxOf(attributes);
      const category = categoryOf(attributes, track);
      if (box) peopleIn(attributes.frame)?.addBox({ category, joints: new Map(), box, ...trackId(track) });
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
      images.push({
        where: `image ${attributes.id ?? ''}`.trim(),
        path: attributes.name ?? '',
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

/** undefined if a corner is missing. */
function boxOf({ xtl, ytl, xbr, ybr }: Attributes): Box | undefined {
  const [left = Number.NaN, top = Number.NaN, right = Number.NaN, bottom = Number.NaN] = [xtl, ytl, xbr, ybr].map(number);
  const box = { x: left, y: top, width: right - left, height: bottom - top };
  return Object.values(box).every(Number.isFinite) ? box : undefined;
}

const liesIn = ({ x, y }: JointPlace, box: Box): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
