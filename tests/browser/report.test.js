// The page of a report: that it works, asks nobody, keeps text text, and stays fluent.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";

import { accessible, finish, folder, goldrule, launch, open, picture, root } from "./helpers.js";
import { HOSTILE, writeProject } from "./project.js";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const SCORE = ["score", "--gold", "annotations/gold", "--pred", "found", "--format", "html", "-o", "report.html"];

/** The page of the small project, made by `goldrule` with these arguments. */
async function opened(t, { args = SCORE, hash = "", ...options } = {}) {
  const dir = folder(t);
  writeProject(dir);
  goldrule(args, { cwd: dir });
  const page = await open(browser, path.join(dir, "report.html"), options);
  if (hash) await jump(page, hash);
  return page;
}

const jump = (page, hash) => page.evaluate((hash) => void (location.hash = hash), hash);
const listed = (page) => page.locator("#list [role=option]").count();
const count = (page) => page.locator("#count").innerText();
const selected = (page) => page.locator("#list [aria-selected=true]").getAttribute("data-record");
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.getAttribute("data-record"));

test("a text stays text, whatever is in it", async (t) => {
  const page = await opened(t, { hash: "#?doc=harbor&show=all" });
  await page.waitForSelector("#reader .words");
  assert.match(await page.title(), /^goldrule score/);
  const lines = await page.locator("#reader .words > p").allTextContents();
  assert.deepEqual(lines, HOSTILE.split("\r\n"));
  assert.equal(await page.locator("#reader img, #reader script, #list img").count(), 0);
  assert.equal(await page.locator("script").count(), 2);
  await finish(page);
});

test("records stand on their words, those behind characters of two units too", async (t) => {
  const page = await opened(t, { hash: "#?doc=harbor&show=all&layer=stance&q=warrant" });
  assert.equal(await listed(page), 1);
  const marked = await page.locator("#reader .piece.on").allTextContents();
  assert.equal(marked.join(""), "Harbor police hold nobody for ICE without a warrant");
  assert.match(await page.locator("#list .foot").textContent(), /harbor 5:1 · stance\.detainers/);
  await page.locator("#reader .covered", { hasText: /^ICE$/ }).first().click();
  assert.match(await page.locator("#reader .card").innerText(), /mention\s+right[\s\S]*acronym · Agency ice/);
  await finish(page);
});

