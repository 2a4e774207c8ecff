// Copies the licence of every package that ends up in the assets.

import { copyFile, readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

// Tools of the build, of which nothing is shipped.
const TOOLS = new Set(['esbuild']);

// Packages that come without a licence file, and whose project's file covers them.
const COVERED_BY = { '@mathjax/mathjax-newcm-font': '@mathjax/src' };

async function licenceFile(name) {
  const folder = join(ROOT, 'node_modules', COVERED_BY[name] ?? name);
  const found = (await readdir(folder)).find((file) => /^licen[cs]e(\.(md|txt))?$/i.test(file));
  if (!found) throw new Error(`${name} has no licence file`);
  return join(folder, found);
}

/** Writes <package>.txt for each package into `folder`, with "/" turned into "-". */
export async function copyLicences(folder) {
  const { dependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies).filter((name) => !TOOLS.has(name))) {
    const file = `${name.replace(/^@/, '').replaceAll('/', '-')}.txt`;
    await copyFile(await licenceFile(name), join(folder, file));
  }
}
