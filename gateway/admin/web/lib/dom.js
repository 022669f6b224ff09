// Makes elements. Text only ever becomes a text node: nothing here, and nothing anywhere else in this
// page, turns a string into markup, and the server's Content-Security-Policy would forbid it.

/**
 * el("p", { class: "soft" }, "Hello ", el("strong", "you")). Attributes that are null, undefined or
 * false are left out, true is the empty value; `on` holds listeners, `value` and `checked` are
 * properties. Children that are null or false are left out, lists are taken apart.
 */
export function el(name, ...rest) {
  const node = document.createElement(name);
  if (isAttributes(rest[0])) setAttributes(node, rest.shift());
  append(node, rest);
  return node;
}

export function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

/** Puts these children in place of those that are there. */
export function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

function isAttributes(value) {
  return value !== null && typeof value === "object" && !(value instanceof Node) && !Array.isArray(value);
}

function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
    } else if (name === "value" || name === "checked") {
      node[name] = value;
    } else {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
}

let lastId = 0;

/** An id that no other element has. */
export function freshId(name) {
  lastId += 1;
  return `${name}-${lastId}`;
}

/** Has a screen reader say it. */
export function announce(text) {
  const place = document.getElementById("announcements");
  place.textContent = "";
  // The same text again is news only if it was away for a moment.
  setTimeout(() => {
    place.textContent = text;
  }, 50);
}
