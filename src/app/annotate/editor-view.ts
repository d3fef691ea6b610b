import { subjectOf } from '../../annotate/edit';
import { moveView, viewOfBox } from '../../annotate/view';
import { fitView } from '../../draw/viewport';
import type { Size } from '../../pose/roi';
import { viewPoint } from '../../pose/space';
import type { EditorState, ViewEvent } from './editor-state';

type ViewChange = Partial<Pick<EditorState, 'view' | 'canvas' | 'fitted' | 'said'>>;

const middle = (canvas: Size) => viewPoint(canvas.width / 2, canvas.height / 2);

/** The changes that a view event makes to the state. image: its size in image pixels. */
export function changeView(event: ViewEvent, state: EditorState, image: Size): ViewChange {
  const { view, canvas } = state;
  switch (event.type) {
    case 'resize': {
      const moved = moveView(view, middle(canvas), middle(event.canvas), 1, image, event.canvas);
      return { canvas: event.canvas, view: state.fitted ? fitView(image, event.canvas) : moved };
    }
    case 'zoom': {
      const at = event.at ?? middle(canvas);
      return { view: moveView(view, at, at, event.factor, image, canvas), fitted: false };
    }
    case 'fit':
      return { view: fitView(image, canvas), fitted: true };
    case 'fitPerson': {
      const subject = subjectOf(state.document, state.selection.subject);
      if (!subject) return { said: 'Select a person first.' };
      return { view: viewOfBox(subject.box, image, canvas), fitted: false };
    }
  }
}
