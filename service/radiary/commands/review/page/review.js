// The list of what is held, progress, and decisions. What an item looks like is its kind's own affair (`kinds`).
import { element, spoken } from "./elements.js";
import { FilmItem } from "./film.js";
import { PaperItem } from "./paper.js";
import { PictureItem } from "./picture.js";
import { SeriesItem } from "./series.js";

const kinds = { picture: PictureItem, paper: PaperItem, film: FilmItem, series: SeriesItem };
const POLL = 600; // milliseconds between two questions while something is being carried out

const done = { released: "released", blanked: "made black and released", kept: "kept private", confirmed: "confirmed", "not-hers": "somebody else's" };
// What states are called; in English as they are named here.
[spoken("released"), spoken("made black and released"), spoken("kept private"), spoken("confirmed"), spoken("somebody else's")];
[spoken("in hand"), spoken("not done"), spoken("needs a second yes"), spoken("open")];
const STOPPED = spoken("Radiary does not answer any more. Start `radiary review` again.");
const page = { items: [], states: {}, working: new Set(), errors: {}, current: null, shown: null, timer: null, sent: new Set(), drawn: new Map() };
const by = id => document.getElementById(id);
const says = text => { by("says").textContent = text; };
const whispers = text => { by("whispers").textContent = text; }; // for who hears the page: it can be seen elsewhere

const capital = text => text[0].toUpperCase() + text.slice(1); // it stands behind another sentence

const isOpen = member => !(page.states[member] && page.states[member].decision in done);
const open = item => item.members.filter(isOpen);
const stateOf = member =>
  page.working.has(member) ? "in hand" : page.errors[member] ? "not done"
  : page.states[member] ? (done[page.states[member].decision] || "needs a second yes") : "open";
// The state of an item, and what is said of it.
const summary = item => {
  const states = item.members.map(stateOf);
  if (!states.length) return ["", ""];
  for (const urgent of ["not done", "needs a second yes", "in hand"]) if (states.includes(urgent)) return [urgent, spoken(urgent)];
  const left = open(item).length;
  if (left && left < item.members.length) return ["left", spoken("%(number)s of %(all)s left", { number: left, all: item.members.length })];
  const state = left === 0 ? states[0] : "open";
  return [state, spoken(state)];
};

const progress = () => {
  const total = page.items.reduce((sum, item) => sum + item.members.length, 0);
  const left = page.items.reduce((sum, item) => sum + open(item).length, 0);
  by("left").textContent = total === 0 ? (page.items.length ? spoken("Nothing to decide") : spoken("Nothing is held"))
    : left === 0 ? spoken("All %(number)s decided", { number: total }) : spoken("%(number)s of %(all)s left", { number: left, all: total });
  by("bar").max = Math.max(1, total);
  by("bar").value = total - left;
  return capital(by("left").textContent);
};

const label = item => {
  const [state, said] = summary(item);
  const entry = by(`entry-${item.id}`);
  entry.querySelector(".state").textContent = said;
  entry.dataset.state = state.replaceAll(" ", "-");
};

const show = (item, { focus = true } = {}) => {
  if (page.shown) page.shown.leave();
  page.current = item;
  for (const entry of document.querySelectorAll(".entry")) entry.removeAttribute("aria-current");
  by(`entry-${item.id}`).setAttribute("aria-current", "true");
  const shown = new kinds[item.kind](item, {
    decide, ofPaper, next, says, whispers, isOpen, stateOf, state: member => page.states[member], error: member => page.errors[member],
    hasNext: () => following(item) !== null, drawn: page.drawn,
  });
  page.shown = shown;
  by("shown").replaceChildren(shown.root);
  says("");
  shown.enter();
  if (focus) {
    by("shown").querySelector("h2").focus({ preventScroll: true });
    by(`entry-${item.id}`).scrollIntoView({ block: "nearest" }); // the list scrolls by itself
    by("item").scrollIntoView({ block: "start" });
  }
};

const following = item => {
  const at = page.items.findIndex(one => one.id === item.id);
  return [...page.items.slice(at + 1), ...page.items.slice(0, at)].find(one => open(one).some(member => !page.working.has(member))) || null;
};
const next = () => { const item = following(page.current); if (item) show(item); };

const list = () => {
  const parts = [];
  let exam = null, entries = null;
  for (const item of page.items) {
    if (item.exam !== exam) {
      exam = item.exam;
      entries = element("ul", {});
      parts.push(element("section", {}, element("h2", { textContent: exam }), entries));
    }
    const small = item.kind === "picture" ? element("img", { src: `small/${item.members[0]}/0`, alt: "", loading: "lazy", width: 64, height: 48 }) : null;
    const text = element("span", { className: "text" }, element("span", { textContent: item.what || spoken("All series") }), element("span", { className: "state" }));
    const entry = element("button", { type: "button", className: "entry", id: `entry-${item.id}`, onclick: () => show(item) }, small, text);
    entries.append(element("li", {}, entry));
  }
  by("list").replaceChildren(...parts);
  page.items.forEach(label);
};

