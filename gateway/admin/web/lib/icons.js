// Line icons, drawn for this page on a grid of 20.

const SHAPES = {
  webhook: ["M7.5 8.5 5 12.8a2.6 2.6 0 1 0 2.4 3.7h5.1", "M12.6 11.6 10 7.2a2.6 2.6 0 1 0-3.4-3", "M10 5.2l2.6 4.4a2.6 2.6 0 1 1 2 4.7"],
  tools: ["M3.5 6.5h7", "M14.5 6.5h2", "M12.5 4.5v4", "M3.5 13.5h2", "M9.5 13.5h7", "M7.5 11.5v4"],
  flask: ["M8 3.5h4", "M8.8 3.5v4.6L4.6 15a1.2 1.2 0 0 0 1 1.8h8.8a1.2 1.2 0 0 0 1-1.8l-4.2-6.9V3.5", "M6.6 12.5h6.8"],
  calendar: ["M4.5 5h11a1 1 0 0 1 1 1v9.5a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z", "M3.5 8.6h13", "M7 3.3v3", "M13 3.3v3"],
  inbox: ["M3.5 11.5 5.6 5a1 1 0 0 1 1-.7h6.8a1 1 0 0 1 1 .7l2.1 6.5v3.7a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1z", "M3.5 11.5h3.7l1 2h3.6l1-2h3.7"],
  clock: ["M10 3.3a6.7 6.7 0 1 1 0 13.4 6.7 6.7 0 0 1 0-13.4z", "M10 6.4V10l2.4 1.6"],
  plug: ["M7.5 3.5v3.6", "M12.5 3.5v3.6", "M5.2 7.1h9.6v2.3a4.8 4.8 0 0 1-9.6 0z", "M10 14.2v2.6"],
  people: ["M7.8 4.2a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2z", "M2.9 16c.3-2.6 2.3-4 4.9-4s4.6 1.4 4.9 4", "M13.2 4.8a2.4 2.4 0 0 1 0 4.3", "M14.6 12.3c1.5.5 2.4 1.8 2.6 3.7"],
  building: ["M5 16.7V4.3a.8.8 0 0 1 .8-.8h8.4a.8.8 0 0 1 .8.8v12.4", "M3.3 16.7h13.4", "M8 7h.1M12 7h.1M8 10h.1M12 10h.1", "M8.8 16.7v-3h2.4v3"],
  key: ["M7 8.4a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 0 1 0-6.8z", "M9.5 9.3l6.2-6", "M13.3 5.6l2 2"],
  copy: ["M7.6 7.2h7.6a1 1 0 0 1 1 1v7.6a1 1 0 0 1-1 1H7.6a1 1 0 0 1-1-1V8.2a1 1 0 0 1 1-1z", "M13.2 7.2V4.4a1 1 0 0 0-1-1H4.6a1 1 0 0 0-1 1V12a1 1 0 0 0 1 1h2"],
  check: ["M4.5 10.6l3.6 3.6 7.4-8"],
  info: ["M10 3.3a6.7 6.7 0 1 1 0 13.4 6.7 6.7 0 0 1 0-13.4z", "M10 9.3v4", "M10 6.6v.1"],
  warning: ["M10 3.8l7 12.2a.4.4 0 0 1-.4.6H3.4a.4.4 0 0 1-.4-.6z", "M10 8.4v3.6", "M10 14.2v.1"],
  retry: ["M16.2 10a6.2 6.2 0 1 1-1.9-4.5", "M16.4 3.4v3.3h-3.3"],
  chevrons: ["M7 8l3-3.2L13 8", "M7 12l3 3.2 3-3.2"],
  back: ["M11.8 5 6.8 10l5 5"],
};

const SVG = "http://www.w3.org/2000/svg";

/** For the eye alone: screen readers pass over it. */
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("viewBox", "0 0 20 20");
  drawing.setAttribute("aria-hidden", "true");
  for (const shape of SHAPES[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", shape);
    drawing.append(path);
  }
  return drawing;
}
