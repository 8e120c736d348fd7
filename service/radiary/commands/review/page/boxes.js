// Boxes over a picture: drawn, moved, resized and deleted with pointer or keys. Coordinates are the picture's own pixels.
import { element, spoken } from "./elements.js";

const NEAR = 4; // pixels by which the same text may be found elsewhere in another frame
const LEAST = 4; // pixels of a box's side
const WIDE = 0.15; // share of a picture from which on a look may well have found anatomy: such a box is hers to choose

const cut = (value, low, high) => Math.max(low, Math.min(high, Math.round(value)));

const near = (one, other) => one.every((side, n) => Math.abs(side - other[n]) <= NEAR);
const within = (inner, outer) => inner.slice(0, 2).every((side, n) => side >= outer[n] - NEAR) && inner.slice(2).every((side, n) => side <= outer[n + 2] + NEAR);

export class Boxes {
  // `size` gives [columns, rows], `changed` hears of every change, `says` speaks.
  constructor(stage, { size, changed, says }) {
    Object.assign(this, { stage, size, changed, says, all: [], page: 0, member: null, current: null });
    stage.addEventListener("pointerdown", event => this.draw(event));
  }

  visible() { return this.all.filter(box => this.member === null || box.members === null || box.members.has(this.member)); }

  // Those that are blanked: not what is as wide as anatomy, until she chooses it.
  chosen() { return this.visible().filter(box => !box.isWide); }
  isWide(at) {
    const [columns, rows] = this.size();
    return (at[2] + 1 - at[0]) * (at[3] + 1 - at[1]) > WIDE * columns * rows;
  }

  // Take in boxes that a look found on a page: those of text that stands (nearly) still become one.
  found(boxes, page, member, by = "") {
    for (const at of boxes) {
      if (!by && this.all.some(box => !box.pages && box.members && box.members.has(member) && within(at, box.at))) continue; // what she decided covers it
      const same = this.all.find(box => box.pages && this.isWide(at) === Boolean(box.isWide) && (near(box.at, at) || within(box.at, at) || within(at, box.at)));
      if (same) {
        same.pages.add(page);
        same.members.add(member);
        same.at = [...same.at.slice(0, 2).map((side, n) => Math.min(side, at[n])), ...same.at.slice(2).map((side, n) => Math.max(side, at[n + 2]))];
        same.isWide = !same.by && this.isWide(same.at);
      } else this.all.push({ at: [...at], pages: new Set([page]), members: new Set([member]), by, isWide: !by && this.isWide(at) });
    }
    this.paint();
  }

  // Her boxes as she left them, and those of what she decided about `member`: what she saw is not to be drawn again.
  hers(boxes, member = null) {
    for (const at of boxes) {
      const same = this.all.find(box => !box.pages && at.every((side, n) => side === box.at[n]));
      if (!same) this.all.push({ at: [...at], pages: null, members: member === null ? null : new Set([member]) });
      else if (same.members && member !== null) same.members.add(member);
      else same.members = null;
    }
    this.paint();
  }

  add(at = null) {
    const [columns, rows] = this.size();
    const box = { at: at || [columns * 0.3, rows * 0.42, columns * 0.7, rows * 0.58].map(Math.round), pages: null, members: null };
    this.all.push(box);
    this.paint();
    this.focus(box);
    return box;
  }
  focus(box) { const node = this.nodes.get(box); if (node) node.focus({ preventScroll: false }); }
  remove(box) {
    const seen = this.visible(), at = seen.indexOf(box);
    this.all = this.all.filter(one => one !== box);
    this.current = null;
    this.paint();
    const left = this.visible();
    if (left.length) this.focus(left[Math.min(at, left.length - 1)]); else this.stage.focus();
    this.says(left.length ? spoken("Box removed; %(number)s left.", { number: left.length }) : spoken("Box removed; none left."));
  }
  clear() { this.all = this.all.filter(box => !this.visible().includes(box)); this.paint(); }

