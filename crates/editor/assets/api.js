// The way to the server: requests with the run's token, a queue of entries that arrive once and in order.

import { behind } from "./dom.js";

const KEY = "goldrule-token";

/** The token stands in the printed address, behind "#"; a reload takes it from the session. */
export function readAddress() {
  const hash = new URLSearchParams(location.hash.slice(1));
  if (hash.has("token")) {
    sessionStorage.setItem(KEY, hash.get("token"));
    hash.delete("token");
    history.replaceState(null, "", `#${hash}`);
  }
  return hash.get("doc");
}

export class Fault extends Error {
  constructor(status, body) {
    super(body?.error ?? body?.why ?? (typeof body === "string" ? body : "") ?? "");
    this.status = status;
    this.body = body;
  }
}

async function request(method, path, body, { signal, keepalive = false } = {}) {
  const headers = { "x-goldrule-token": sessionStorage.getItem(KEY) ?? "" };
  if (body !== undefined) headers["content-type"] = "application/json";
  const answer = await fetch(`/api/${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal, keepalive });
  const text = await answer.text();
  let parsed = text;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Refusals of the guard are plain text.
  }
  if (!answer.ok) throw new Fault(answer.status, parsed);
  return parsed;
}

export const get = (path, signal) => request("GET", path, undefined, { signal });
export const post = (path, body = {}, options = {}) => request("POST", path, body, options);
export const path = (id, rest = "") => `documents/${encodeURIComponent(id)}${rest}`;

const pause = (time) => new Promise((done) => setTimeout(done, time));

/** One document's line to the server. */
export class Link {
  constructor(id, client, handlers) {
    Object.assign(this, { id, client, handlers });
    this.queue = [];
    this.number = Date.now();
    this.closed = new AbortController();
    this.sending = undefined;
    this.seq = 0;
    this.bell = 0;
    const { signal } = this.closed;
    window.addEventListener("pagehide", () => this.#flush(), { signal });
    // A page that is not in sight gets no frame, and may get no more time.
    document.addEventListener("visibilitychange", () => document.hidden && this.#flush(), { signal });
  }

  /** Sends an entry behind those that wait; it is kept and sent again while the server is away. */
  send(entry) {
    entry.client = this.client;
    entry.number = ++this.number;
    this.queue.push(entry);
    this.handlers.sending();
    // Behind the frame: what the key did is on the screen first, and on its way right after.
    this.sending ??= new Promise(behind).then(() => this.#drain()).finally(() => (this.sending = undefined));
  }

  /** Sends what waits while the page goes away, where nothing waits for an answer; the server takes an entry once. */
  #flush() {
    for (const entry of this.queue) this.#post(entry, { keepalive: true }).catch(() => {});
  }

  #post({ client, number, kind, label, changes, of }, options) {
    return post(path(this.id, "/entries"), { client, number, kind, label, changes, of: of?.seq }, options);
  }

  /** Resolves when nothing waits to be sent. */
  async sent() {
    while (this.sending) await this.sending;
  }

  async #drain() {
    while (this.queue.length && !this.closed.signal.aborted) {
      const entry = this.queue[0];
      try {
        const answer = await this.#post(entry);
        entry.seq = answer.seq;
        this.answered = Math.max(this.answered ?? 0, answer.seq);
        this.queue.shift();
        this.handlers.away(0);
      } catch (fault) {
        if (!(fault instanceof Fault)) {
          this.handlers.away(this.queue.length);
          await pause(600);
        } else {
          this.queue.shift();
          await this.handlers.refused(entry, fault);
        }
      }
    }
  }

  /** Waits for news until the document is closed. */
  async listen() {
    while (!this.closed.signal.aborted) {
      try {
        const news = await get(path(this.id, `/events?since=${this.seq}&bell=${this.bell}`), this.closed.signal);
        this.take(news);
      } catch (fault) {
        if (this.closed.signal.aborted) return;
        this.handlers.away(fault instanceof Fault ? 0 : Math.max(this.queue.length, 1));
        await pause(800);
      }
    }
  }

  /** Whether news tell of everything this window did. */
  isAllIn(news) {
    return this.queue.length === 0 && news.seq >= (this.answered ?? 0);
  }

  take(news) {
    this.bell = news.bell;
    this.seq = Math.max(this.seq, news.seq);
    this.handlers.news(news);
  }

  close() {
    this.closed.abort();
  }
}
