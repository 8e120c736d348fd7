// Papers: each page as a picture with a box per row, beside the table of what was read; kind, day and whose it is.
import { Cutting } from "./cutting.js";
import { counted, element, spoken } from "./elements.js";

const CELLS = { name: spoken("Name"), section: spoken("Section"), value: spoken("Value"), unit: spoken("Unit"), range: spoken("Range"), flag: spoken("Flag"), day: spoken("Date") };
const FLAGS = ["", "L", "LL", "H", "HH"];

export class PaperItem {
  constructor(item, desk) {
    Object.assign(this, { item, desk, page: 0, rows: [], corrected: new Map(), ticks: new Map(), isHere: true });
    this.head = element("h2", { tabIndex: -1, textContent: item.exam });
    this.what = element("p", { className: "what" });
    this.body = element("div", { className: "paper" });
    this.root = element("div", { className: "of-paper" }, this.head, this.what, this.body);
  }
  async enter() {
    this.body.replaceChildren(element("p", { textContent: spoken("It is being read …") }));
    const about = await this.ask(`paper/${this.item.id}`);
    if (!this.isHere) return;
    if (!about || about.trouble) {
      this.body.replaceChildren(element("p", { className: "doubt", textContent: about ? about.trouble : spoken("It cannot be read just now.") }), this.decisions(null));
    } else await this.build(about);
    this.update();
    this.root.dataset.looked = "yes";
  }
  leave() { this.isHere = false; }
  async ask(address) { try { const answer = await fetch(address); return answer.ok ? answer.json() : null; } catch { return null; } }

  async build(about) {
    Object.assign(this, { about, rows: about.rows });
    this.ticks = new Map(about.rows.map(row => [row.row, row.ticked && !about.scan]));
    for (const row of about.rows) if (this.isDecided() && row.ticked) this.ticks.set(row.row, true);
    this.image = element("img", { alt: "", draggable: false });
    this.sheet = element("div", { className: "sheet" }, this.image);
    this.at = element("span", { className: "at" });
    this.cutting = new Cutting(this);
    const button = (textContent, onclick) => element("button", { type: "button", textContent, onclick });
    const isSingle = about.pages < 2, steps = [spoken("Previous page"), spoken("Next page")].map((name, at) => element("button", { type: "button", hidden: isSingle, textContent: name, onclick: () => this.go(this.page + 2 * at - 1) }));
    const larger = button(spoken("Larger page"), () => larger.setAttribute("aria-pressed", String(this.body.firstChild.classList.toggle("large"))));
    larger.setAttribute("aria-pressed", "false");
    const stepping = element("div", { className: "stepping", role: "group", "aria-label": spoken("Pages") }, ...steps, larger, this.at);
    this.body.replaceChildren(
      element("div", { className: "beside" },
        element("section", { "aria-label": spoken("The paper") }, stepping, this.sheet),
        element("section", { "aria-label": spoken("What was read") }, this.table(), this.describing(), this.decisions(about), this.cutting.root)));
    this.cutting.list(about.cuttings);
    await this.go(0);
  }

  table() {
    const plan = this.about.medication;
    if (plan.length) return element("div", { className: "read" }, element("p", { textContent: spoken("What the plan's code says:") }), element("ul", {}, ...plan.map(textContent => element("li", { textContent }))));
    if (!this.rows.length) return element("p", { textContent: spoken("No values were read on it.") });
    this.shown = ["value", "unit", "range", "flag", "day"].filter(cell => cell !== "day" || this.rows.some(row => row.day || row.time));
    const head = element("tr", {}, element("th", { scope: "col", textContent: spoken("As printed") }),
      ...["name", ...this.shown].map(cell => element("th", { scope: "col", textContent: CELLS[cell] })), element("th", { scope: "col", textContent: spoken("Change") }));
    this.lines = element("tbody");
    this.lines.append(...this.rows.map(row => this.line(row)));
    this.lines.addEventListener("keydown", event => this.key(event));
    const keys = element("p", { id: "row-keys", textContent: spoken("Up and down go from row to row; a row's box is marked on the page. Decimals are written with a point.") });
    return element("div", { className: "read" }, element("table", {}, element("caption", { textContent: counted("%(number)s value read", "%(number)s values read", this.rows.length) }), element("thead", {}, head), this.lines), keys);
  }
  line(row) {
    const told = this.told(row);
    const tick = element("input", { type: "checkbox", checked: this.ticks.get(row.row), "aria-describedby": "row-keys",
      "aria-label": `${[told.name, told.value, told.unit, told.flag, told.range && spoken("range %(range)s", { range: told.range }), this.when(row)].filter(Boolean).join(", ")}: ${spoken("as printed")}${row.doubts.length ? ` (${spoken("look closely: %(why)s", { why: row.doubts.join(", ") })})` : ""}`,
      onchange: () => { this.ticks.set(row.row, tick.checked); this.update(); } });
    const cell = name => element("td", {}, name === "day" ? this.when(row) : told[name], this.corrected.has(row.row) && this.corrected.get(row.row)[name] !== undefined ? element("span", { className: "mark", textContent: ` (${spoken("corrected")})` }) : null);
    const name = element("th", { scope: "row" }, told.section && element("span", { className: "section", textContent: told.section }), told.name,
      row.doubts.length ? element("span", { className: "mark", textContent: `${row.doubts.join(", ")}?` }) : null);
    const made = element("tr", { "data-row": row.row, onclick: () => this.point(row) }, element("td", {}, tick), name, ...this.shown.map(cell),
      element("td", {}, element("button", { type: "button", textContent: spoken("Change"), "aria-label": spoken("Change %(name)s", { name: told.name }), onclick: () => this.correct(row) })));
    made.addEventListener("focusin", () => this.point(row));
    return made;
  }
  when(row) { const told = this.told(row); return [told.day, told.day === row.day && row.time].filter(Boolean).join(" "); }
  told(row) { return { ...row, ...this.corrected.get(row.row) }; }
  node(row) { return this.lines.querySelector(`[data-row="${row.row}"]`); }
  redraw(row) { this.node(row).replaceWith(this.line(row)); }

