// Pictures and clips: a player over every frame, a strip of small ones, other windows, boxes, and the decision.
// Pictures that are alike are one item: its pages are the frames of all of them, one after another.
import { Boxes } from "./boxes.js";
import { counted, element, spoken } from "./elements.js";

const PACE = 100; // milliseconds a frame is shown for
const AHEAD = 4, KEPT = 80; // frames that are loaded ahead, and kept
const SMALL_ASIDE = 20; // small pictures that are loaded on each side of those in sight
const MOST_SMALL = 80; // and of all of them at once, however the strip is laid out
const MOST_BESIDE = 12; // frames named in a sentence
const MOST_BLACK = 1 / 3; // of a picture that is made black without a question
const windows = { full: spoken("All values"), equalised: spoken("Every difference"), "soft-tissue": spoken("Soft tissue"), lung: spoken("Lung"), bone: spoken("Bone") };
const named = view => windows[view] || spoken("Further window %(number)s", { number: view.split("-")[1] });

export class PictureItem {
  constructor(item, desk) {
    Object.assign(this, { item, desk, counts: item.members.map(() => item.frames), views: item.members.map(() => []), page: 0, view: "", loaded: new Map(), looked: new Set(), marked: new Set(), isHere: true });
    this.root = element("div", { className: "picture" });
    this.build();
  }
  get pages() { return this.counts.reduce((sum, count) => sum + count, 0); }
  get isClip() { return this.counts.some(count => count > 1); }
  // Which of those that are alike a page belongs to, and which frame of it that is.
  place(page) {
    let at = 0, frame = page;
    while (at < this.counts.length - 1 && frame >= this.counts[at]) frame -= this.counts[at++];
    return { at, frame };
  }
  start(member) { return this.counts.slice(0, this.item.members.indexOf(member)).reduce((sum, count) => sum + count, 0); }
  member(page = this.page) { return this.item.members[this.place(page).at]; }
  address(kind, page) { return `${kind}/${this.member(page)}/${this.place(page).frame}`; }
  viewed(page) { return this.views[this.place(page).at].includes(this.view) ? this.view : ""; }
  get scope() { return this.item.members.length > 1 && this.all.checked ? this.item.members : [this.member()]; }

  async enter() {
    this.fill();
    this.recall();
    this.told();
    await this.go(0);
    await this.learn(0);
    this.filled();
    await this.lookAt(0);
    for (let at = 1; at < this.counts.length && this.isHere; at++) await this.learn(at);
    if (this.counts.length > 1) this.filled();
    this.look();
  }
  // Those that are alike may have frames and windows of their own.
  async learn(at) {
    const about = await this.ask(`about/${this.item.members[at]}`);
    if (about) [this.counts[at], this.views[at]] = [about.frames, about.views];
  }
  filled() {
    if (!this.isHere) return;
    this.offer();
    this.fill();
    this.update();
  }
  leave() {
    this.isHere = false;
    this.pause();
    this.desk.drawn.set(this.item.id, this.boxes.all.filter(box => !box.pages));
  }
  // What she drew before stays drawn: without it another press would release what she had covered.
  recall() {
    for (const box of this.desk.drawn.get(this.item.id) || []) {
      if (box.members) box.members.forEach(member => this.boxes.hers([box.at], member)); else this.boxes.hers([box.at]);
    }
    for (const member of this.item.members) this.boxes.hers((this.desk.state(member) || {}).boxes || [], member);
  }

