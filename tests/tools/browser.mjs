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

// Pages that have Ace's scripts are used again: each of a book's files wants one.
const idle = new Map();

async function pageWith(scripts) {
  const kept = idle.get(scripts) ?? idle.set(scripts, []).get(scripts);
  const page = kept.pop() ?? (await browser.newPage());
  if (!page.prepared) await page.evaluateOnNewDocument(scripts);
  return Object.assign(page, { prepared: true, rest: () => kept.push(page) });
}

// What Ace wants of a browser: a page with these scripts in it, and their findings.
function runnerOfOneBook() {
  const judged = new Set();
  return {
    concurrency: 2,
    launch: async () => {},
    close: async () => {},
    setTimeout: () => {},
    async run(url, paths, contents) {
      const read = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
      const page = await pageWith([...contents, ...read].join('\n;'));
      await page.goto(url, PATIENT);
      const { report, more } = await page.evaluate(findings, [...judged]);
      more.forEach((look) => judged.add(look));
      page.rest();
      return report;
    },
  };
}

// Runs in the page. Axe takes most of its time for contrasts, which depend on how a text and
// what it stands in look: each look is judged once in a book. `judged` are those that were.
function findings(judged) {
  const known = new Set(judged);
  const more = [];
  const STYLES = ['color', 'font', 'opacity', 'backgroundColor', 'backgroundImage', 'outline',
    'textDecoration', 'textShadow', 'borderBottom', 'mixBlendMode', 'filter', 'visibility'];

  function lookOf(node) {
    const parts = [node.textContent.trim().length < 2]; // of a single letter axe is not sure
    for (let element = node; element; element = element.parentElement) {
      const style = getComputedStyle(element);
      if (!['static', 'relative'].includes(style.position)) return null; // it may cover others
      parts.push(element.localName, ...STYLES.map((name) => style[name]));
    }
    return parts.join();
  }

  for (const id of ['color-contrast', 'link-in-text-block']) {
    const rule = axe._audit.rules.find((each) => each.id === id);
    const { matches } = rule;
    rule.matches = (node, ...others) => {
      const look = lookOf(node.actualNode ?? node);
      if (look && known.has(id + look)) return false;
      const matched = matches.call(rule, node, ...others);
      if (matched && look) {
        known.add(id + look);
        more.push(id + look);
      }
      return matched;
    };
  }
  // Ace reads failures alone: axe need not describe each element that passed.
  const { run } = axe;
  axe.run = (options, done) => run({ ...options, resultTypes: ['violations'] }, done);
  return new Promise((resolve, reject) => {
    daisy.ace.run((error, report) => (error ? reject(error) : resolve({ report, more })));
  });
}

async function check(book) {
  const outdir = await mkdtemp(join(tmpdir(), 'ace-'));
  try {
    const quiet = { initLogger: true, silent: true, doNotReportMedia: true };
    await ace(book, { cwd: outdir, outdir, ...quiet }, runnerOfOneBook());
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
