import { ANNOTATE_SHORTCUTS } from './app/annotate/shortcuts';
import { LIVE_SHORTCUTS } from './app/live/shortcuts';
import { PHOTO_SHORTCUTS } from './app/photo/shortcuts';
import { hasImage, videoIn } from './source/transfer';
import type { ScreenEntry } from './ui/shell/screens';

/**
 * The only list of screens, in the order of the navigation. An address that names none of them shows the first. A drop goes to the screen
 * that is shown, or to the first that accepts it. Each screen's code loads when it is first shown.
 */
export const SCREENS: readonly ScreenEntry[] = [
  {
    name: 'photo',
    title: 'Photo',
    content: 'photo',
    dropHint: 'Drop a photo or a video anywhere',
    shortcuts: PHOTO_SHORTCUTS,
    accepts: (dropped) => !videoIn(dropped), // names anything that is not a photo, and says what to do
    load: async (shell) => (await import('./ui/photo/screen')).createPhotoScreen(shell),
  },
  {
    name: 'live',
    title: 'Live',
    content: 'camera',
    dropHint: 'Drop a photo or a video anywhere',
    shortcuts: LIVE_SHORTCUTS,
    // While shown, it names anything that is neither and continues: a wrong drop does not stop the camera.
    accepts: (dropped, shown) => videoIn(dropped) !== undefined || (shown && dropped.length > 0 && !hasImage(dropped)),
    load: async (shell) => (await import('./ui/live/screen')).createLiveScreen(shell),
  },
  {
    name: 'annotate',
    title: 'Annotate',
    content: 'images',
    dropHint: 'Drop images, folders or a zip anywhere',
    shortcuts: ANNOTATE_SHORTCUTS,
    accepts: (dropped) => dropped.length > 0,
    load: async (shell) => (await import('./ui/annotate/screen')).createAnnotateScreen(shell),
  },
];

/** Preloads the code of all screens and of what they load lazily. Anything that fails is loaded again when it is needed. */
export async function preload(): Promise<void> {
  await Promise.allSettled([
    import('./ui/photo/screen'),
    import('./ui/live/screen'),
    import('./ui/annotate/screen'),
    import('./ui/annotate/ExportDialog'),
    import('./app/annotate/export'),
    import('./source/frame-times'),
    import('./source/remux'),
  ]);
}
