// Copies the font files that the outputs use and writes the style sheet that
// declares them: each as WOFF2 for screens, and as WOFF, which takes a fifteenth
// of the time to unpack, for print. Chinese, Japanese and Korean are left to the reader's own fonts:
// one of them weighs more than everything else together.

import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGES = join(dirname(fileURLToPath(import.meta.url)), '../node_modules/@fontsource');

const EUROPEAN = ['latin', 'latin-ext', 'greek', 'cyrillic', 'cyrillic-ext', 'vietnamese'];
const EMOJI = Array.from({ length: 11 }, (_, number) => String(number));

// Package, family, subsets, faces (weight and style).
const FONTS = [
  ['source-serif-4', 'Source Serif 4', EUROPEAN, ['400', '400i', '600', '600i', '700', '700i']],
  ['inter', 'Inter', EUROPEAN, ['400', '400i', '600', '700']],
  ['jetbrains-mono', 'JetBrains Mono', EUROPEAN, ['400', '400i', '700']],
  ['stix-two-math', 'STIX Two Math', ['latin'], ['400']],
  ['noto-sans-arabic', 'Noto Sans Arabic', ['arabic'], ['400', '700']],
  ['noto-sans-hebrew', 'Noto Sans Hebrew', ['hebrew'], ['400', '700']],
  ['noto-sans-devanagari', 'Noto Sans Devanagari', ['devanagari'], ['400', '700']],
  ['noto-sans-symbols-2', 'Noto Sans Symbols 2', ['symbols'], ['400']],
  ['noto-emoji', 'Noto Emoji', EMOJI, ['400']],
];

// These hold more letters than the range their package names, so none is given.
const WITHOUT_RANGE = new Set(['stix-two-math', 'noto-sans-symbols-2']);

function* faces() {
  for (const [name, family, subsets, styles] of FONTS) {
    for (const style of styles) {
      for (const subset of subsets) {
        const [weight, slope] = [parseInt(style, 10), style.endsWith('i') ? 'italic' : 'normal'];
        const file = `${name}-${subset}-${weight}-${slope}.woff2`;
        yield { name, family, subset, weight, slope, file };
      }
    }
  }
}

function rule({ name, family, weight, slope, file }, range) {
  const lines = [
    `  font-family: "${family}";`,
    `  font-style: ${slope};`,
    `  font-weight: ${weight};`,
    '  font-display: swap;',
    `  src: url("${file}") format("woff2");`,
  ];
  if (!WITHOUT_RANGE.has(name)) lines.push(`  unicode-range: ${range};`);
  return `@font-face {\n${lines.join('\n')}\n}\n`;
}

async function rangesOf(name) {
  const ranges = JSON.parse(await readFile(join(PACKAGES, name, 'unicode.json'), 'utf8'));
  // Numbered subsets are written "[7]" there and "7" in file names.
  return new Map(Object.entries(ranges).map(([key, range]) => [key.replace(/[[\]]/g, ''), range]));
}

/** Writes the font files and fonts.css, with addresses relative to it, into `folder`. */
export async function bundleFonts(folder) {
  const rules = [];
  for (const face of faces()) {
    for (const file of [face.file, face.file.replace(/2$/, '')]) {
      await copyFile(join(PACKAGES, face.name, 'files', file), join(folder, file));
    }
    const range = (await rangesOf(face.name)).get(face.subset);
    if (!range) throw new Error(`${face.name} has no subset ${face.subset}`);
    rules.push(rule(face, range));
  }
  await writeFile(join(folder, 'fonts.css'), rules.join('\n'));
}
