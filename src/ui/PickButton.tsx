import { useRef } from 'react';
import { useApp } from './context';

/** Opens the file dialogue. */
export function PickButton({ children, className }: { children: string; className?: string }) {
  const { review } = useApp();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={className} onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          target.value = ''; // so that the same file can be chosen again
          if (files.length > 0) void review.openFiles(files);
        }}
      />
    </>
  );
}
