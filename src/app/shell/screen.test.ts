import { expect, it, vi } from 'vitest';
import { SourceError } from '../../source/error';
import { report } from './report';
import { clearNotice, enterScreen, noticeOn, sayOn, shown, tell } from './screen';
import { createAppStore } from './store';

const notice = report(new SourceError('heic'));

it('clears the messages of the previous screen, except an engine failure', () => {
  const app = createAppStore();
  app.setState({ notice, message: 'Opened.' });
  enterScreen(app, 'live');
  expect(app.getState()).toMatchObject({ screen: 'live', notice: undefined, message: '' });
  app.setState({ notice, engine: { state: 'failed', failure: { code: 'device-lost', detail: '' } } });
  enterScreen(app, 'photo');
  expect(app.getState()).toMatchObject({ screen: 'photo', notice });
});

it('shows no message for a screen that is not shown', () => {
  const app = createAppStore();
  enterScreen(app, 'live');
  sayOn(app, 'photo', 'Found.');
  expect(app.getState().message).toBe('');
  sayOn(app, 'live', 'Started.');
  expect(app.getState().message).toBe('Started.');
});

it('says what has happened again as something new', () => {
  const app = createAppStore();
  const said = new Set<string>();
  app.subscribe(({ message }) => said.add(message));
  for (let i = 0; i < 3; i++) tell(app, 'Copied.');
  expect([...said].map((message) => message.replace('\u200b', ''))).toEqual(['Copied.', 'Copied.']);
  tell(app, '');
  tell(app, '');
  expect(app.getState().message).toBe('');
});

it('waits until a screen is shown', async () => {
  const app = createAppStore();
  enterScreen(app, 'live');
  await shown(app, 'live');
  const arrived = vi.fn();
  const waiting = shown(app, 'photo').then(arrived);
  enterScreen(app, 'annotate');
  await Promise.resolve();
  expect(arrived).not.toHaveBeenCalled();
  enterScreen(app, 'photo');
  await waiting;
});

it('shows a failure of another screen once that screen is shown, unless it is out of date by then', () => {
  const app = createAppStore();
  enterScreen(app, 'live');
  const superseded = new AbortController();
  const later = [
    noticeOn(app, 'photo', notice),
    noticeOn(app, 'photo', report(new SourceError('unreadable')), superseded.signal),
  ];
  expect(app.getState().notice).toBeUndefined();
  superseded.abort();
  enterScreen(app, 'photo');
  return Promise.all(later).then(() => expect(app.getState().notice).toBe(notice));
});

it('clears no notice of another screen, nor that of an engine that is down', () => {
  const app = createAppStore();
  enterScreen(app, 'live');
  app.setState({ notice });
  clearNotice(app, 'photo');
  expect(app.getState().notice).toBe(notice);
  clearNotice(app, 'live');
  expect(app.getState().notice).toBeUndefined();
  app.setState({ notice, engine: { state: 'failed', failure: { code: 'device-lost', detail: '' } } });
  clearNotice(app, 'live');
  expect(app.getState().notice).toBe(notice);
});
