// The documents and records of the page, and what is asked of them everywhere.

const data = JSON.parse(document.getElementById("data").textContent);
const tracks = data.tracks;
const pages = data.documents;
const records = [];
for (const page of pages) {
  for (const record of page.records) {
    record.page = page;
    record.number = records.length;
    records.push(record);
  }
}

/** An element with text, attributes and children; whatever is put in stays text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Where each code point begins in UTF-16 units; null where the two count the same. */
function unitsOf(page) {
  if (page.units !== undefined) return page.units;
  page.units = null;
  if (page.text !== null && /[\ud800-\udbff]/.test(page.text)) {
    const units = [];
    for (let at = 0; at < page.text.length; at += page.text.codePointAt(at) > 0xffff ? 2 : 1) units.push(at);
    units.push(page.text.length);
    page.units = units;
  }
  return page.units;
}

/** The place of a code point in the text's string. */
function unit(page, point) {
  const units = unitsOf(page);
  return units === null ? point : units[Math.min(point, units.length - 1)];
}

/** The code point at a place of the string. */
function point(page, at) {
  const units = unitsOf(page);
  return units === null ? at : after(units, at) - 1;
}

/** How many of sorted numbers are not above one. */
function after(numbers, number) {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The characters of a side; null where the text is not here. */
function quote(page, side) {
  if (page.text === null || side.start === undefined) return null;
  return page.text.slice(unit(page, side.start), unit(page, side.end));
}

/** Line and column, both from 1, where the text is here, else the code point. */
function place(page, start) {
  if (start === undefined) return "–";
  if (page.text === null) return `at ${start}`;
  if (page.lines === undefined) {
    page.lines = [0];
    for (let at = page.text.indexOf("\n"); at >= 0; at = page.text.indexOf("\n", at + 1)) page.lines.push(at + 1);
  }
  const at = unit(page, start);
  const line = after(page.lines, at);
  return `${line}:${start - point(page, page.lines[line - 1]) + 1}`;
}

/** A word of the vocabulary as people read it. */
const said = (word) => word.replaceAll("_", " ");

/** What a side says, in a few words. */
function label(side) {
  if (side === null) return "–";
  const { topic, position, form, kind } = side.words;
  return topic === undefined ? said(form ?? kind ?? "") : `${said(topic)}: ${said(position)}`;
}

/** The first side there is. */
const first = (record) => record.sides.find((side) => side !== null);

/** Whether anything is wrong with a record or has changed. */
const isFault = (record) => record.class !== undefined;