const take = told => {
  const before = page.working;
  page.states = told.states;
  page.errors = told.errors;
  page.working = new Set([...told.working, ...page.sent]);
  page.items.forEach(label);
  const left = progress();
  const ended = [...before].filter(member => !page.working.has(member));
  const papers = ended.filter(isPaper), pictures = ended.filter(member => member && !isPaper(member));
  if (pictures.length) says(`${outcome(pictures)} ${left}.`);
  if (papers.length) said(papers, left);
  if (page.shown) page.shown.update();
  clearTimeout(page.timer);
  if (page.working.size) page.timer = setTimeout(poll, POLL);
};
const outcome = members => {
  const counts = {};
  for (const member of members) {
    const state = page.states[member];
    const word = page.errors[member] ? page.errors[member]
      : !state ? spoken("Undone.") : state.decision === "doubted" ? spoken("Stopped by the second look: it needs a second yes.") : `${spoken(done[state.decision])}.`;
    counts[word] = (counts[word] || 0) + 1;
  }
  return Object.entries(counts).map(([word, number]) => {
    return number === 1 ? capital(word) : `${number}: ${capital(word)}`;
  }).join(" ");
};
const isPaper = member => page.items.some(item => item.kind === "paper" && item.id === member);
// A paper's kind, day or place changed: the list is drawn anew.
const said = async (papers, left) => {
  const told = await (await fetch("items")).json(), before = page.current;
  const outcome = papers.map(member => page.errors[member] || spoken("Done.")).join(" ");
  page.items = told.items;
  list();
  take(told);
  const now = page.items.find(item => item.id === before.id), isGone = papers.includes(before.id) && !now;
  if (now) {
    page.current = now;
    by(`entry-${now.id}`).setAttribute("aria-current", "true");
  }
  if (isGone && page.items.length) show(page.items.find(item => open(item).length) || page.items[0]);
  else if (now && papers.includes(now.id) && JSON.stringify(now) !== JSON.stringify(before)) show(now);
  says(`${outcome} ${left}.${isGone ? ` ${spoken("`radiary restore` brings back what you discarded.")}` : ""}`);
};
const poll = async () => {
  try {
    const answer = await fetch("states");
    if (answer.ok) return take(await answer.json());
  } catch { /* the command was ended: said below */ }
  says(STOPPED);
};
const decide = async decisions => {
  const members = decisions.map(one => one.instance);
  const isChecked = decisions.some(one => ["released", "blanked"].includes(one.decision));
  says(isChecked ? spoken("Being looked at once more, which may take half a minute …")
    : decisions.length === 1 ? spoken("In hand …") : spoken("%(number)s in hand …", { number: decisions.length }));
  send(members, true); // a second press is no second decision
  try {
    const answer = await fetch("decide", { method: "POST", body: JSON.stringify(decisions) });
    const told = answer.ok ? await answer.json() : null;
    send(members, false);
    if (told) return heard(members, told);
    says(spoken("That did not work."));
  } catch {
    send(members, false);
    says(STOPPED);
  }
};
const send = (members, isUnderWay) => {
  for (const member of members) {
    page.sent[isUnderWay ? "add" : "delete"](member);
    page.working[isUnderWay ? "add" : "delete"](member);
  }
  page.items.forEach(label);
  page.shown.update();
};
// The answer to decisions: what is done already when it comes was in hand, too.
const heard = (members, told) => {
  members.forEach(member => page.working.add(member));
  take(told);
};

// What is said of a paper or of series; whether it could be done.
const ofPaper = async wish => {
  try {
    const answer = await fetch("paper", { method: "POST", body: JSON.stringify(wish) });
    if (!answer.ok) { says(spoken("That did not work.")); return false; }
    const told = await answer.json();
    heard(told.in_hand ? [wish.paper] : [], told);
    says(told.refused || (wish.paper ? `${told.says} ${by("left").textContent}.` : told.says));
    if (!told.refused && ["withdraw", "confirm"].includes(wish.does)) page.shown.update();
    return !told.refused;
  } catch { says(STOPPED); }
  return false;
};

const begin = async () => {
  const answer = await fetch("items").catch(() => null), told = answer && answer.ok ? await answer.json() : null;
  if (!told) return says(STOPPED);
  page.items = told.items;
  by("missing").replaceChildren(...told.missing.map(folder =>
    element("p", { className: "missing", textContent: spoken("%(folder)s is not on the private shelf any more, or damaged: `radiary verify` says more.", { folder }) })));
  list();
  take(told);
  const first = page.items.find(item => open(item).length) || page.items[0];
  if (first) show(first, { focus: false }); else by("shown").replaceChildren(element("p", { textContent: spoken("Nothing is held.") }));
  document.documentElement.dataset.ready = "yes";
};
begin();
