// A film: what is known of it, and its first picture. It stays where it is; there is nothing to decide.
import { element, spoken } from "./elements.js";

export class FilmItem {
  constructor(item, desk) {
    this.desk = desk;
    const said = [item.lasts, item.why, item.where, item.without].filter(Boolean);
    const first = item.without ? null : element("img", { src: `film/${item.id}`, alt: spoken("The first picture of the film"), className: "first" });
    if (first) first.onerror = () => first.replaceWith(element("p", { textContent: spoken("Its first picture cannot be decoded.") }));
    this.root = element("div", { className: "film" }, element("h2", { tabIndex: -1, textContent: item.exam }), element("p", { className: "what", textContent: `${item.what[0].toUpperCase()}${item.what.slice(1)}` }),
      ...said.map(textContent => element("p", { className: "why", textContent })), first,
      this.following = element("button", { type: "button", className: "next", textContent: spoken("Next held one"), hidden: true, onclick: desk.next }));
  }
  enter() { this.root.dataset.looked = "yes"; this.update(); }
  leave() { /* nothing is under way */ }
  update() { this.following.hidden = !this.desk.hasNext(); }
}
