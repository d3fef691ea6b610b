import { memo, useEffect, useState } from 'react';
import type { AnnotatedImage } from '../../annotate/document';
import { standingOf } from '../../app/annotate/list';
import type { Work } from '../../app/annotate/state';
import { STANDING_WORD } from '../../app/annotate/words';
import { useAnnotate } from './context';

/** The address of an image's small picture, as long as the component shows it. */
function useThumbnail(id: number, failed: boolean): string | undefined {
  const annotate = useAnnotate();
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const stop = new AbortController();
    let made: string | undefined;
    const show = (blob: Blob | undefined) => {
      if (!blob || stop.signal.aborted) return;
      made = URL.createObjectURL(blob);
      setAddress(made);
    };
    if (!failed) void annotate.session()?.thumbnail(stop.signal, id).then(show);
    return () => {
      stop.abort();
      setAddress(undefined);
      if (made) URL.revokeObjectURL(made);
    };
  }, [annotate, id, failed]);
  return address;
}

interface Props {
  readonly image: AnnotatedImage;
  readonly work: Work;
  readonly current: boolean;
  readonly focusable: boolean;
}

/** One image of the list: its small picture, name, and how it stands. */
export const ImageRow = memo(function ImageRow({ image, work, current, focusable }: Props) {
  const annotate = useAnnotate();
  const standing = standingOf(image, work);
  const address = useThumbnail(image.id, work.state === 'failed');
  const folder = image.name.lastIndexOf('/') + 1;
  return (
    <>
      <button
        type="button"
        className="image-row"
        data-standing={standing}
        aria-current={current || undefined}
        tabIndex={focusable ? 0 : -1}
        title={image.name}
        onClick={() => annotate.session()?.show(image.id)}
      >
        <span className="thumb">{address && <img src={address} alt="" />}</span>
        <span className="image-text">
          <span className="image-name">{image.name.slice(folder)}</span>
          <span className="standing" data-standing={standing}>
            {work.state === 'failed' ? work.notice.sentence : STANDING_WORD[standing]}
          </span>
        </span>
      </button>
      {work.state === 'failed' && work.notice.remedy !== 'none' && (
        <button
          type="button"
          className="image-retry"
          aria-label={`Try ${image.name} again`}
          tabIndex={focusable ? 0 : -1}
          onClick={() => annotate.session()?.retry(image.id)}
        >
          ↻
        </button>
      )}
    </>
  );
});