  build() {
    const { item } = this, isGroup = item.members.length > 1;
    this.stage = element("div", { className: "stage", tabIndex: -1, role: "group", "aria-label": spoken("Picture and its boxes"), "aria-describedby": "keys" });
    this.image = element("img", { alt: "", draggable: false });
    this.stage.append(this.image);
    this.boxes = new Boxes(this.stage, { size: () => [item.width || 1, item.height || 1], changed: () => this.relabel(), says: this.desk.whispers });
    this.stage.style.setProperty("--columns", item.width || 1);
    this.stage.style.setProperty("--rows", item.height || 1);
    this.all = element("input", { type: "radio", name: "scope", id: "scope-all", checked: true, onchange: () => this.update() });
    this.one = element("input", { type: "radio", name: "scope", id: "scope-one", onchange: () => this.update() });
    this.scopes = element("fieldset", { className: "scope", hidden: !isGroup }, element("legend", { textContent: spoken("Decide about") }),
      element("label", {}, this.all, ` ${spoken("all %(number)s that are alike", { number: item.members.length })}`), element("label", {}, this.one, ` ${item.frames > 1 ? spoken("this clip only") : spoken("this picture only")}`));
    this.head = element("h2", { tabIndex: -1, textContent: item.exam });
    this.what = element("p", { className: "what" });
    this.doubt = element("div", { className: "doubt", hidden: true });
    this.buttons();
    this.root.append(this.head, this.what, element("p", { className: "why" }, element("strong", { textContent: `${spoken("Why it is held:")} ` }), item.why),
      this.stage, this.controls(), this.strip = element("div", { className: "strip", role: "toolbar", "aria-label": spoken("Every picture of it") }),
      this.boxTools(), this.scopes, element("div", { className: "foot" }, this.doubt, this.row));
    this.strip.addEventListener("keydown", event => this.stripKey(event));
    this.strip.addEventListener("scroll", () => this.loadSmall());
  }
  controls() {
    const button = (textContent, onclick) => element("button", { type: "button", textContent, onclick });
    this.player = button(spoken("Play"), () => (this.timer ? this.pause() : this.play()));
    this.slider = element("input", { type: "range", min: 1, value: 1, "aria-label": spoken("Which picture"), oninput: () => this.go(this.slider.value - 1) });
    this.at = element("span", { className: "at" });
    this.windows = element("select", { onchange: () => { this.view = this.windows.value; this.loaded.clear(); this.go(this.page); } });
    this.windowed = element("label", { className: "windows", hidden: true }, `${spoken("Window")} `, this.windows);
    this.stepping = element("span", { className: "stepping" }, button(spoken("Previous"), () => this.step(-1)), this.player, button(spoken("Next"), () => this.step(1)), this.slider);
    return this.bar = element("div", { className: "controls" }, this.stepping, this.at, this.windowed);
  }
  boxTools() {
    this.looking = element("span", { className: "looking" });
    this.toText = element("button", { type: "button", textContent: spoken("Go to text"), hidden: true, onclick: () => this.goToText() });
    this.none = element("button", { type: "button", textContent: spoken("Remove all boxes"), onclick: () => { this.boxes.clear(); this.desk.whispers(spoken("No box left.")); } });
    this.less = element("button", { type: "button", textContent: spoken("Remove this box"), hidden: true, onclick: () => this.boxes.remove(this.boxes.current) });
    const byTouch = spoken("Add a box, drag it to where the text is, and drag its corner until it covers it.");
    const keys = element("p", { id: "keys", textContent: matchMedia("(pointer: coarse)").matches ? byTouch : spoken("Drag over the picture to draw a box, or add one. On a box: arrow keys move it, with Shift they resize it, with Ctrl by one pixel; Delete removes it.") });
    return this.tools = element("div", { className: "tools" }, this.toText, element("button", { type: "button", textContent: spoken("Add a box"), onclick: () => this.boxes.add() }), this.less, this.none, this.looking, keys);
  }
  buttons() {
    const button = (does, textContent, className = "") => element("button", { type: "button", className, textContent, "data-does": does, onclick: () => this.decide(does) });
    this.release = button("released", spoken("Release"));
    this.blank = button("blanked", spoken("Blank and release"), "first");
    this.keep = button("kept", spoken("Keep private"));
    this.undo = button("undone", spoken("Undo"));
    this.undo.hidden = true;
    this.following = element("button", { type: "button", className: "next", textContent: spoken("Next held one"), onclick: this.desk.next });
    this.row = element("div", { className: "row", role: "group", "aria-label": spoken("Decision") }, this.blank, this.release, this.keep, this.undo, this.following);
  }

  offer() {
    const views = [...new Set(this.views.flat())];
    this.windowed.hidden = !views.length;
    this.windows.replaceChildren(element("option", { value: "", textContent: spoken("As it came") }), ...views.map(view => element("option", { value: view, textContent: named(view) })));
    this.windows.value = this.view;
  }
  fill() {
    const isSingle = this.pages === 1;
    this.stepping.hidden = this.strip.hidden = this.at.hidden = isSingle;
    this.bar.hidden = isSingle && this.windowed.hidden;
    this.slider.max = this.pages;
    this.strip.replaceChildren(...(isSingle ? [] : Array.from({ length: this.pages }, (_, page) =>
      element("button", { type: "button", tabIndex: page === this.page ? 0 : -1, onclick: () => this.go(page) },
        element("img", { alt: "", width: 72, height: 54 }), element("span", { textContent: page + 1 })))));
    this.current(this.page);
    this.loadSmall();
    this.relabel();
  }
  current(page) {
    const before = this.strip.querySelector("[aria-current]"), now = this.strip.children[page];
    if (before) { before.removeAttribute("aria-current"); before.tabIndex = -1; }
    if (!now) return;
    now.setAttribute("aria-current", "true");
    now.tabIndex = 0;
    this.strip.scrollLeft = now.offsetLeft - (this.strip.clientWidth - now.clientWidth) / 2;
  }

