/** Mounts elements and a React component as a page does, and records their events for the test. */
import { createElement, useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import 'posecade/element';
import { usePoses } from 'posecade/react';

const MODEL = { backend: 'wasm', 'model-url': 'models/cascade' };

/** What was recorded: states of elements and of the hook, and numbers of people. */
const heard: string[] = [];

const place = () => document.querySelector('#place');

/** Mounts an element in place of whatever is mounted. */
export function mountElement(name: 'pose-image' | 'pose-camera', attributes: Readonly<Record<string, string>>): void {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries({ ...MODEL, ...attributes })) element.setAttribute(key, value);
  element.addEventListener('statuschange', ({ detail }) => heard.push(detail.state));
  element.addEventListener('poses', ({ detail }) => heard.push(`${detail.people.length} people`));
  place()?.replaceChildren(element);
}

/** The events since the last call. */
export const takeHeard = (): string[] => heard.splice(0);

function Counter() {
  const video = useRef<HTMLVideoElement>(null);
  const { frame, status, error } = usePoses(video, { backend: 'wasm', modelUrl: 'models/cascade', smoothing: 0.5 });
  useEffect(() => {
    if (status) heard.push(status.state);
  }, [status]);
  const text = error ? String(error) : frame ? `${frame.people.length} in view` : (status?.state ?? 'nothing yet');
  const start = async () => {
    if (video.current) video.current.srcObject = await navigator.mediaDevices.getUserMedia({ video: true });
    await video.current?.play();
  };
  return createElement(
    'div',
    null,
    createElement('button', { type: 'button', onClick: start }, 'Go'),
    createElement('output', null, text),
    createElement('video', { ref: video, muted: true, playsInline: true }),
  );
}

/** Mounts a component that counts the people in front of the camera. */
export function mountReact(): void {
  const root = document.createElement('div');
  place()?.replaceChildren(root);
  createRoot(root).render(createElement(Counter));
}
