import { useEffect, useRef } from 'react';

interface Props {
  readonly children: string;
  readonly className?: string;
  /** What can be chosen: one picture, many (or a zip of them), or a folder. */
  readonly what?: 'picture' | 'pictures' | 'folder';
  readonly onFiles: (files: readonly File[]) => void;
}

/** Opens the file dialogue. */
export function PickButton({ children, className, what = 'picture', onFiles }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.webkitdirectory = what === 'folder'; // React knows no such attribute
  }, [what]);
  return (
    <>
      <button type="button" className={className} onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        accept={what === 'pictures' ? 'image/*,.zip,application/zip' : 'image/*'}
        multiple={what !== 'picture'}
        hidden
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          target.value = ''; // so that the same file can be chosen again
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
