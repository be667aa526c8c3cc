// Where the annotator is: a caret and a selection in the text, by keys and by mouse.

import { sentence, words } from "./words.js";

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** How long after a key a selection that is not seen is set, in milliseconds. */
const REST = 120;

export class Caret {
  constructor(view, element, changed) {
    Object.assign(this, { view, element, changed, anchor: 0, focus: 0 });
    this.text = view.model.text;
    this.words = new WeakMap();
    this.column = undefined;
    const { root } = view;
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    root.addEventListener("mousedown", (event) => this.#press(event), { signal });
    document.addEventListener("mouseup", (event) => this.#release(event), { signal });
    document.addEventListener("selectionchange", () => this.#follow(), { signal });
    root.addEventListener("focus", () => this.draw(), { signal });
    root.addEventListener("blur", () => this.draw(), { signal });
    root.parentElement.addEventListener("scroll", () => this.#paint(), { signal, passive: true });
    window.addEventListener("resize", () => this.#paint(), { signal });
  }

  close() {
    this.listeners.abort();
    this.element.hidden = true;
  }

  get start() {
    return Math.min(this.anchor, this.focus);
  }

  get end() {
    return Math.max(this.anchor, this.focus);
  }

  get selected() {
    return this.text.slice(this.start, this.end);
  }

  /** Selects [anchor, focus], or moves the caret where they are the same. */
  set(anchor, focus = anchor, { reveal = true, column = undefined } = {}) {
    const limit = (at) => Math.max(0, Math.min(at, this.text.length));
    [this.anchor, this.focus] = [limit(anchor), limit(focus)];
    this.column = column;
    this.revealing ||= reveal;
    this.draw();
    this.changed();
  }

  /** Shows the selection as the browser shows one, and the caret where it has none; once for all that a key does. */
  draw() {
    if (this.waiting) return;
    this.waiting = true;
    // Behind all else that the key draws, so that the place of the caret is asked for once, and the page laid
    // out for that is the one that is painted.
    queueMicrotask(() =>
      queueMicrotask(() => {
        this.waiting = false;
        this.#draw();
      }),
    );
  }

  #draw() {
    if (this.listeners.signal.aborted) return;
    if (this.revealing) this.view.reveal(this.focus);
    this.revealing = false;
    // A field that is written in has a selection of its own.
    if (document.activeElement?.matches("input")) return;
    this.#paint();
    clearTimeout(this.unset);
    // A selection that nobody sees, of no character as the one before, is set when the keys rest: it costs a frame.
    const unseen = !this.pressed && this.anchor === this.focus && getSelection().isCollapsed;
    if (unseen) this.unset = setTimeout(() => this.#select(), REST);
    else this.#select();
  }

  /** Gives the browser's selection the place of this one. */
  #select() {
    this.unset = undefined;
    if (this.listeners.signal.aborted || document.activeElement?.matches("input")) return;
    const [node, offset] = this.view.toDom(this.anchor);
    const [last, end] = this.view.toDom(this.focus);
    getSelection().setBaseAndExtent(node, offset, last, end);
  }

  #paint() {
    const box = this.view.box(this.focus);
    const frame = this.view.root.parentElement.getBoundingClientRect();
    this.element.hidden = !box || document.activeElement !== this.view.root || box.top < frame.top || box.bottom > frame.bottom;
    if (this.element.hidden) return;
    // Moved by a transform, which asks for no layout.
    this.element.style.transform = `translate(${box.left - 1}px, ${box.top}px)`;
    this.element.style.height = `${box.height}px`;
  }

  #wordsOf(block) {
    if (!this.words.has(block)) {
      const found = words(this.text.slice(block.start, block.end));
      this.words.set(block, found.map(([start, end]) => [start + block.start, end + block.start]));
    }
    return this.words.get(block);
  }

  /** Moves by words: to the next beginning; selecting, to the next end. */
  word(direction, extend) {
    let at = this.view.blockAt(this.focus);
    const edge = extend && direction > 0 ? 1 : 0;
    for (; at >= 0 && at < this.view.blocks.length; at += direction) {
      const found = this.#wordsOf(this.view.blocks[at]);
      const next =
        direction > 0
          ? found.find((word) => word[edge] > this.focus)
          : found.findLast((word) => word[edge] < this.focus);
      if (next) return this.#go(next[edge], extend);
    }
    return this.#go(direction > 0 ? this.text.length : 0, extend);
  }

  /** Moves by what readers take for one character. */
  character(direction, extend) {
    const block = this.view.blocks[this.view.blockAt(direction < 0 ? Math.max(this.focus - 1, 0) : this.focus)];
    if (!block) return;
    const found = [...graphemes.segment(this.text.slice(block.start, block.end))].map((one) => one.index + block.start);
    found.push(block.end);
    const next = direction > 0 ? found.find((one) => one > this.focus) : found.findLast((one) => one < this.focus);
    this.#go(next ?? this.focus, extend);
  }

  /** Moves by lines of the screen. */
  line(direction, extend, many = 1) {
    const box = this.view.box(this.focus);
    if (!box) return this.set(this.focus);
    const x = this.column ?? box.left;
    const height = Number.parseFloat(getComputedStyle(this.view.root).lineHeight) || 30;
    const scroller = this.view.root.parentElement;
    let y = box.top + box.height / 2 + direction * height * many;
    const frame = scroller.getBoundingClientRect();
    if (y < frame.top + 10 || y > frame.bottom - 40) {
      const before = scroller.scrollTop;
      scroller.scrollTop += direction * height * Math.max(many, 3);
      y -= scroller.scrollTop - before;
    }
    for (let tries = 0; tries < 4; tries++, y += (direction * height) / 2) {
      const unit = this.#at(x, y);
      if (unit !== undefined && (direction > 0 ? unit > this.focus : unit < this.focus)) {
        return this.set(extend ? this.anchor : unit, unit, { column: x });
      }
    }
    const block = this.view.blocks[this.view.blockAt(this.focus) + direction];
    return this.#go(block?.start ?? (direction > 0 ? this.text.length : 0), extend);
  }

  /** Moves to the beginning or end of the line of the text, or of the whole. */
  edge(direction, extend, whole) {
    const block = this.view.blocks[this.view.blockAt(this.focus)];
    const line = direction < 0 ? (block?.start ?? 0) : this.#lineEnd(block);
    this.#go(whole ? (direction < 0 ? 0 : this.text.length) : line, extend);
  }

  #lineEnd(block) {
    if (!block) return 0;
    return block.start + this.text.slice(block.start, block.end).trimEnd().length;
  }

  /** Selects the sentence at the caret; where it is selected, the one behind it. */
  sentence() {
    const at = (unit) => {
      const block = this.view.blocks[this.view.blockAt(unit)];
      if (!block) return [0, 0];
      const [start, end] = sentence(this.text.slice(block.start, block.end), unit - block.start);
      return [start + block.start, end + block.start];
    };
    let [start, end] = at(this.start);
    if (start === this.start && end === this.end) {
      const next = this.text.slice(end).search(/\s[^\s]/u);
      if (next >= 0) [start, end] = at(end + next + 1);
    }
    this.set(start, end);
  }

  /** Widens the selection to whole words. */
  toWords() {
    const block = this.view.blocks[this.view.blockAt(this.start)];
    const last = this.view.blocks[this.view.blockAt(Math.max(this.end - 1, 0))];
    if (!block || !last) return;
    const first = this.#wordsOf(block).find((word) => word[1] > this.start);
    const final = this.#wordsOf(last).findLast((word) => word[0] < this.end);
    if (first && final && first[0] < final[1]) this.set(first[0], final[1], { reveal: false });
  }

  #go(unit, extend) {
    this.set(extend ? this.anchor : unit, unit);
  }

