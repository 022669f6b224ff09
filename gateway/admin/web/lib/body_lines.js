// A body as lines that can be marked: JSON is laid out anew without changing a single value of it,
// forms become a line a field, anything else stays as it is. Each line knows which JSON pointer it
// shows, so that a problem's place can be found.

/** [{ text, pointer }]; pointer is null for lines that show no value of their own. */
export function bodyLines(body, contentType) {
  return jsonLines(body) ?? formLines(body, contentType) ?? plainLines(body);
}

function plainLines(body) {
  return body.split(/\r\n|\n|\r/).map((text) => ({ text, pointer: null }));
}

function formLines(body, contentType) {
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType ?? "")) return null;
  return [...new URLSearchParams(body)].map(([name, value]) => ({
    text: `${name} = ${value}`,
    pointer: `/${escapeSegment(name)}`,
  }));
}

function jsonLines(body) {
  try {
    JSON.parse(body);
  } catch {
    return null;
  }
  return new Layout(body).lines();
}

export function escapeSegment(name) {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** Lays out valid JSON. Numbers and strings are copied as they stand: parsing would round the long
 *  ones. */
class Layout {
  constructor(text) {
    this.tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
    this.next = 0;
    this.out = [];
    this.line = { text: "", pointer: null };
  }

  lines() {
    this.value("", 0, "");
    this.endLine("");
    return this.out;
  }

  take() {
    return this.tokens[this.next++];
  }

  endLine(indent) {
    this.out.push(this.line);
    this.line = { text: indent, pointer: null };
  }

  value(prefix, depth, pointer) {
    this.line.text += prefix;
    this.line.pointer = pointer;
    const token = this.take();
    this.line.text += token;
    if (token === "{") this.members(depth, pointer, "}");
    if (token === "[") this.members(depth, pointer, "]");
  }

  members(depth, pointer, close) {
    if (this.tokens[this.next] === close) {
      this.line.text += this.take();
      return;
    }
    for (let index = 0; ; index += 1) {
      this.endLine("  ".repeat(depth + 1));
      let prefix = "";
      let segment = String(index);
      if (close === "}") {
        const name = this.take();
        this.take(); // The colon.
        prefix = `${name}: `;
        segment = JSON.parse(name);
      }
      this.value(prefix, depth + 1, `${pointer}/${escapeSegment(segment)}`);
      const token = this.take();
      if (token === close) break;
      this.line.text += token;
    }
    this.endLine("  ".repeat(depth) + close);
  }
}

/** The number of the line that shows that place, or else the nearest one around it; -1 if there is
 *  none, as in a body that is not understood at all. */
export function lineOf(lines, pointer) {
  for (let place = pointer; ; place = place.slice(0, place.lastIndexOf("/"))) {
    const found = lines.findIndex((line) => line.pointer === place);
    if (found >= 0) return found;
    if (place === "") return -1;
  }
}