  // A row as fields; Enter takes them, Escape leaves it as it was.
  correct(row) {
    const told = this.told(row), fields = {};
    for (const [name, label] of Object.entries(CELLS)) {
      fields[name] = name === "flag" ? element("select", {}, ...FLAGS.map(flag => element("option", { value: flag, textContent: flag || spoken("none"), selected: flag === told.flag })))
        : element("input", { type: name === "day" ? "date" : "text", value: told[name], maxLength: 200 });
      fields[name].setAttribute("aria-label", spoken("%(label)s of %(name)s", { label, name: told.name }));
    }
    const done = () => {
      const said = {};
      for (const name of Object.keys(CELLS)) if (fields[name].value !== row[name]) said[name] = fields[name].value;
      if (said.day === "") delete said.day;
      if (Object.keys(said).length) this.corrected.set(row.row, said); else this.corrected.delete(row.row);
      this.ticks.set(row.row, true);
      close(spoken("%(name)s is %(value)s now.", { name: this.told(row).name, value: `${this.told(row).value} ${this.told(row).unit}` }));
    };
    const close = says => { this.redraw(row); this.node(row).querySelector("button").focus(); this.update(); this.desk.whispers(says); };
    const buttons = [element("button", { type: "button", className: "first", textContent: spoken("Save"), onclick: done }), element("button", { type: "button", textContent: spoken("Cancel"), onclick: () => close(spoken("Left as it was.")) })];
    const form = element("td", { colSpan: 3 + this.shown.length }, element("div", { className: "fields" }, ...Object.entries(CELLS).map(([name, label]) => element("label", {}, `${label} `, fields[name])), ...buttons));
    form.addEventListener("keydown", event => {
      if (event.key === "Escape") close(spoken("Left as it was.")); else if (event.key === "Enter" && event.target.tagName === "INPUT") done(); else return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.node(row).replaceChildren(form);
    fields.value.focus();
  }
  key(event) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by || event.target.type !== "checkbox") return;
    event.preventDefault();
    const lines = [...this.lines.children], to = lines[lines.indexOf(event.target.closest("tr")) + by];
    const tick = to && to.querySelector("input[type=checkbox]");
    if (tick) tick.focus();
  }

  async go(page) {
    this.page = Math.max(0, Math.min(this.about.pages - 1, page));
    const wanted = this.page, where = spoken("Page %(number)s of %(all)s", { number: wanted + 1, all: this.about.pages });
    this.at.textContent = where;
    const image = element("img", { src: `page/${this.item.id}/${wanted}`, alt: `${where}, ${spoken("as it is printed")}`, draggable: false });
    const places = await this.ask(`places/${this.item.id}/${wanted}`);
    await image.decode().catch(() => { image.alt = spoken("This page cannot be shown."); });
    if (!this.isHere || wanted !== this.page) return;
    const boxes = Object.entries((places || { rows: {} }).rows).map(([row, [x0, y0, x1, y1]]) => {
      const box = element("div", { className: "place", "data-of": row, "aria-hidden": "true", onclick: () => this.node({ row }).querySelector("input, button").focus() });
      Object.assign(box.style, { left: `${100 * x0}%`, top: `${100 * y0}%`, width: `${100 * (x1 - x0)}%`, height: `${100 * (y1 - y0)}%` });
      return box;
    });
    this.sheet.replaceChildren(image, ...boxes);
    this.cutting.on(this.sheet);
    this.mark();
  }
  point(row) {
    this.pointed = row.row;
    if (row.page !== this.page) this.go(row.page); else this.mark();
  }
  mark() {
    for (const line of this.lines ? this.lines.children : []) line.classList.toggle("pointed", Number(line.dataset.row) === this.pointed);
    for (const box of this.sheet.querySelectorAll(".place")) {
      const isIt = Number(box.dataset.of) === this.pointed;
      box.classList.toggle("pointed", isIt);
      box.classList.toggle("ticked", Boolean(this.ticks.get(Number(box.dataset.of))));
    }
  }