test("filters narrow the list, and clearing them brings it back", async (t) => {
  const page = await opened(t);
  const all = await listed(page);
  assert.match(await count(page), new RegExp(`^${all} of \\d+ records`));
  await page.selectOption("#layer", "stance");
  const stances = await listed(page);
  assert.ok(stances > 0 && stances < all, `${stances} of ${all}`);
  await page.selectOption("#class", "wrong_position");
  assert.equal(await listed(page), 1);
  assert.match(await page.locator("#list .option").textContent(), /gold status inquiry: against → found status inquiry: favor/);
  assert.match(page.url(), /#\?layer=stance&class=wrong_position$/);
  await page.selectOption("#class", "");
  await page.selectOption("#rule", "stance.detainers");
  assert.equal(await listed(page), 1);
  await page.click("#clear");
  assert.equal(await listed(page), all);
  await page.selectOption("#label", "stance.topic:detainers");
  assert.equal(await listed(page), 1);
  await page.goBack();
  assert.equal(await listed(page), all);
  await finish(page);
});

test("every figure leads to its records, and a count is the number of them", async (t) => {
  const page = await opened(t);
  const links = await page.locator('main a[href^="#?"]').evaluateAll((all) =>
    all.map((link) => ({ href: link.getAttribute("href"), text: link.textContent })),
  );
  assert.ok(links.length > 30, `${links.length} links`);
  for (const { href, text } of links) {
    await jump(page, href);
    if (/^\d+$/.test(text)) assert.match(await count(page), new RegExp(`^${text} of `), href);
  }
  await page.locator(".matrix td.miss a").first().click();
  const target = await focused(page);
  assert.equal(target, await selected(page), "the focus is on the first record");
  const top = await page.locator("#records").evaluate((section) => section.getBoundingClientRect().top);
  assert.ok(top < 300, `the records are in sight, ${top}`);
  await finish(page);
});

test("search finds records and places of the texts", async (t) => {
  const page = await opened(t);
  await page.keyboard.press("/");
  assert.equal(await focused(page), "query");
  await page.keyboard.type("follows sb");
  assert.match(await page.locator("#passages").innerText(), /1 passages? in the texts\s+harbor 2:\d+ .*follows SB 54/);
  await page.locator("#passages a").click();
  assert.equal(await page.locator("#reader h3").innerText(), "harbor dev");
  assert.equal(await page.evaluate(() => [...CSS.highlights.get("sought")].map(String).join()), "follows SB");
  await page.fill("#query", "agency harbor-pd");
  assert.ok((await listed(page)) > 1);
  await page.fill("#query", "</script>");
  assert.equal(await listed(page), 0);
  assert.match(await page.locator("#passages").innerText(), /harbor 1:\d+/);
  await page.fill("#query", "a.*(b[");
  assert.match(await count(page), /^0 of/);
  await finish(page);
});

test("everything works from the keyboard", async (t) => {
  const page = await opened(t);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the records");
  await page.keyboard.press("Enter");
  const first = await selected(page);
  await page.keyboard.press("j");
  const second = await selected(page);
  assert.notEqual(second, first);
  await page.keyboard.press("k");
  assert.equal(await selected(page), first);
  await page.locator("#list [tabindex='0']").focus();
  await page.keyboard.press("ArrowDown");
  assert.deepEqual([await selected(page), await focused(page)], [second, second]);
  await page.keyboard.press("End");
  const last = await selected(page);
  await page.keyboard.press("j");
  assert.equal(await selected(page), last, "the list ends");
  await page.keyboard.press("Home");
  assert.equal(await focused(page), first);
  assert.equal(await page.locator("#list [tabindex='0']").count(), 1);
  await page.keyboard.press("Enter");
  assert.match(await page.evaluate(() => document.activeElement.className), /text/);
  const before = await page.locator("#reader h3").innerText();
  await page.keyboard.press("]");
  assert.notEqual(await page.locator("#reader h3").innerText(), before);
  await page.keyboard.press("[");
  await page.keyboard.press("s");
  assert.deepEqual(await page.locator("#reader .track").allTextContents(), ["gold", "found"]);
  await page.keyboard.press("?");
  assert.ok(await page.locator("dialog#keys").isVisible());
  await page.keyboard.press("Escape");
  assert.ok(!(await page.locator("dialog#keys").isVisible()));
  await page.keyboard.press("/");
  await page.keyboard.type("j");
  assert.equal(await page.inputValue("#query"), "j", "keys are letters in a field");
  await page.keyboard.press("Escape");
  await page.keyboard.press("c");
  assert.equal(await page.inputValue("#query"), "");
  await page.keyboard.press("d");
  assert.equal(await page.getAttribute("#theme", "aria-pressed"), "true");
  await finish(page);
});

for (const colorScheme of ["light", "dark"]) {
  test(`nothing serious stands in the way of anybody, ${colorScheme}`, async (t) => {
    const page = await opened(t, { colorScheme, args: [...SCORE, "--schemes"] });
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
    await accessible(page);
    await page.keyboard.press("s");
    await page.fill("#query", "harbor");
    await accessible(page);
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await accessible(page);
    await finish(page);
    const narrow = await opened(t, { colorScheme, viewport: { width: 420, height: 800 } });
    await accessible(narrow);
    assert.ok(await narrow.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing sticks out");
    await finish(narrow);
  });
}

test("the colours can be turned, and go their own way in print", async (t) => {
  const page = await opened(t, { colorScheme: "dark", hash: "#?doc=harbor" });
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await paper();
  await page.click("#theme");
  assert.notEqual(await paper(), dark);
  await page.click("#theme");
  assert.equal(await paper(), dark);
  await page.emulateMedia({ media: "print" });
  assert.equal(await paper(), "rgb(255, 255, 255)");
  assert.ok(!(await page.locator(".filters").isVisible()));
  assert.ok(await page.locator("#reader .words").isVisible());
  await finish(page);
});

test("a withheld text and a validation text are not in the file", async (t) => {
  const dir = folder(t);
  writeProject(dir);
  const made = (...more) => {
    goldrule([...SCORE, "--text", "texts", ...more], { cwd: dir });
    return readFileSync(path.join(dir, "report.html"), "utf8");
  };
  const plain = made();
  assert.ok(!/Secret|secret-pd|sb\/9/.test(plain));
  assert.ok(!plain.includes("Quiet"));
  assert.match(made("--include-withheld"), /Secret police follow SB 9 in secrecy/);
  assert.match(made("--reveal"), /Quiet police ask/);
  made();
  const page = await open(browser, path.join(dir, "report.html"));
  await jump(page, "#?doc=hidden&show=all");
  assert.match(await page.locator("#reader .text").innerText(), /may not be shipped/);
  assert.match(await page.locator("#list").textContent(), /characters 0–6/);
  assert.match(await page.locator("footer").innerText(), /1 document for measuring only[\s\S]*1 text may not be shipped/);
  await finish(page);
});

test("two systems stand side by side", async (t) => {
  const args = ["compare", "found", "found-2", "--gold", "annotations/gold", "--format", "html", "-o", "report.html"];
  const page = await opened(t, { args, hash: "#?doc=harbor&class=gained" });
  assert.equal(await page.locator("#records-title").count(), 1);
  assert.match(await page.locator("#list").textContent(), /gained/);
  assert.match(await page.locator("#reader .card").innerText(), /gold[\s\S]*old[\s\S]*new/);
  await page.keyboard.press("s");
  assert.deepEqual(await page.locator("#reader .track").allTextContents(), ["gold", "old", "new"]);
  await accessible(page);
  await finish(page);
});

test("annotators stand side by side, two or three", async (t) => {
  const folders = ["annotations/annotator-a", "annotations/annotator-b", "annotations/gold"];
  for (const many of [2, 3]) {
    const args = ["agree", ...folders.slice(0, many), "--gamma", "--format", "html", "-o", "report.html"];
    const page = await opened(t, { args, hash: "#?doc=harbor&layer=mention" });
    assert.equal(await listed(page), 1);
    assert.match(await page.locator("#list").textContent(), /label.*annotator-a nominal → annotator-b name/);
    assert.match(await page.locator("#chance").textContent(), /Krippendorff's alpha/);
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
    await accessible(page);
    await page.keyboard.press("s");
    assert.equal(await page.locator("#reader .track").count(), many);
    await finish(page);
  }
});

/** Copies of the shipped texts that may be looked at, as many as are asked for. */
function manyDocuments(dir, many) {
  const [head, ...rows] = readFileSync(path.join(root, "corpus/manifest.csv"), "utf8").trim().split("\n");
  assert.ok(head.startsWith("document,"));
  const gold = new Set(readdirSync(path.join(root, "annotations/gold")));
  const names = rows
    .filter((row) => row.includes(",dev,"))
    .map((row) => row.split(",")[0])
    .filter((name) => gold.has(`${name}.json`));
  for (const folder of ["corpus", "gold"]) mkdirSync(path.join(dir, folder));
  let made = 0;
  for (let copy = 1; made < many; copy += 1) {
    for (const name of names) {
      let text;
      try {
        text = readFileSync(path.join(root, "corpus", `${name}.txt`));
      } catch {
        continue; // withheld
      }
      const set = JSON.parse(readFileSync(path.join(root, "annotations/gold", `${name}.json`), "utf8"));
      writeFileSync(path.join(dir, "corpus", `${name}-${copy}.txt`), text);
      writeFileSync(path.join(dir, "gold", `${name}-${copy}.json`), JSON.stringify({ ...set, document: `${name}-${copy}` }));
      made += 1;
      if (made === many) return;
    }
  }
}

/** What acts cost the page's own thread, in ms of processor time: other work on the computer does not count. */
async function stopwatch(page) {
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await client.send("Performance.getMetrics");
    return 1000 * metrics.find(({ name }) => name === "TaskDuration").value;
  };
}

test("500 documents stay fluent", async (t) => {
  const dir = folder(t);
  manyDocuments(dir, 500);
  goldrule(["eval", "--corpus", "corpus", "--gold", "gold", "--format", "html", "-o", "report.html"], { cwd: dir });
  const file = path.join(dir, "report.html");
  const page = await open(browser, "about:blank");
  const spent = await stopwatch(page);
  const began = [performance.now(), await spent()];
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector("#list [role=option]");
  const opening = [performance.now() - began[0], (await spent()) - began[1]];
  const timed = async (act) => {
    const before = await spent();
    const wall = await page.evaluate(async (act) => {
      const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      const press = (key) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      const acts = {
        "filter by layer": () => (location.hash = "#?layer=mention&show=all"),
        "filter by class": () => (location.hash = "#?layer=stance&class=missed"),
        search: () => {
          const query = document.getElementById("query");
          query.value = "detainer";
          query.dispatchEvent(new Event("input"));
        },
        "next record": () => press("j"),
        "next document": () => press("]"),
      };
      const began = performance.now();
      acts[act]();
      await frame();
      return performance.now() - began;
    }, act);
    return [wall, (await spent()) - before];
  };
  assert.equal(await page.locator("#doc option").count(), 501);
  assert.match(await count(page), /^\d+ of 1\d{4} records$/);
  const times = { opening };
  for (const act of ["filter by layer", "filter by class", "next record", "search", "next document"]) times[act] = await timed(act);
  const figures = Object.entries(times).map(([name, [wall, own]]) => `${name} ${own.toFixed(0)} (${wall.toFixed(0)})`);
  t.diagnostic(`500 documents, ${(statSync(file).size / 1e6).toFixed(1)} MB; ms of the page's thread (by the clock): ${figures.join(", ")}`);
  await page.click("#more-documents");
  assert.equal(await page.locator("#by-document tbody tr").count(), 500);
  // Half as much again as is aimed at: a busy computer has less of its caches for each.
  for (const [act, [, own]] of Object.entries(times)) {
    const most = { opening: 1500, search: 300 }[act] ?? 150;
    assert.ok(own < most, `${act} took ${own} ms of ${most}`);
  }
  await finish(page);
});

test("pictures of the report", async (t) => {
  const dir = folder(t);
  const file = path.join(dir, "report.html");
  goldrule(["eval", "--format", "html", "-o", file]);
  const light = await open(browser, file, { viewport: { width: 1280, height: 1060 } });
  await picture(light, "report-light");
  await finish(light);
  const dark = await open(browser, file, { viewport: { width: 1280, height: 860 }, colorScheme: "dark" });
  await jump(dark, "#?layer=stance&show=all&doc=tallow-county-straight-answers");
  await dark.waitForSelector("#reader .words");
  await picture(dark, "report-dark");
  await finish(dark);
});
