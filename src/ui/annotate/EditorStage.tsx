import { type RefObject, useEffect, useRef } from 'react';
import type { Editor } from '../../app/annotate/editor';
import { currentImage } from '../../app/annotate/state';
import { count } from '../../app/shell/format';
import type { Frame } from '../../engine/protocol';
import { useApp } from '../shell/context';
import { useSessionState } from './context';
import { controlEditor } from './editor-control';
import { paintEditor } from './editor-painter';
import { useEditor } from './useEditor';

interface Props {
  readonly editor: Editor;
  readonly frame: Frame;
  readonly stage: RefObject<HTMLDivElement | null>;
}

/** The image with everything that is drawn over it; takes pointers and keys. React never sees the pixels. */
export function EditorStage({ editor, frame, stage }: Props) {
  const { store } = useApp();
  const people = useEditor(editor, (state) => state.document.subjects.length);
  const busy = useEditor(editor, (state) => state.passes > 0);
  /** What the next click on the image is for, if it is not for what lies there. */
  const awaited = useEditor(editor, ({ gesture }) => (gesture.kind === 'placing' ? gesture.joint : gesture.kind === 'adding'));
  const name = useSessionState((state) => currentImage(state)?.name ?? '');
  const photo = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    if (!stage.current || !photo.current || !overlay.current) return;
    const stopPainting = paintEditor({ photo: photo.current, overlay: overlay.current }, editor, frame, store);
    const stopControl = controlEditor(stage.current, overlay.current, editor);
    return () => {
      stopControl();
      stopPainting();
    };
  }, [editor, frame, store, stage]);

  // Runs when another image is shown: each has its own editor.
  useEffect(() => {
    stage.current?.scrollIntoView({ block: 'nearest' }); // newer browsers return a promise, which an effect must not return
  }, [editor]);

  // On a phone, the list of joints is far below the image.
  useEffect(() => {
    if (awaited !== false) stage.current?.scrollIntoView({ block: 'nearest' });
  }, [awaited, stage]);

  return (
    <div
      ref={stage}
      className="viewer viewer-editor"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is interactive, by pointer and keys
      tabIndex={0}
      aria-label={`Image ${name} with the joints of ${count(people, 'person', 'people')}`}
      aria-describedby="editor-keys"
      aria-busy={busy}
    >
      <canvas ref={photo} className="layer" />
      <canvas ref={overlay} className="layer" data-testid="editor-overlay" />
      {busy && <div className="scan" aria-hidden="true" />}
    </div>
  );
}
