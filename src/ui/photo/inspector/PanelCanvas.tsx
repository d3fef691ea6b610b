import { useEffect, useReducer, useRef } from 'react';
import { prepareCanvas } from '../../../draw/viewport';
import { watchPixelRatio } from '../../shell/pixel-ratio';

interface Props {
  /** Side of the square, CSS pixels. */
  readonly side: number;
  /** What it shows, for screen readers; without it, the canvas is decorative. */
  readonly label?: string;
  readonly paint: (ctx: CanvasRenderingContext2D) => void;
}

/** A square canvas that is repainted after each render; sharp on any screen. */
export function PanelCanvas({ side, label, paint }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) paint(prepareCanvas(canvas.current, { width: side, height: side }, window.devicePixelRatio));
  });
  const [, repaint] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    const stop = new AbortController();
    watchPixelRatio(stop.signal, repaint);
    return () => stop.abort();
  }, []);
  const role = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true };
  return <canvas ref={canvas} style={{ width: side, height: side }} {...role} />;
}
