/** An example of docs/embed.md, extracted to be checked and run. */
export interface Example {
  /** Slug of its section's heading: 'a-photo', and 'a-photo-2' for the second; or the file name in its first line, without extension. */
  readonly name: string;
  readonly language: 'html' | 'js' | 'jsx';
  readonly text: string;
}

const isLanguage = (text: string): text is Example['language'] => text === 'html' || text === 'js' || text === 'jsx';

/** In the order of the guide. */
export function examplesOf(guide: string): readonly Example[] {
  return guide.split(/^## /m).flatMap((section) => {
    const slug = /.*/
      .exec(section)?.[0]
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-');
    let unnamed = 0;
    return [...section.matchAll(/^```(\w+)\n(.*?)^```/gms)].flatMap(([, language = '', text = '']) => {
      if (!isLanguage(language)) return [];
      const given = /^\/\/ (\S+)\.js\n/.exec(text)?.[1];
      if (!given) unnamed += 1;
      return [{ name: given ?? `${slug}${unnamed > 1 ? `-${unnamed}` : ''}`, language, text }];
    });
  });
}
