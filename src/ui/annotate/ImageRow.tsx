import { memo, useEffect, useState } from 'react';
import type { ImageRecord } from '../../app/annotate/image-record';
import { STATUS_WORD } from '../../app/annotate/words';
import { useAnnotate } from './context';

/** The address of an image's thumbnail, valid while the component is mounted. */
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
  readonly record: ImageRecord;
  readonly current: boolean;
  readonly focusable: boolean;
}

/** One image of the list: its thumbnail, name and status. */
export const ImageRow = memo(function ImageRow({ record: { id, name, status }, current, focusable }: Props) {
  const annotate = useAnnotate();
  const address = useThumbnail(id, status.kind === 'failed');
  const folder = name.lastIndexOf('/') + 1;
  return (
    <>
      <button
        type="button"
        className="image-row"
        data-status={status.kind}
        aria-current={current || undefined}
        tabIndex={focusable ? 0 : -1}
        title={name}
        onClick={() => annotate.session()?.show(id)}
      >
        <span className="thumb">{address && <img src={address} alt="" />}</span>
        <span className="image-text">
          <span className="image-name">{name.slice(folder)}</span>
          <span className="status" data-status={status.kind}>
            {status.kind === 'failed' ? status.notice.sentence : STATUS_WORD[status.kind]}
          </span>
        </span>
      </button>
      {status.kind === 'failed' && status.notice.remedy !== 'none' && (
        <button
          type="button"
          className="image-retry"
          aria-label={`Retry ${name}`}
          tabIndex={focusable ? 0 : -1}
          onClick={() => annotate.session()?.retry(id)}
        >
          ↻
        </button>
      )}
    </>
  );
});
