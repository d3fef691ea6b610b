import { type ReactNode, useEffect, useRef } from 'react';
import type { Editor } from '../../app/annotate/editor';
import { currentImage } from '../../app/annotate/state';
import type { Frame } from '../../engine/protocol';
import { useSessionState } from './context';
import { EditorJoints } from './EditorJoints';
import { EditorPeople } from './EditorPeople';
import { EditorShow } from './EditorShow';
import { EditorStage } from './EditorStage';
import { EditorToolbar } from './EditorToolbar';
import { useEditor } from './useEditor';
import { useEditorKeys } from './useEditorKeys';

interface Props {
  readonly editor: Editor;
  readonly frame: Frame;
  readonly children?: ReactNode;
}

/** Corrects the people of one image: the image itself, its tools, and its people and joints in lists. children: above the tools. */
export function AnnotateEditor({ editor, frame, children }: Props) {
  const stage = useRef<HTMLDivElement>(null);
  const said = useEditor(editor, (state) => state.said);
  const people = useEditor(editor, (state) => state.document.subjects.length);
  const suggestions = useEditor(editor, (state) => state.document.suggestions?.length);
  const status = useSessionState((state) => currentImage(state)?.status.kind);
  useEditorKeys(editor, stage);

  // What had the focus may be gone with the image, the person or the suggestion it belonged to, or with the image's status: then the image
  // takes the focus.
  useEffect(() => {
    if (document.activeElement === document.body) stage.current?.focus({ preventScroll: true });
  }, [editor, people, suggestions, status]);

  return (
    <>
      <div className="editor-main">
        {children}
        <EditorToolbar editor={editor} />
        <EditorStage editor={editor} frame={frame} stage={stage} />
        <p className="editor-said" aria-live="polite" data-testid="editor-said">
          {said}
        </p>
        <EditorShow editor={editor} />
        <p id="editor-keys" className="hint fine-only">
          Drag a joint to move it, or the background to pan; scroll to zoom. Tab or a number selects a joint, the arrow keys move
          it, V changes its label. N adds a person: drag a box, or move a crosshair with the arrow keys, press B at one corner and
          Enter at the other. Escape, then Tab, leaves the image. ? shows all shortcuts.
        </p>
        <p className="hint coarse-only">Drag a joint to move it, or the background to pan. Pinch to zoom.</p>
      </div>
      <div className="editor-side">
        <EditorPeople editor={editor} />
        <EditorJoints editor={editor} />
      </div>
    </>
  );
}