  loadSmall() {
    const { scrollLeft, scrollWidth, clientWidth, children } = this.strip, each = Math.max(1, scrollWidth / children.length);
    const first = Math.max(0, Math.floor(scrollLeft / each) - SMALL_ASIDE), many = Math.min(MOST_SMALL, Math.ceil(clientWidth / each) + 2 * SMALL_ASIDE);
    [...children].slice(first, first + many).forEach((button, at) => {
      const image = button.firstChild;
      if (!image.getAttribute("src")) image.src = this.address("small", first + at);
    });
  }

  async load(page) {
    const view = this.viewed(page), key = `${view}/${this.address("frame", page)}`;
    if (!this.loaded.has(key)) {
      const image = element("img", { draggable: false, src: view ? `${this.address("view", page)}/${view}` : this.address("frame", page) });
      this.loaded.set(key, image.decode().then(() => image, () => element("img", { alt: spoken("This picture is not there, or damaged."), draggable: false })));
      if (this.loaded.size > KEPT) this.loaded.delete(this.loaded.keys().next().value);
    }
    return this.loaded.get(key);
  }
  async go(page) {
    this.page = Math.max(0, Math.min(this.pages - 1, Number(page)));
    const wanted = this.page, image = await this.load(wanted);
    if (wanted !== this.page || !this.isHere) return;
    image.alt = image.alt || `${this.pages === 1 ? spoken("The picture") : this.name(wanted)}${this.viewed(wanted) ? `, ${named(this.view)}` : ""}`;
    this.image.replaceWith(image);
    this.image = image;
    this.boxes.page = wanted;
    this.slider.value = wanted + 1;
    this.slider.setAttribute("aria-valuetext", this.name(wanted));
    this.at.textContent = this.view && !this.viewed(wanted) ? `${this.name(wanted)} · ${spoken("As it came")}` : this.name(wanted);
    this.current(wanted);
    this.update();
    for (let ahead = 1; ahead <= AHEAD; ahead++) if (wanted + ahead < this.pages && this.timer) this.load(wanted + ahead);
  }
  name(page) {
    const { at, frame } = this.place(page), all = this.counts[at], member = at + 1, many = this.item.members.length > 1;
    if (!many) return spoken("Frame %(number)s of %(all)s", { number: frame + 1, all });
    return !this.isClip ? spoken("Picture %(number)s of %(all)s", { number: member, all: this.item.members.length })
      : spoken("Clip %(clip)s, frame %(number)s of %(all)s", { clip: member, number: frame + 1, all });
  }
  step(by) { this.pause(); this.go((this.page + by + this.pages) % this.pages); }
  play() {
    this.player.textContent = spoken("Pause");
    const turn = async () => {
      const began = performance.now();
      await this.go((this.page + 1) % this.pages);
      if (this.timer) this.timer = setTimeout(turn, Math.max(0, PACE - (performance.now() - began)));
    };
    this.timer = setTimeout(turn, PACE);
  }
  pause() { clearTimeout(this.timer); this.timer = null; this.player.textContent = spoken("Play"); }
  stripKey(event) {
    const to = { ArrowLeft: this.page - 1, ArrowRight: this.page + 1, Home: 0, End: this.pages - 1 }[event.key];
    if (to === undefined || to < 0 || to >= this.pages) return;
    event.preventDefault();
    this.pause();
    this.go(to);
    this.strip.children[to].focus({ preventScroll: true });
  }

