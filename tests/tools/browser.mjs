// One Chromium for all that asks: a line of JSON in, a line of JSON out; it ends with its input.
//
//   {"ace": PATH}                                            what Ace reports of a book
//   {"html": URL}                                            the page after its scripts
//   {"screenshot": URL, "png": PATH, "width": N, "height": N, "dark": BOOLEAN}

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import ace from '@daisy/ace-core';
import puppeteer from 'puppeteer';

const ARGUMENTS = [
  '--no-sandbox', // root and containers have none; the pages are our own
  '--disable-dev-shm-usage', // small in containers
  '--disable-gpu',
  '--host-resolver-rules=MAP * ~NOTFOUND', // nothing is fetched
];
// Who asks has a limit of its own.
const PATIENT = { timeout: 0, protocolTimeout: 0 };

const browser = await puppeteer.launch({ args: ARGUMENTS, ...PATIENT });

// What Ace wants of a browser: a page with these scripts in it, and their findings.
// Pages are used again: a new one for each chapter would double the work.
const idle = [];
const runner = {
  concurrency: 2,
  launch: async () => {},
  close: async () => {},
  setTimeout: () => {},
  async run(url, paths, contents) {
    const page = idle.pop() ?? (await browser.newPage());
    await page.goto(url, PATIENT);
    const scripts = [...contents.map((content) => ({ content })), ...paths.map((path) => ({ path }))];
    for (const script of scripts) {
      const element = await page.addScriptTag(script);
      await element.evaluate((added) => added.setAttribute('data-ace', '')); // none of the book's
    }
    const found = await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          // Ace reads failures alone: axe need not describe each element that passed.
          const { run } = axe;
          axe.run = (options, done) => run({ ...options, resultTypes: ['violations'] }, done);
          daisy.ace.run((error, report) => (error ? reject(error) : resolve(report)));
        }),
    );
    idle.push(page);
    return found;
  },
};

async function check(book) {
  const outdir = await mkdtemp(join(tmpdir(), 'ace-'));
  try {
    const quiet = { initLogger: true, silent: true, doNotReportMedia: true };
    await ace(book, { cwd: outdir, outdir, ...quiet }, runner);
    return JSON.parse(await readFile(join(outdir, 'report.json'), 'utf8'));
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

// Each page has a profile of its own: nothing that another has stored.
async function withPage(url, work, { width = 800, height = 1000, dark = false } = {}) {
  const profile = await browser.createBrowserContext();
  try {
    const page = await profile.newPage();
    await page.setViewport({ width, height });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
    await page.goto(url, { waitUntil: 'networkidle0', ...PATIENT });
    await page.evaluate(() => document.fonts.ready.then(() => true));
    return await work(page);
  } finally {
    await profile.close();
  }
}

function answer({ ace: book, html, screenshot, png, ...look }) {
  if (book) return check(book);
  if (html) return withPage(html, (page) => page.content());
  return withPage(screenshot, (page) => page.screenshot({ path: png }).then(() => png), look);
}

for await (const line of createInterface({ input: process.stdin })) {
  const said = await answer(JSON.parse(line)).then(
    (found) => ({ answer: found }),
    (error) => ({ error: String(error?.stack ?? error) }),
  );
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
await browser.close();
