// What it takes to annotate one shipped document completely: here, and by brat's manual.
//
// With UPDATE=1 the figures in crates/editor/KEYSTROKES.md are written anew; else they are held to.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { Annotator, brat, content, edit, read, saved, shipped, window } from "./editing.js";
import { finish, launch, root } from "./helpers.js";

const NAME = "puerto-ceniza-police-leave-port-task-force";
const PAGE = path.join(root, "crates", "editor", "KEYSTROKES.md");

/** Writes gold with the help of suggestions: right ones are taken, wrong ones rejected, the rest marked by hand. */
async function assisted(page, annotator, gold, text) {
  await annotator.press("g");
  await page.waitForFunction(() => globalThis.goldrule.editor.suggestions.waiting);
  const agencyAt = new Map(gold.agencies.flatMap((agency) => agency.mentions.map((mention) => [`${mention.start} ${mention.end}`, agency])));
  // An annotator sees whose stance is suggested: the agency is the one whose mentions the rules found.
  const suggested = await page.evaluate(() => globalThis.goldrule.editor.suggestions.records);
  const holds = new Map();
  for (const one of suggested) {
    const agency = one.layer === "mention" && agencyAt.get(`${one.start} ${one.end}`);
    if (agency && !holds.has(one.agency)) holds.set(one.agency, agency.id);
  }
  const right = (one) => {
    if (one.layer === "mention") return agencyAt.get(`${one.start} ${one.end}`)?.mentions.some((mention) => mention.start === one.start && mention.form === one.form);
    if (one.layer === "citation") return gold.citations.some((known) => known.start === one.start && known.end === one.end && known.kind === one.kind && known.canonical === one.canonical);
    return gold.stances.some((known) => known.start === one.start && known.end === one.end && known.topic === one.topic && known.position === one.position && known.attribution === one.attribution && known.agency === holds.get(one.agency));
  };
  for (;;) {
    const ghost = await page.evaluate(() => globalThis.goldrule.editor.ghostInHand() ?? null);
    if (!ghost) {
      const left = await page.evaluate(() => globalThis.goldrule.editor.suggestions.waiting.length);
      if (left === 0) break;
      await annotator.press("n");
      continue;
    }
    await annotator.press(right(ghost) ? "y" : "x");
    await page.waitForTimeout(30);
  }
  await annotator.press("g");
  const made = await page.evaluate(() => globalThis.goldrule.editor.model.records());
  // Agencies that were taken: put their names, kinds and jurisdictions right.
  const known = new Map();
  for (const one of made.filter((record) => record.layer === "mention")) {
    const agency = agencyAt.get(`${one.start} ${one.end}`);
    if (agency && !known.has(agency.id)) known.set(agency.id, one.agency);
  }
  const rest = {
    agencies: gold.agencies.map((agency) => ({ ...agency, mentions: agency.mentions.filter((mention) => !made.some((one) => one.layer === "mention" && one.start === mention.start && one.end === mention.end)) })),
    citations: gold.citations.filter((citation) => !made.some((one) => one.layer === "citation" && one.start === citation.start && one.end === citation.end)),
    stances: gold.stances.filter((stance) => !made.some((one) => one.layer === "stance" && one.start === stance.start && one.end === stance.end && one.topic === stance.topic && one.agency === known.get(stance.agency))),
  };
  await annotator.finishAgencies(gold, known, made);
  await annotator.write(rest, text, known, gold);
}

test("one shipped document is annotated completely, and the steps are counted beside brat's", async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  const { gold } = shipped(t, NAME);
  const rows = [];
  for (const [how, mouse, help] of [["keys alone", false, false], ["mouse to select, keys to label", true, false], ["with suggestions, mouse and keys", true, true]]) {
    const { dir } = shipped(t, NAME);
    const text = readFileSync(path.join(dir, "corpus", `${NAME}.txt`), "utf8");
    const server = await edit(t, dir);
    const page = await window(browser, server, NAME);
    const annotator = new Annotator(page, { mouse });
    if (help) await assisted(page, annotator, gold, text);
    else await annotator.write(gold, text);
    await saved(page);
    assert.deepEqual(content(read(server, NAME)), content(gold), how);
    rows.push([`goldrule edit, ${how}`, annotator.keys, annotator.gestures, annotator.keys + annotator.gestures, annotator.typed]);
    await finish(page);
  }
  const theirs = brat(gold);
  rows.push(["brat, by its manual", "", "", theirs.total, theirs.typed]);
  const table = ["| how | keys | drags and clicks | together | characters typed |", "| --- | ---: | ---: | ---: | ---: |", ...rows.map((row) => `| ${row.join(" | ")} |`)].join("\n");
  t.diagnostic(`\n${table}`);
  assert.ok(rows[1][3] < theirs.total && rows[2][3] < theirs.total, "fewer steps than brat");
  const source = readFileSync(PAGE, "utf8");
  const mentions = gold.agencies.reduce((sum, agency) => sum + agency.mentions.length, 0);
  const of = `\`${NAME}\`: ${gold.agencies.length} agencies with ${mentions} mentions, ${gold.stances.length} stances, ${gold.citations.length} citations.`;
  const fresh = source.replace(/(<!-- counted -->\n)[\s\S]*(<!-- end -->)/u, `$1${of}\n\n${table}\n$2`);
  if (process.env.UPDATE) writeFileSync(PAGE, fresh);
  else assert.equal(source, fresh, "run it with UPDATE=1 where the counts changed for a reason");
});