  // Look for text on every page, the one that is shown first; what was looked at before is remembered and comes at once.
  async look() {
    while (this.isHere && this.looked.size < this.pages) {
      const page = this.looked.has(this.page) ? Array.from({ length: this.pages }, (_, one) => one).find(one => !this.looked.has(one)) : this.page;
      if (!await this.lookAt(page)) return;
    }
    if (this.isHere) this.root.dataset.looked = "yes";
  }
  async lookAt(page) {
    const told = await this.ask(this.address("boxes", page));
    if (!this.isHere) return false;
    this.looked.add(page);
    if (told && told.trouble) { this.looking.textContent = spoken("Nobody looked for text here: it %(why)s.", { why: told.trouble }); return false; }
    if (told && told.boxes.length && !this.isOut(this.member(page))) {
      if (told.boxes.some(at => !this.boxes.isWide(at))) this.marked.add(page);
      this.boxes.found(told.boxes, page, this.member(page));
    }
    this.told();
    return true;
  }
  isOut(member) { return ["released", "made black and released"].includes(this.desk.stateOf(member)); }
  // What was out and is open again is looked at again: its boxes were not shown while it was out.
  lookAgain() {
    const out = new Set(this.item.members.filter(member => this.isOut(member))), isBack = [...(this.out || [])].some(member => !out.has(member));
    this.out = out;
    if (!isBack) return;
    this.looked.clear();
    this.look();
  }
  told() {
    const at = [...this.marked].sort((one, other) => one - other), isDone = this.looked.size === this.pages, names = at.slice(0, MOST_BESIDE).map(page => page + 1).join(", ");
    const which = at.length > MOST_BESIDE ? spoken("%(numbers)s and others", { numbers: names }) : names, isClip = this.isClip;
    const inSome = isClip ? counted("Text may stand in frame %(which)s.", "Text may stand in frames %(which)s.", at.length, { which })
      : counted("Text may stand in picture %(which)s.", "Text may stand in pictures %(which)s.", at.length, { which });
    const isWide = this.boxes.visible().some(box => box.isWide);
    const where = !at.length ? (isWide ? spoken("What is outlined may be text, or anatomy. Press it to choose it.") : spoken("No text was found.")) : this.pages === 1 ? spoken("Text may stand where the boxes are.") : inSome;
    const all = isClip ? counted("%(number)s frame", "%(number)s frames", this.pages) : counted("%(number)s picture", "%(number)s pictures", this.pages);
    this.looking.textContent = isDone ? where : `${spoken("Looked for text in %(number)s of %(all)s so far.", { number: this.looked.size, all })} ${at.length ? where : ""}`;
    if (isDone) this.desk.whispers(where);
    this.toText.hidden = this.pages === 1 || !at.length;
    for (const page of at) if (this.strip.children[page]) this.strip.children[page].classList.add("marked");
    this.relabel();
  }
  goToText() { this.pause(); this.go([...this.marked].sort((one, other) => one - other).find(page => page > this.page) ?? Math.min(...this.marked)); }
  async ask(address) { try { const answer = await fetch(address); return answer.ok ? answer.json() : null; } catch { return null; } }