  describing() {
    const { about } = this;
    this.kind = element("select", {}, ...about.kinds.map(([name, title]) => element("option", { value: name, textContent: title, selected: name === about.kind })));
    this.day = element("input", { type: "date", value: about.day });
    this.person = element("select", {}, element("option", { value: "", textContent: spoken("not known") }),
      ...about.people.map(code => element("option", { value: code, textContent: code, selected: code === about.person })));
    this.looked = element("input", { type: "checkbox", onchange: () => this.update() });
    const set = element("button", { type: "button", textContent: spoken("Set kind, date and person"), "data-does": "describe", onclick: () => this.say({ does: "describe", kind: this.kind.value, day: this.day.value || null, person: this.person.value }) });
    return element("fieldset", { className: "scope" }, element("legend", { textContent: spoken("What it is") }), element("label", {}, `${spoken("Kind")} `, this.kind), element("label", {}, `${spoken("Date")} `, this.day), element("label", {}, `${spoken("Whose")} `, this.person), set,
      about.scan && this.rows.length ? element("label", {}, this.looked, ` ${spoken("The date is as printed")}`) : null);
  }
  decisions(about) {
    const button = (does, textContent, onclick, className = "") => element("button", { type: "button", className, textContent, "data-does": does, onclick });
    const hasRows = Boolean(about && this.rows.length);
    this.all = button("all", hasRows ? spoken("All as read") : spoken("Looked at"), () => this.confirm(true), "first");
    this.all.hidden = Boolean(about && about.scan && hasRows);
    this.some = button("confirm", spoken("Confirm the ticked rows"), () => this.confirm(false), this.all.hidden ? "first" : "");
    this.some.hidden = !hasRows;
    this.undo = button("withdraw", spoken("Undo"), () => this.say({ does: "withdraw" }));
    this.others = button("not-hers", spoken("Not mine"), () => this.say({ does: "not-hers" }));
    this.away = button("discard", spoken("Discard"), () => this.say({ does: "discard" }));
    this.following = button("next", spoken("Next held one"), this.desk.next, "next");
    return element("div", { className: "row", role: "group", "aria-label": spoken("Decision") }, this.all, this.some, this.others, this.away, this.undo, this.following);
  }
  confirm(isAll) {
    const rows = this.rows.filter(row => isAll || this.ticks.get(row.row)).map(row => ({ row: row.row, ...this.corrected.get(row.row) }));
    if (!isAll && !rows.length) { this.desk.says(spoken("Tick at least one row first.")); return; }
    this.say({ does: "confirm", rows, has_looked: Boolean(this.looked && this.looked.checked) });
  }
  say(wish) {
    if (this.desk.stateOf(this.item.id) === "in hand") { this.desk.says(spoken("It is in hand.")); return; }
    this.desk.ofPaper({ paper: this.item.id, ...wish });
  }
  isDecided() { return Boolean(this.desk.state(this.item.id)); }
  update() {
    if (!this.undo) return;
    const ticked = this.rows.filter(row => this.ticks.get(row.row)).length, error = this.desk.error(this.item.id);
    this.what.textContent = `${this.item.what[0].toUpperCase()}${this.item.what.slice(1)} · ${spoken(this.desk.stateOf(this.item.id))}${error ? `: ${error}` : ""}`;
    this.some.textContent = spoken("Confirm the ticked rows (%(number)s of %(all)s)", { number: ticked, all: this.rows.length });
    this.undo.hidden = !this.isDecided();
    this.others.hidden = (this.desk.state(this.item.id) || {}).decision === "not-hers";
    this.following.hidden = !this.desk.hasNext();
    if (document.activeElement && document.activeElement.hidden) this.head.focus({ preventScroll: true }); // a button that went away
    if (this.sheet) this.mark();
  }
}
