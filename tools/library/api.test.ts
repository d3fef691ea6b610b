/** Compares each entry's public API with the report in docs/api. `npm run api` updates the reports: review what changed. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { beforeAll, expect, it } from 'vitest';
import { ENTRIES, type Entry, NODE_ENTRY } from './entries';
import { typesOf } from './manifest';

const FOLDER = 'dist-api';
const REPORTS = `${FOLDER}/reports`;

const LEVELS = {
  default: { logLevel: ExtractorLogLevel.Error },
  'ae-missing-release-tag': { logLevel: ExtractorLogLevel.None },
  'ae-undocumented': { logLevel: ExtractorLogLevel.None },
};

/** Stands for HTMLElement, which Node does not have: nobody needs to name it. */
const UNNAMED = 'Element_2';

/** An entry's name in its report and in the report's file name. */
const nameOf = ({ path }: Entry) => path.replace(/^\.\/?/, '') || 'posecade';

/** The report on an entry, and what API Extractor complains about. */
function reportOf(entry: Entry) {
  const reportFileName = `${nameOf(entry)}.api.md`;
  const config = ExtractorConfig.prepare({
    configObjectFullPath: resolve('tools/library/api-extractor.json'),
    packageJsonFullPath: resolve('package.json'),
    configObject: {
      projectFolder: resolve('.'),
      mainEntryPointFilePath: resolve(FOLDER, typesOf(entry)),
      apiReport: { enabled: true, reportFolder: resolve(REPORTS), reportTempFolder: resolve(FOLDER), reportFileName },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      compiler: { tsconfigFilePath: resolve('tools/library/tsconfig.json') },
      messages: {
        extractorMessageReporting: LEVELS,
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
  const complaints: string[] = [];
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      if (message.logLevel === 'error') complaints.push(message.text);
      message.handled = true; // nothing on the console
    },
  });
  return { complaints, report: readFileSync(`${REPORTS}/${reportFileName}`, 'utf8') };
}

/** Whether a complaint is about a symbol that an entry uses without exporting it, while the main entry exports it. */
function isOfMain(complaint: string): boolean {
  const [, symbol] = /^The symbol "(\w+)" needs to be exported/.exec(complaint) ?? [];
  const main = readFileSync('docs/api/posecade.api.md', 'utf8');
  if (symbol === UNNAMED) return true;
  return symbol !== undefined && new RegExp(`^export (interface|type|class) ${symbol}\\b`, 'm').test(main);
}

beforeAll(() => {
  mkdirSync(REPORTS, { recursive: true });
  execFileSync('node_modules/.bin/tsc', ['-p', 'tools/library', '--outDir', `${FOLDER}/types`]);
});

it.each([...ENTRIES, NODE_ENTRY])('$path matches its report', async (entry) => {
  const { report, complaints } = reportOf(entry);
  expect(complaints.filter((complaint) => !isOfMain(complaint))).toEqual([]);
  // The entry for the reader's own worker has the page's API, and no report of its own.
  const name = entry.path === './worker' ? 'posecade' : nameOf(entry);
  await expect(report).toMatchFileSnapshot(`../../docs/api/${name}.api.md`);
});
