// A headless Chromium for the tests, and what every page has to keep to.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";

/** The top folder of the repository. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** The program under test: named by GOLDRULE, else the release build. */
export const program = path.resolve(
  process.env.GOLDRULE ?? path.join(root, process.env.CARGO_TARGET_DIR ?? "target", "release", "goldrule"),
);

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--force-color-profile=srgb",
  "--font-render-hinting=none",
];
const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Starts the browser; CHROMIUM names one in an unusual place. Close it when done. */
export function launch() {
  const executablePath = process.env.CHROMIUM ?? BROWSERS.find((file) => existsSync(file));
  assert.ok(executablePath, `no browser: install chromium, or name one with CHROMIUM (tried ${BROWSERS.join(", ")})`);
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** Runs the program to its end and gives its standard output; fails where it could not run. */
export function goldrule(args, options = {}) {
  assert.ok(existsSync(program), `${program} is missing: build it, or name it with GOLDRULE`);
  const run = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28, cwd: root, ...options });
  assert.ok(run.status === 0 || run.status === 1, `goldrule ${args.join(" ")}: ${run.stderr}`);
  return run.stdout;
}

/** A folder of its own, removed after the test or suite `t`. */
export function folder(t) {
  const dir = mkdtempSync(path.join(tmpdir(), "goldrule-"));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Whether a request stays on this page or this computer. */
export function isLocal(address) {
  const url = new URL(address);
  if (["file:", "data:", "blob:", "about:"].includes(url.protocol)) return true;
  return ["http:", "https:", "ws:", "wss:"].includes(url.protocol) && LOOPBACK.has(url.hostname);
}

/**
 * Opens a file or an address in a context of its own. Requests to elsewhere are stopped and remembered, as
 * are errors of the page and of its console; `finish` holds the page to having none.
 */
export async function open(browser, target, options = {}) {
  const context = await browser.newContext({
    colorScheme: "light",
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    locale: "en-US",
    ...options,
  });
  const faults = [];
  await context.route(
    (url) => !isLocal(url.href),
    (route) => {
      faults.push(`request to ${route.request().url()}`);
      return route.abort();
    },
  );
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  page.on("websocket", (socket) => {
    if (!isLocal(socket.url())) faults.push(`socket to ${socket.url()}`);
  });
  page.faults = faults;
  await page.goto(/^[a-z]+:/.test(target) ? target : pathToFileURL(target).href);
  return page;
}

/** Closes a page that asked nobody elsewhere and raised no error. */
export async function finish(page) {
  const { faults } = page;
  await page.context().close();
  assert.deepEqual(faults, []);
}

/** Holds a page to having no serious or critical finding of axe-core; gives the lesser ones. */
export async function accessible(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const tell = ({ id, impact, help, nodes }) =>
    `${impact}: ${id}: ${help}\n${nodes.map((node) => `    ${node.target}: ${node.html}\n    ${node.failureSummary}`).join("\n")}`;
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.equal(grave.map(tell).join("\n"), "");
  return violations.map(tell);
}

/**
 * Takes the picture `docs/pictures/NAME.png`. Without PICTURES=1 it goes to a folder for throwing away, so
 * that a run of the tests leaves the repository as it was. Where pngquant is installed it makes the picture
 * small.
 */
export async function picture(page, name, options = {}) {
  const dir = process.env.PICTURES ? path.join(root, "docs", "pictures") : path.join(tmpdir(), "goldrule-pictures");
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, `${name}.png`);
  await page.screenshot({ path: file, animations: "disabled", caret: "hide", ...options });
  spawnSync("pngquant", ["--force", "--strip", "--speed", "1", "--output", file, "128", file]);
  return file;
}
