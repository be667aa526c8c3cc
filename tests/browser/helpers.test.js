// The helpers themselves: a page that breaks the rules must not pass.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import test, { after, before } from "node:test";

import { accessible, finish, folder, isLocal, launch, open } from "./helpers.js";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function opened(t, body) {
  const file = path.join(folder(t), "page.html");
  writeFileSync(file, `<!doctype html><html lang="en"><title>page</title><main>${body}</main></html>`);
  return open(browser, file);
}

test("only the page and this computer are local", () => {
  const local = ["file:///a", "data:,a", "http://127.0.0.1:1/", "ws://localhost:8080/x", "http://[::1]/"];
  assert.deepEqual(local.filter(isLocal), local);
  const outside = ["https://example.org/", "http://127.0.0.1.example.org/", "ftp://localhost/", "http://10.0.0.1/"];
  assert.deepEqual(outside.filter(isLocal), []);
});

test("a request to elsewhere fails the page", async (t) => {
  const page = await opened(t, '<h1>Page</h1><img alt="" src="http://example.org/x.png">');
  await page.waitForLoadState();
  await assert.rejects(finish(page), /request to http:\/\/example\.org/);
});

test("an error of the page fails it", async (t) => {
  const page = await opened(t, "<h1>Page</h1><script>missing()</script>");
  await assert.rejects(finish(page), /missing is not defined/);
});

test("a serious fault of access is found, and a plain page has none", async (t) => {
  const plain = await opened(t, "<h1>Page</h1><p>Text</p>");
  await accessible(plain);
  await finish(plain);
  const faulty = await opened(t, "<h1>Page</h1><button></button>");
  await assert.rejects(accessible(faulty), /button-name/);
  await finish(faulty);
});
