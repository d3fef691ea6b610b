/** Last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A path without its last part and the slash before it. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The folders of a path, from the outermost. */
export function foldersOf(path: string): string[] {
  return path.split('/').slice(0, -1);
}

/** A path without the extension of its file name: 'a/b.c.jpg' -> 'a/b.c'. */
export function withoutExtension(path: string): string {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') + 1 ? path.slice(0, dot) : path;
}

/** Whether a folder's name (in lower case) says nothing about what is in it. */
export const isPlainFolder = (name: string): boolean =>
  /^(images?|imgs?|jpegimages|photos?|pictures?|pics|frames?|rgb|data|datasets?|media|uploads?|files|raw|default|labels?|annotations?)$/.test(
    name,
  );
