import type { Format } from './format';
import { COORDINATES } from './notes';

/** A zip of several formats. */
export function everything(formats: readonly Format[]): Format {
  const opens = formats.find((format) => format.opens)?.opens;
  return {
    id: 'labels',
    label: 'Everything',
    hint: 'A zip of all the formats above except 17-joint YOLO-pose.',
    extension: 'zip',
    mime: 'application/zip',
    splits: formats.some(({ splits }) => splits),
    ...(opens && { opens }),
    *write(images, created, flagged) {
      yield { path: 'README.txt', text: readme(formats) };
      for (const format of formats) yield* format.write(images, created, flagged);
    },
  };
}

const readme = (formats: readonly Format[]) => `Labels of people's joints, exported by posecade.

Coordinates: ${COORDINATES}

${formats.map(({ label, hint }) => `${label}: ${hint}\n`).join('')}`;
