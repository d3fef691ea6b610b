import { execFileSync } from 'node:child_process';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { expect, it } from 'vitest';

it("docs/posecade.api.md lists the library's public API as it is; else: npm run api, and look at what changed", {
  timeout: 300_000,
}, () => {
  execFileSync('node_modules/.bin/tsc', ['-p', 'tools/library', '--outDir', 'dist-api/types']);
  const complaints: string[] = [];
  const result = Extractor.invoke(ExtractorConfig.loadFileAndPrepare('tools/library/api-extractor.json'), {
    localBuild: false,
    messageCallback: (message) => {
      if (message.logLevel === 'error') complaints.push(message.text);
      message.handled = true; // nothing on the console
    },
  });
  expect(complaints).toEqual([]);
  expect(result.apiReportChanged).toBe(false);
});