  #at(x, y) {
    const place = document.caretPositionFromPoint?.(x, y);
    if (place) return this.view.fromDom(place.offsetNode, place.offset);
    const range = document.caretRangeFromPoint?.(x, y);
    return range ? this.view.fromDom(range.startContainer, range.startOffset) : undefined;
  }

  #press() {
    this.pressed = true;
    clearTimeout(this.unset);
    this.unset = undefined;
  }

  #release(event) {
    if (!this.pressed) return;
    this.pressed = false;
    this.#read();
    if (this.start === this.end) this.clicked?.(this.focus, event);
    else if (!event.altKey) this.toWords();
  }

  /** Follows selections that were not made here, such as those of a screen reader. */
  #follow() {
    if (this.unset !== undefined) return;
    if (this.pressed || document.activeElement === this.view.root) this.#read();
  }

  #read() {
    const selection = getSelection();
    if (!selection.anchorNode || !this.view.root.contains(selection.anchorNode)) return;
    const anchor = this.view.fromDom(selection.anchorNode, selection.anchorOffset);
    const focus = this.view.fromDom(selection.focusNode, selection.focusOffset);
    if (anchor === undefined || focus === undefined || (anchor === this.anchor && focus === this.focus)) return;
    [this.anchor, this.focus] = [anchor, focus];
    this.column = undefined;
    this.#paint();
    this.changed();
  }
}
