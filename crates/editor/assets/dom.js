// Elements without markup: every string becomes text.

/** Makes an element; `on…` keys are listeners, `style` an object, the rest attributes. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, one] of Object.entries(value)) element.style.setProperty(key, one);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** Makes these the children of an element; those that are its children already are not touched. */
export function arrange(parent, children) {
  const kept = new Set(children);
  for (const child of [...parent.childNodes]) if (!kept.has(child)) child.remove();
  let next = parent.firstChild;
  for (const child of children) {
    if (child === next) next = next.nextSibling;
    else parent.insertBefore(child, next);
  }
}

/** Gives an element a text; one that it has already is not drawn anew. */
export function put(element, text) {
  const node = element.firstChild;
  // A text that only says something else is laid out anew, and not first taken out and put in again.
  if (node?.nodeType === Node.TEXT_NODE && !node.nextSibling) {
    if (node.data !== text) node.data = text;
  } else if (element.textContent !== text) element.textContent = text;
}

/** Shows one of the elements that share a place; the others keep their style and layout for when they return. */
export function turn(place, shown) {
  for (const one of place.children) one.classList.toggle("away", one !== shown);
}

/** How long work that waits for a frame waits where the browser draws none, in milliseconds. */
const NO_FRAME = 100;

/** Runs something behind the next frame, so that what was drawn is on the screen first; soon where there is no frame. */
export function behind(run) {
  let over = false;
  const once = () => {
    if (over) return;
    over = true;
    run();
  };
  setTimeout(once, NO_FRAME);
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    // Arrives when the frame is painted.
    port1.onmessage = once;
    port2.postMessage(undefined);
  });
}

/** Runs something when nobody waits. */
export const idle = globalThis.requestIdleCallback ?? ((run) => setTimeout(run, 1));

export const byId = (id) => document.getElementById(id);

/** A button with its key beside the label. */
export function button(label, key, run, attributes = {}) {
  const kbd = key ? el("kbd", {}, key) : undefined;
  // The text keeps the focus, so that the next key goes there.
  const stay = (event) => event.preventDefault();
  return el("button", { type: "button", onclick: run, onmousedown: stay, ...attributes }, el("span", {}, label), kbd);
}

/** Says something to those who listen rather than look. */
export function say(text) {
  byId("said").textContent = text;
}

/** Shows a message over the text until it is dismissed. */
export function notice(text, kind = "info", actions = []) {
  const box = el("div", { class: `notice ${kind}` }, el("p", {}, text));
  const close = () => box.remove();
  const run = (action) => () => {
    close();
    action.run();
  };
  box.append(el("div", { class: "actions" }, actions.map((one) => button(one.label, one.key, run(one))), button("Dismiss", "", close)));
  byId("notices").append(box);
  return box;
}
