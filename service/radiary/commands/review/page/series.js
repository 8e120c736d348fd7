// The series of values that were confirmed: joined, let out into the chronicle and the site, or kept again.
import { counted, element, spoken } from "./elements.js";

export class SeriesItem {
  constructor(item, desk) {
    Object.assign(this, { item, desk, ticked: [], isHere: true });
    this.body = element("div", {});
    this.root = element("div", { className: "series" }, element("h2", { tabIndex: -1, textContent: spoken("Values, by test") }),
      element("p", { className: "why", textContent: spoken("A series goes into your chronicle with its chart and its table only if you say so here, and out of it as easily.") }), this.body);
  }
  async enter(focused = null) {
    const answer = await fetch("series").catch(() => null);
    if (!this.isHere || !answer || !answer.ok) return;
    const told = await answer.json();
    this.all = told.series;
    this.ticked = this.ticked.filter(code => this.all.some(one => one.code === code));
    const join = element("button", { type: "button", textContent: spoken("Join the two that are ticked"), onclick: () => this.say({ does: "join", series: this.ticked }) });
    this.body.replaceChildren(...(this.all.length ? [element("ul", { className: "listed" }, ...this.all.map(one => this.line(one))), element("div", { className: "row" }, join)]
      : [element("p", { className: told.trouble ? "doubt" : "", textContent: told.trouble || spoken("No values are confirmed yet.") })]));
    const again = focused && this.body.querySelector(`[data-key="${focused}"]`);
    if (again) again.focus();
    this.root.dataset.looked = "yes";
  }
  leave() { this.isHere = false; }
  update() { /* nothing of it depends on what is in hand */ }

  line(one) {
    const name = `${one.section ? `${one.section}: ` : ""}${one.name}${one.unit ? `, ${one.unit}` : ""}`;
    const tick = element("input", { type: "checkbox", checked: this.ticked.includes(one.code), "data-key": `tick-${one.code}`, "aria-label": `${name}: ${spoken("join with another one")}`, onchange: () => {
      this.ticked = tick.checked ? [...this.ticked, one.code] : this.ticked.filter(code => code !== one.code);
    } });
    const toggle = (key, words, isOn, wish) => element("button", { type: "button", "data-key": `${key}-${one.code}`, "aria-pressed": String(isOn), "aria-label": `${name}: ${words}`, textContent: words, onclick: () => this.say({ series: [one.code], ...wish }, `${key}-${one.code}`) });
    const values = one.points.map(point => `${point.day || spoken("no date")}: ${point.value}${point.before.length ? ` (${spoken("before: %(values)s", { values: point.before.join(", ") })})` : ""}`).join(" · ");
    return element("li", {}, element("h3", {}, tick, ` ${name}`), element("p", { className: "what", textContent: [one.laboratory, one.person, counted("%(number)s value", "%(number)s values", one.points.length)].filter(Boolean).join(" · ") }), element("p", { textContent: values }),
      element("div", { className: "row" }, toggle("out", spoken("In my chronicle"), one.out, { does: one.out ? "keep" : "release" }), toggle("site", spoken("In my site's data, too"), one.site, { does: "release", for_site: !one.site })));
  }
  async say(wish, key = null) {
    if (wish.does === "join" && wish.series.length !== 2) { this.desk.says(spoken("Tick the two series that are one.")); return; }
    if (await this.desk.ofPaper(wish)) this.enter(key);
  }
}