  // Boxes keep their elements, so that focus stays where it is.
  paint() {
    this.nodes = this.nodes || new Map();
    const seen = this.visible();
    for (const [box, node] of [...this.nodes]) if (!seen.includes(box)) { node.remove(); this.nodes.delete(box); }
    for (const [number, box] of seen.entries()) {
      if (!this.nodes.has(box)) this.nodes.set(box, this.made(box));
      this.place(box, number + 1, seen.length);
    }
    this.changed();
  }
  made(box) {
    const node = element("button", { type: "button", className: "box" }, element("span", { className: "corner", "aria-hidden": "true" }));
    node.addEventListener("keydown", event => this.key(event, box));
    node.addEventListener("focus", () => { this.current = box; this.changed(); });
    node.addEventListener("click", () => this.choose(box));
    node.addEventListener("pointerdown", event => this.drag(event, box, event.target.className === "corner"));
    this.stage.append(node);
    return node;
  }
  place(box, number, total) {
    const [columns, rows] = this.size(), [x0, y0, x1, y1] = box.at, node = this.nodes.get(box);
    Object.assign(node.style, {
      left: `${100 * x0 / columns}%`, top: `${100 * y0 / rows}%`,
      width: `${100 * (x1 + 1 - x0) / columns}%`, height: `${100 * (y1 + 1 - y0) / rows}%`,
    });
    const where = box.isWide ? spoken("so large that it may be anatomy: press it to choose it") : box.pages ? (box.by || (box.pages.has(this.page) ? spoken("text may stand here") : spoken("text may stand here in another frame"))) : spoken("drawn by you");
    node.classList.toggle("wide", Boolean(box.isWide));
    node.classList.toggle("elsewhere", Boolean(box.pages) && !box.pages.has(this.page));
    node.dataset.at = box.at.join(",");
    node.setAttribute("aria-label", spoken("Box %(number)s of %(total)s, %(where)s: from %(left)s to %(right)s across, from %(top)s to %(bottom)s down", { number, total, where, left: x0, right: x1, top: y0, bottom: y1 }));
  }

  key(event, box) {
    const step = event.ctrlKey || event.metaKey ? 1 : Math.max(2, Math.round(this.size()[0] / 80));
    const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (by) event.shiftKey ? this.resize(box, box.at[2] + by[0], box.at[3] + by[1]) : this.move(box, box.at[0] + by[0], box.at[1] + by[1]);
    else if (event.key === "Delete" || event.key === "Backspace") this.remove(box);
    else return;
    event.preventDefault();
    if (by) this.says(spoken("From %(left)s to %(right)s across, from %(top)s to %(bottom)s down.", { left: box.at[0], right: box.at[2], top: box.at[1], bottom: box.at[3] }));
  }
  choose(box) {
    if (!box.isWide) return;
    this.set(box, box.at);
    this.says(spoken("Chosen."));
  }
  move(box, x, y) {
    const [columns, rows] = this.size(), [x0, y0, x1, y1] = box.at;
    const left = cut(x, 0, columns - 1 - (x1 - x0)), top = cut(y, 0, rows - 1 - (y1 - y0));
    this.set(box, [left, top, left + x1 - x0, top + y1 - y0]);
  }
  resize(box, x, y) {
    const [columns, rows] = this.size(), [x0, y0] = box.at;
    this.set(box, [x0, y0, cut(x, Math.min(columns - 1, x0 + LEAST), columns - 1), cut(y, Math.min(rows - 1, y0 + LEAST), rows - 1)]);
  }
  set(box, at) {
    box.at = at;
    box.pages = box.members = null; // hers from now on, on every picture
    box.isWide = false;
    this.paint();
  }

  point(event) {
    const [columns, rows] = this.size(), seen = this.stage.getBoundingClientRect();
    return [cut((event.clientX - seen.left) * columns / seen.width, 0, columns - 1), cut((event.clientY - seen.top) * rows / seen.height, 0, rows - 1)];
  }
  drag(event, box, isCorner) {
    event.stopPropagation();
    const from = this.point(event), [x0, y0, x1, y1] = box.at;
    this.follow(event, to => {
      const by = [to[0] - from[0], to[1] - from[1]];
      if (isCorner) this.resize(box, x1 + by[0], y1 + by[1]); else if (by[0] || by[1]) this.move(box, x0 + by[0], y0 + by[1]);
    });
    this.stage.addEventListener("pointerup", () => this.choose(box), { once: true }); // the stage has the pointer: the box hears no click
  }
  draw(event) {
    if (event.button || event.pointerType === "touch" || event.target.closest(".box")) return; // touch scrolls the page
    event.preventDefault();
    const from = this.point(event);
    let box = null;
    this.follow(event, to => {
      const at = [0, 1].map(n => Math.min(from[n], to[n])).concat([0, 1].map(n => Math.max(from[n], to[n])));
      if (!box && (at[2] - at[0] < LEAST || at[3] - at[1] < LEAST)) return;
      if (box) this.set(box, at); else box = this.add(at);
    });
  }
  follow(event, moved) {
    const stage = this.stage, move = one => moved(this.point(one));
    stage.setPointerCapture(event.pointerId);
    stage.addEventListener("pointermove", move);
    for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, () => stage.removeEventListener("pointermove", move), { once: true });
  }
}
