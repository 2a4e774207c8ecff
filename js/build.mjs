// Makes all third-party assets of the Python package.
//
// Usage: node js/build.mjs FOLDER   (called by hatch_build.py after `npm ci`)

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleFonts } from './fonts.mjs';
import { copyLicences } from './licences.mjs';
import { bundleMath } from './math.mjs';

const folder = process.argv[2];
for (const name of ['fonts', 'licences', 'math']) {
  await mkdir(join(folder, name), { recursive: true });
}
await Promise.all([
  bundleFonts(join(folder, 'fonts')),
  bundleMath(join(folder, 'math')),
  copyLicences(join(folder, 'licences')),
]);
