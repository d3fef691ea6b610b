import { useEffect, useMemo, useRef, useState } from 'react';
import { FIRST_FORMAT, FORMATS } from '../../annotate/formats/registry';
import { acceptedAmong, type ExportChoice, exportable, splitWords, unopenedBy } from '../../app/annotate/export';
import type { ImageRecord } from '../../app/annotate/image-record';
import { count } from '../../app/shell/format';
import { Dialog } from '../shell/Dialog';

interface Props {
  readonly records: readonly ImageRecord[];
  /** Creates and saves the export; resolves to the message to show, rejects only when aborted. */
  onExport(signal: AbortSignal, choice: ExportChoice, onProgress: (done: number, total: number) => void): Promise<string>;
  onClose(): void;
}

/** Percent. */
const MAX_VALIDATION = 90;

const leftOut = (images: number, why: string) =>
  `${count(images, 'image')} ${images === 1 ? 'has' : 'have'} ${why} and ${images === 1 ? 'is' : 'are'} left out`;

/** Asks what to export of a session, and saves it. */
export function ExportDialog({ records, onExport, onClose }: Props) {
  const [format, setFormat] = useState(FIRST_FORMAT);
  const [acceptedOnly, setAcceptedOnly] = useState(false);
  const [withImages, setWithImages] = useState(false);
  const [percent, setPercent] = useState(0);
  const [progress, setProgress] = useState<{ done: number; total: number }>();
  const [said, setSaid] = useState('');
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const all = useMemo(() => exportable(records), [records]);
  const accepted = useMemo(() => acceptedAmong(all), [all]);
  const { undrafted, unopened } = all;
  const { images: chosen, flagged } = acceptedOnly ? accepted : all;
  const people = chosen.reduce((sum, { document }) => sum + document.subjects.length, 0);

  const splits = useMemo(() => (format.splits ? splitWords(chosen, percent / 100) : ''), [format, chosen, percent]);
  const ignored = useMemo(() => unopenedBy(format, chosen, withImages), [format, chosen, withImages]);
  const size = `${count(chosen.length, 'image')}${splits && ` (${splits})`}, ${count(people, 'person', 'people')}`;

  /** Changes an option, and clears the message, which is about the previous export. */
  const change = (option: () => void) => {
    option();
    setSaid('');
  };

  const save = async () => {
    const stop = new AbortController();
    running.current = stop;
    setSaid('');
    setProgress({ done: 0, total: 0 });
    try {
      const report = (done: number, total: number) => setProgress({ done, total });
      const choice = { format, withImages, validation: percent / 100, images: chosen, flagged };
      setSaid(await onExport(stop.signal, choice, report));
    } catch {
      setSaid('Stopped; nothing was saved.');
    }
    running.current = undefined;
    setProgress(undefined);
  };

  return (
    <Dialog title="Export labels" onClose={onClose}>
      <fieldset className="formats">
        <legend>Format</legend>
        {FORMATS.map((one) => (
          <label key={one.id}>
            <input type="radio" name="format" checked={format === one} onChange={() => change(() => setFormat(one))} />
            <span>
              <strong>{one.label}</strong>
              <span className="hint">{one.hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="export-options">
        <label>
          <input
            type="checkbox"
            checked={acceptedOnly}
            onChange={({ target }) => change(() => setAcceptedOnly(target.checked))}
          />
          Accepted images only ({accepted.images.length} of {records.length})
        </label>
        <label>
          <input type="checkbox" checked={withImages} onChange={({ target }) => change(() => setWithImages(target.checked))} />
          Include the images{format.extension === 'zip' ? '' : ' (as a zip)'}
        </label>
        {format.splits && (
          <label>
            Validation share
            <input
              type="number"
              min={0}
              max={MAX_VALIDATION}
              value={percent}
              onChange={({ target }) =>
                change(() => setPercent(Math.min(MAX_VALIDATION, Math.max(0, Math.round(target.valueAsNumber || 0)))))
              }
            />
            %
          </label>
        )}
      </div>
      {format.splits && (
        <p className="hint">
          Validation images go into a separate split; folders and videos are never divided. Images imported for validation or
          testing keep their split; if there are any for validation, the share is not used.
          {ignored && ` Ultralytics ignores images with these extensions: ${ignored}.`}
        </p>
      )}
      <p className="hint">
        Coordinates are pixels of the original files after EXIF orientation.
        {undrafted > 0 && ` ${leftOut(undrafted, 'no draft')}: an image without a draft would be exported as one without people.`}
        {unopened > 0 && ` ${leftOut(unopened, 'not been opened yet')}.`}
      </p>
      <div className="dialog-foot">
        {progress && <progress aria-label="Export" max={progress.total || 1} value={progress.done} />}
        <p aria-live="polite">{said || size}</p>
        {progress ? (
          <button type="button" onClick={() => running.current?.abort()}>
            Stop
          </button>
        ) : (
          <button type="button" className="primary" disabled={chosen.length === 0} onClick={() => void save()}>
            Save
          </button>
        )}
      </div>
    </Dialog>
  );
}