  relabel() {
    if (!this.row) return;
    const boxes = this.boxes.chosen().length, many = this.scope.length;
    this.none.hidden = !this.boxes.visible().length;
    this.less.hidden = !this.boxes.visible().includes(this.boxes.current);
    this.blank.setAttribute("aria-disabled", String(!boxes));
    this.blank.textContent = !boxes ? spoken("Blank and release")
      : many > 1 ? counted("Blank %(number)s box in all %(all)s and release", "Blank %(number)s boxes in all %(all)s and release", boxes, { all: many })
      : counted("Blank %(number)s box and release", "Blank %(number)s boxes and release", boxes);
    this.release.textContent = this.isDrawn ? spoken("Release without blanking") : many > 1 ? spoken("Release all %(number)s", { number: many }) : spoken("Release");
    for (const [page, node] of [...this.strip.children].entries()) node.setAttribute("aria-label", `${this.name(page)}${this.marked.has(page) ? `, ${spoken("text may stand here")}` : ""}`);
  }
  update() {
    const members = this.scope, states = members.map(this.desk.stateOf);
    this.boxes.member = this.item.members.length > 1 && !this.all.checked ? this.member() : null;
    const member = this.member(), many = this.item.members.length > 1;
    this.what.textContent = `${this.item.what[0].toUpperCase()}${this.item.what.slice(1)} · ${many ? spoken("the one shown: %(state)s", { state: spoken(this.desk.stateOf(member)) }) : spoken(this.desk.stateOf(member))}`;
    const isWorking = states.includes("in hand");
    for (const button of [this.release, this.keep, this.undo]) button.setAttribute("aria-disabled", String(isWorking));
    this.undo.hidden = !members.some(one => this.desk.state(one));
    this.following.hidden = !this.desk.hasNext();
    const isOut = members.every(one => this.isOut(one));
    this.lookAgain();
    const focused = document.activeElement;
    for (const button of [this.blank, this.release, this.keep]) button.hidden = isOut;
    this.following.classList.toggle("first", isOut);
    this.tools.hidden = isOut;
    this.stage.classList.toggle("done", this.desk.stateOf(member) === "made black and released");
    this.keep.textContent = members.length > 1 ? spoken("Keep all %(number)s private", { number: members.length }) : spoken("Keep private");
    this.tellDoubt(members.filter(one => (this.desk.state(one) || {}).decision === "doubted" && this.desk.stateOf(one) !== "in hand"));
    this.boxes.paint();
    if (this.row.contains(focused) && focused.hidden) (!isOut ? this.blank : this.following.hidden ? this.undo : this.following).focus({ preventScroll: true });
  }
  tellDoubt(doubted) {
    const key = doubted.map(one => one + JSON.stringify(this.desk.state(one))).join();
    const error = this.scope.map(this.desk.error).find(Boolean);
    if (key + error === this.doubted) return;
    this.doubted = key + error;
    this.doubt.hidden = !doubted.length && !error;
    this.doubt.replaceChildren(...(error ? [element("p", { textContent: error })] : []));
    if (!doubted.length) return;
    for (const one of doubted) {
      const state = this.desk.state(one), from = this.start(one);
      for (const frame of state.frames) { this.marked.add(from + frame - 1); this.boxes.found(state.found, from + frame - 1, one, spoken("the second look read something here")); }
    }
    const state = this.desk.state(doubted[0]), first = state.frames.slice(0, MOST_BESIDE).join(", ");
    const which = state.frames.length > MOST_BESIDE ? spoken("%(numbers)s and others", { numbers: first }) : first;
    const where = state.frames.length && this.isClip ? ` (${counted("frame %(which)s", "frames %(which)s", state.frames.length, { which })})` : "";
    const yes = element("button", { type: "button", "data-does": "confirmed", textContent: doubted.length > 1 ? spoken("Release these %(number)s nevertheless", { number: doubted.length }) : spoken("Release nevertheless"), onclick: () => this.confirm(doubted) });
    const page = this.start(doubted[0]) + (state.frames[0] || 1) - 1;
    const show = element("button", { type: "button", textContent: spoken("Show it"), onclick: () => { this.pause(); this.go(page); this.stage.focus(); } });
    this.doubt.append(element("h3", { textContent: doubted.length > 1 ? spoken("%(number)s of them need a second yes", { number: doubted.length }) : spoken("It needs a second yes") }),
      element("p", { textContent: spoken("The second look stopped it: it %(why)s. It stands in no library. Look again, draw a box over it, or say yes once more.", { why: `${state.doubts.join("; ")}${where}` }) }), element("div", { className: "row" }, show, yes));
    this.told();
  }
  confirm(doubted) {
    this.desk.decide(doubted.map(instance => ({
      study: this.item.study, instance, decision: this.desk.state(instance).boxes.length ? "blanked" : "released", boxes: this.desk.state(instance).boxes, is_confirmed: true,
    })));
    this.release.focus({ preventScroll: true });
  }
  // Whether she drew a box herself that is not blanked yet.
  get isDrawn() { return this.boxes.visible().some(box => !box.pages) && this.scope.some(this.desk.isOpen); }
  // A second press is wanted where the first one may be a mistake.
  isToBeAsked(does, boxes) {
    const asked = JSON.stringify([does, this.boxes.visible().map(box => box.at), this.scope]), was = this.asked;
    const [columns, rows] = [this.item.width || 1, this.item.height || 1];
    const black = boxes.reduce((sum, at) => sum + (at[2] + 1 - at[0]) * (at[3] + 1 - at[1]), 0) / (columns * rows);
    const why = does === "released" && this.isDrawn ? spoken("You drew a box: it would not be made black. Press again to release without it.")
      : black > MOST_BLACK ? spoken("More than a third of the picture would be black. Press again if that is meant.") : "";
    this.asked = asked;
    if (!why || was === asked) return false;
    this.desk.says(why);
    return true;
  }
  decide(does) {
    const button = { released: this.release, blanked: this.blank, kept: this.keep, undone: this.undo }[does];
    if (button.getAttribute("aria-disabled") === "true") {
      this.desk.says(does === "blanked" ? spoken("Draw at least one box first.") : spoken("It is in hand."));
      return;
    }
    const boxes = does === "blanked" ? this.boxes.chosen().map(box => box.at) : [];
    if (this.isToBeAsked(does, boxes)) return;
    const members = does === "undone" ? this.scope.filter(one => this.desk.state(one)) : this.scope;
    this.desk.decide(members.map(instance => ({ study: this.item.study, instance, decision: does, boxes })));
  }
}
