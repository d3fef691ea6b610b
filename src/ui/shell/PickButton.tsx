import { useEffect, useRef } from 'react';

interface Props {
  readonly children: string;
  readonly className?: string;
  /** Kinds of files that the dialog offers, as in an input's accept attribute. */
  readonly accept: string;
  /** How much can be chosen at a time. */
  readonly many?: 'one' | 'several' | 'folder';
  onPick(files: readonly File[]): void;
}

/** Opens the file dialog. */
export function PickButton({ children, className, accept, many = 'one', onPick }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.webkitdirectory = many === 'folder'; // React does not know this attribute
  }, [many]);
  return (
    <>
      <button type="button" className={className} onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={many !== 'one'}
        hidden
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          target.value = ''; // so that the same file can be chosen again
          if (files.length > 0) onPick(files);
        }}
      />
    </>
  );
}
