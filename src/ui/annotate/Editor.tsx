import { useEffect, useRef } from 'react';
import type { Editor } from '../../app/annotate/editor';
import type { Frame } from '../../engine/protocol';
import { EditorJoints } from './EditorJoints';
import { EditorPeople } from './EditorPeople';
import { EditorShow } from './EditorShow';
import { EditorStage } from './EditorStage';
import { EditorToolbar } from './EditorToolbar';
import { useEditor } from './useEditor';
import { useEditorKeys } from './useEditorKeys';

/** Corrects the people of one image: the picture, what can be done to it, and its people and joints in lists. */
export function AnnotateEditor({ editor, frame }: { readonly editor: Editor; readonly frame: Frame }) {
  const stage = useRef<HTMLDivElement>(null);
  const said = useEditor(editor, (state) => state.said);
  const people = useEditor(editor, (state) => state.document.subjects.length);
  useEditorKeys(editor, stage);

  // Whatever had the focus may have gone with the image or the person it belonged to: the picture takes it.
  useEffect(() => {
    if (document.activeElement === document.body) stage.current?.focus({ preventScroll: true });
  }, [editor, people]);

  return (
    <div className="editor-frame">
      <div className="editor">
        <div className="editor-main">
          <EditorToolbar editor={editor} />
          <EditorStage editor={editor} frame={frame} stage={stage} />
          <p className="editor-said" aria-live="polite" data-testid="editor-said">
            {said}
          </p>
          <EditorShow editor={editor} />
          <p id="editor-keys" className="hint fine-only">
            Drag a joint, or beside it to move the image; the wheel zooms. Tab or a number chooses a joint, arrows move it, V
            changes its label; after Escape, Tab leaves the image. ? shows all keys.
          </p>
          <p className="hint coarse-only">Drag a joint, or beside it to move the image. Two fingers zoom.</p>
        </div>
        <div className="editor-side">
          <EditorPeople editor={editor} />
          <EditorJoints editor={editor} />
        </div>
      </div>
    </div>
  );
}
