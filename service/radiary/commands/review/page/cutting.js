// A part of a paper's page that she shows as a picture: four numbers beside a frame on the page, or drawn there.
import { element, spoken } from "./elements.js";

const SIDES = [spoken("Left"), spoken("Top"), spoken("Right"), spoken("Bottom")];
const START = [5, 10, 95, 30];

export class Cutting {
  constructor(paper) {
    this.paper = paper;
    this.frame = element("div", { className: "frame", "aria-hidden": "true", hidden: true });
    this.sides = SIDES.map((name, at) => element("input", { type: "number", min: 0, max: 100, step: 0.5, value: START[at], "aria-label": spoken("%(side)s of the part, in percent of the page", { side: name }), oninput: () => this.draw() }));
    this.take = element("button", { type: "button", textContent: spoken("Show this part in my chronicle"), "data-does": "cut", onclick: () => this.cut() });
    this.of = element("button", { type: "button", textContent: spoken("Frame the marked row"), onclick: () => this.frameRow() });
    this.shown = element("ul", { className: "cuttings" });
    const sides = element("div", { className: "sides" }, ...SIDES.map((name, at) => element("label", {}, `${name} `, this.sides[at])));
    this.fields = element("div", { className: "fields" }, sides, this.of, this.take);
    this.root = element("details", { className: "cutting", ontoggle: () => this.draw() }, element("summary", { textContent: spoken("A part of a page as a picture") }),
      element("p", { textContent: spoken("Draw a frame on the page, or say where it lies, in percent of the page. It is searched for everybody's name, number and birth date first. Names of physicians and others that are known, or stand behind a title or a label such as “requested by”, are blanked, and so are telephone numbers and postcodes. Whatever else stands in it is shown as it is.") }), this.fields, this.shown);
  }
  // The page's picture, on which the frame is drawn with a pointer.
  on(sheet) {
    this.sheet = sheet;
    sheet.append(this.frame);
    if (!this.isHeard) sheet.addEventListener("pointerdown", event => this.begin(event));
    this.isHeard = true;
    this.draw();
  }
  begin(event) {
    if (!this.root.open || event.button) return;
    event.preventDefault();
    const at = this.at(event);
    const move = to => { const [x, y] = this.at(to); this.set([Math.min(at[0], x), Math.min(at[1], y), Math.max(at[0], x), Math.max(at[1], y)]); };
    const end = () => { this.sheet.removeEventListener("pointermove", move); removeEventListener("pointerup", end); };
    this.sheet.addEventListener("pointermove", move);
    addEventListener("pointerup", end);
  }
  at(event) {
    const box = this.sheet.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].map(share => Math.min(100, Math.max(0, 100 * share)));
  }
  set(sides) { sides.forEach((side, at) => { this.sides[at].value = Math.round(10 * side) / 10; }); this.draw(); }
  draw() {
    const [x0, y0, x1, y1] = this.sides.map(side => Number(side.value));
    Object.assign(this.frame.style, { left: `${x0}%`, top: `${y0}%`, width: `${Math.max(0, x1 - x0)}%`, height: `${Math.max(0, y1 - y0)}%` });
    this.frame.hidden = !this.root.open;
    this.of.hidden = !this.paper.rows.length;
  }
  frameRow() {
    const box = this.paper.sheet.querySelector(".place.pointed") || this.paper.sheet.querySelector(".place");
    if (!box) return;
    const [left, top, width, height] = ["left", "top", "width", "height"].map(name => parseFloat(box.style[name]));
    this.set([Math.max(0, left - 1), Math.max(0, top - 0.4), Math.min(100, left + width + 1), Math.min(100, top + height + 0.4)]);
    this.paper.desk.whispers(this.where());
  }
  where() { return SIDES.map((name, at) => `${name} ${this.sides[at].value}`).join(", "); }
  async cut() {
    this.take.disabled = true;
    this.paper.desk.whispers(spoken("It is being searched …"));
    await this.paper.desk.ofPaper({ paper: this.paper.item.id, does: "cut", page: this.paper.page, part: this.sides.map(side => Number(side.value) / 100) });
    this.take.disabled = false;
    await this.list();
    this.take.focus();
  }
  // What is shown already, each with a button that takes it back.
  async list(told) {
    const answer = told ? { cuttings: told } : await this.paper.ask(`cuttings/${this.paper.item.id}`);
    this.shown.replaceChildren(...((answer || {}).cuttings || []).map(one => {
      const where = spoken("page %(number)s, %(sides)s", { number: one.page + 1, sides: SIDES.map((name, at) => `${name} ${Math.round(1000 * one.part[at]) / 10}`).join(", ") });
      const back = element("button", { type: "button", textContent: spoken("Take it back"), "aria-label": `${spoken("Take it back")}: ${where}`, "data-does": "uncut", onclick: async () => {
        await this.paper.desk.ofPaper({ paper: this.paper.item.id, does: "uncut", cutting: one.code });
        await this.list();
        this.take.focus();
      } });
      const picture = element("img", { src: `cut/${this.paper.item.id}/0/${one.code}`, alt: spoken("The part as your chronicle shows it") });
      return element("li", {}, `${spoken("Shown")}: ${where} `, back, picture);
    }));
  }
}
