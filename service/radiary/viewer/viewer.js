// Looking through exams: a stack, a clip, two of them side by side. It reads files beside it and asks nobody for anything.
"use strict";
(() => {
  const AHEAD = 8, KEPT = 60, LARGEST = 12, STEP = 1.25, PAN = 40;
  const words = JSON.parse(document.getElementById("words").textContent);
  const exams = new Map(), choices = [];
  window.radiary = { exam: (data) => exams.set(data.code, data), choice: (data) => choices.push(data) };
  const said = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const language = document.documentElement.lang.replace(/^en$/, "en-GB");
  const inWords = (day) => day.toLocaleDateString(language, { dateStyle: "long" }).replace(/^1 /, language === "fr" ? "1er " : "1 ");
  const dayOf = (text) => /^\d{4}-\d\d-\d\d$/.test(text) ? inWords(new Date(`${text}T12:00`)) : text;
  const between = (least, number, most) => Math.min(most, Math.max(least, number));

  class Pictures {  // those shown last and those that will be next, ready to be shown
    constructor() { this.kept = new Map(); }
    get(address) {
      let image = this.kept.get(address);
      this.kept.delete(address);
      if (!image) { image = new Image(); image.decoding = "async"; image.src = address; }
      this.kept.set(address, image);
      if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value);
      return image;
    }
  }

  class Viewer {
    constructor(pane) {
      const find = (what) => pane.querySelector(what);
      Object.assign(this, { pane, stage: find(".stage"), image: find("img"), slider: find("input"), number: find(".number"),
        button: find(".play"), select: find(".windows select"), trouble: find(".trouble"), of: find(".of"), made: find(".made"), blanked: find(".blanked") });
      this.pictures = new Pictures();
      this.heard = [];
      this.at = 0; this.scale = 1; this.x = 0; this.y = 0; this.timer = 0; this.turn = 0; this.loop = 0;
      this.pointers = new Map();
      this.slider.addEventListener("input", () => { this.pause(); this.show(Number(this.slider.value) - 1); });
      this.button.addEventListener("click", () => this.timer ? this.pause() : this.play());
      this.select.addEventListener("change", () => this.show(this.at));
      find(".former").addEventListener("click", () => this.move(-1));
      find(".later").addEventListener("click", () => this.move(1));
      find(".in").addEventListener("click", () => this.zoom(STEP));
      find(".out").addEventListener("click", () => this.zoom(1 / STEP));
      find(".reset").addEventListener("click", () => this.whole());
      this.stage.addEventListener("keydown", (event) => this.key(event));
      this.slider.addEventListener("keydown", (event) => { if ("wW+-0 ".includes(event.key)) this.key(event); });
      this.stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
      this.stage.addEventListener("dblclick", () => this.whole());
      for (const kind of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) this.stage.addEventListener(kind, (event) => this[kind](event));
    }

    open(exam, stack, at, follows = false) {
      this.pause();
      Object.assign(this, { exam, stack, at: at ?? (stack.clip ? 0 : Math.floor(stack.pictures.length / 2)) });
      const many = stack.pictures.length > 1;
      this.slider.max = stack.pictures.length;
      this.pane.querySelector(".place").hidden = !many;
      this.button.hidden = !many;
      this.pane.querySelector(".steps").hidden = !many;
      const names = Object.keys(stack.windows);
      this.select.replaceChildren(new Option(words.usual, ""), ...names.map((name) => new Option(name, name)));
      this.pane.querySelector(".windows").hidden = !names.length;
      ["top", "right", "bottom", "left"].forEach((side, place) => { this.pane.querySelector(`.${side}`).textContent = stack.letters[place]; });
      this.labelled();
      this.whole();
      this.show(this.at, follows);
    }

    address(at) {
      const paths = this.stack.windows[this.select.value] ?? this.stack.pictures;
      return this.exam.folder + paths[at].split("/").map(encodeURIComponent).join("/");
    }

    async show(at, follows = false) {
      at = between(0, at, this.stack.pictures.length - 1);
      const turn = ++this.turn, step = at < this.at ? -1 : 1;
      this.at = at;
      const picture = this.pictures.get(this.address(at));
      this.told();
      try { await picture.decode(); } catch { if (turn === this.turn) this.lacks(); return; }
      if (turn !== this.turn) return;
      this.trouble.hidden = true;
      this.image.src = picture.src;
      this.image.alt = `${this.stack.title}, ${this.slider.getAttribute("aria-valuetext")}`;
      if (!follows) for (const hear of this.heard) hear(this);
      for (let next = 1; next <= AHEAD; next++) {
        const place = at + next * step;
        if (place >= 0 && place < this.stack.pictures.length) this.pictures.get(this.address(place));
      }
    }

    lacks() { this.pause(); this.image.removeAttribute("src"); this.trouble.textContent = words.missing; this.trouble.hidden = false; }

    told() {
      const { stack, exam, at } = this, text = said(stack.clip ? words.frame : words.place, { at: at + 1, all: stack.pictures.length });
      this.slider.value = at + 1;
      this.slider.setAttribute("aria-valuetext", text);
      this.number.textContent = text;
      const shown = (this.select.value || stack.plane) && said(words.window, { name: this.select.value || words.usual });
      const of = [!stack.title.includes(exam.title) && exam.title, dayOf(exam.date), stack.title];
      const made = [text, shown, stack.digests[at] && `${words.digest} ${stack.digests[at]}`, words.made];
      this.blanked.textContent = words.blanked;
      this.blanked.hidden = !stack.blanked.includes(at);
      this.of.textContent = of.filter(Boolean).join(" · ");
      this.made.textContent = ["", ...made.filter(Boolean)].join(" · ");
    }

    labelled() {
      const sides = ["top", "right", "bottom", "left"];
      const edges = sides.map((side, place) => this.stack.letters[place] && `${words[side]}: ${[...this.stack.letters[place]].map((one) => words[one]).join(", ")}`);
      this.stage.setAttribute("aria-label", [this.exam.title, this.stack.title, ...edges].filter(Boolean).join("; "));
      this.button.textContent = words.play;
    }

    play() {
      this.button.textContent = words.pause;
      const loop = ++this.loop;  // one that waits for its picture must not go on beside another
      const next = async () => {
        const began = performance.now();
        await this.show((this.at + 1) % this.stack.pictures.length);
        if (loop === this.loop) this.timer = setTimeout(next, Math.max(0, this.stack.ms - (performance.now() - began)));
      };
      this.timer = setTimeout(next, this.stack.ms);
    }

    pause() { clearTimeout(this.timer); this.timer = 0; this.loop++; this.button.textContent = words.play; }

    move(by) { this.pause(); this.show(this.at + by); }

    zoom(by, x = 0, y = 0) {
      const scale = between(1, this.scale * by, LARGEST), grown = scale / this.scale;
      Object.assign(this, { scale, x: x - (x - this.x) * grown, y: y - (y - this.y) * grown });
      this.placed();
    }

    whole() { Object.assign(this, { scale: 1, x: 0, y: 0 }); this.placed(); }

    pan(x, y) { this.x += x; this.y += y; this.placed(); }

    placed() {
      const { width, height } = this.stage.getBoundingClientRect(), most = (this.scale - 1) / 2;
      this.x = between(-width * most, this.x, width * most);
      this.y = between(-height * most, this.y, height * most);
      this.image.style.transform = this.scale === 1 ? "" : `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
    }

    key(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const moves = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -1e9, End: 1e9 };
      const pans = { ArrowUp: [0, PAN], ArrowDown: [0, -PAN], ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0] };
      if (event.shiftKey && pans[event.key]) this.pan(...pans[event.key]);
      else if (moves[event.key]) this.move(moves[event.key]);
      else if (event.key === " ") { if (!this.button.hidden) this.button.click(); }
      else if (event.key === "+" || event.key === "=") this.zoom(STEP);
      else if (event.key === "-") this.zoom(1 / STEP);
      else if (event.key === "0") this.whole();
      else if (event.key.toLowerCase() === "w") { this.select.selectedIndex = (this.select.selectedIndex + 1) % this.select.length; this.show(this.at); }
      else return;
      event.preventDefault();
    }

    wheel(event) {
      event.preventDefault();
      if (event.ctrlKey) return this.zoom(event.deltaY < 0 ? STEP : 1 / STEP, ...this.from(event));
      this.rolled = (this.rolled ?? 0) + (event.deltaMode ? event.deltaY * 30 : event.deltaY);
      const by = Math.trunc(this.rolled / 30);
      if (by) { this.rolled -= by * 30; this.move(by); }
    }

    from(event) {
      const { left, top, width, height } = this.stage.getBoundingClientRect();
      return [event.clientX - left - width / 2, event.clientY - top - height / 2];
    }

    pointerdown(event) {
      this.stage.setPointerCapture(event.pointerId);
      this.pointers.set(event.pointerId, [event.clientX, event.clientY]);
      this.dragged = 0;
    }

    pointermove(event) {  // one finger or the mouse: moves a picture that is larger than its place, else goes through the stack; two zoom
      const before = this.pointers.get(event.pointerId);
      if (!before) return;
      const others = [...this.pointers].filter(([id]) => id !== event.pointerId), now = [event.clientX, event.clientY];
      this.pointers.set(event.pointerId, now);
      if (others.length) {
        const far = (one) => Math.hypot(one[0] - others[0][1][0], one[1] - others[0][1][1]);
        return this.zoom(far(now) / Math.max(1, far(before)), ...this.from(event));
      }
      if (this.scale > 1) return this.pan(now[0] - before[0], now[1] - before[1]);
      const each = Math.max(3, this.stage.clientHeight / this.stack.pictures.length);
      this.dragged += now[1] - before[1];
      const by = Math.trunc(this.dragged / each);
      if (by) { this.dragged -= by * each; this.move(by); }
    }

    pointerup(event) { this.pointers.delete(event.pointerId); }
    pointercancel(event) { this.pointers.delete(event.pointerId); }
  }

  const hash = () => new URLSearchParams(location.hash.slice(1));

  async function lookThrough() {
    const exam = exams.get(document.body.dataset.exam), viewer = new Viewer(document.querySelector(".pane"));
    const list = document.querySelector("nav ol"), beside = document.querySelector(".beside");
    const buttons = exam.stacks.map((stack, place) => {
      const button = document.createElement("button"), image = new Image(), text = document.createElement("span");
      const middle = stack.pictures[Math.floor(stack.pictures.length / 2)];
      Object.assign(image, { loading: "lazy", alt: "", src: exam.folder + middle.split("/").map(encodeURIComponent).join("/") });
      text.textContent = `${stack.title} (${stack.pictures.length})`;
      button.type = "button";
      button.append(image, text);
      button.addEventListener("click", () => choose(place));
      const entry = document.createElement("li");
      entry.append(button);
      list.append(entry);
      return button;
    });
    const shared = new Set();
    const offer = () => { beside.hidden = chosen < 0 || !shared.has(exam.stacks[chosen].group); };
    let chosen = -1;
    function choose(place, at) {
      if (chosen >= 0) buttons[chosen].removeAttribute("aria-current");
      chosen = place;
      buttons[place].setAttribute("aria-current", "true");
      const entry = buttons[place].parentElement;  // the list alone is scrolled: the page stays where it is
      list.scrollTo(entry.offsetLeft - (list.clientWidth - entry.clientWidth) / 2, entry.offsetTop - (list.clientHeight - entry.clientHeight) / 2);
      viewer.open(exam, exam.stacks[place], at);
      offer();
      beside.firstChild.href = `compare.html#of=${exam.stacks[place].group}&left=${exam.code}.${place}`;
    }
    document.addEventListener("keydown", (event) => {
      const isCommand = event.metaKey || (event.ctrlKey && !event.altKey);  // many keyboards have brackets behind AltGr or Alt
      if (event.target.matches("select") || isCommand) return;
      const by = { "[": -1, "]": 1 }[event.key];
      if (by) choose((chosen + by + buttons.length) % buttons.length);
    });
    const wanted = Number(hash().get("series") ?? 0), picture = Number(hash().get("picture") || NaN);
    const at = Number.isInteger(picture) ? picture - 1 : undefined;
    if (buttons.length) choose(buttons[wanted] ? wanted : 0, at);
    for (const group of new Set(exam.stacks.map((one) => one.group))) {
      const before = choices.length;
      await loaded(`group-${group}.js`).catch(() => {});
      if (choices.length - before > 1) shared.add(group);  // or there is nothing but itself to set beside it
      offer();
    }
  }

  const loaded = (address) => new Promise((done, failed) => {
    const script = Object.assign(document.createElement("script"), { src: address, onload: done, onerror: failed });
    document.head.append(script);
  });

  async function sideBySide() {
    const asked = hash(), named = /^[a-z2-7]{8}$/;
    if (named.test(asked.get("of") ?? "")) await loaded(`group-${asked.get("of")}.js`).catch(() => {});
    if (!choices.length) {
      const said = Object.assign(document.createElement("p"), { className: "trouble", textContent: words.nothing });
      document.querySelector("main").replaceChildren(said);
      document.querySelector(".together").hidden = true;
      return;
    }
    const sides = [...document.querySelectorAll(".side")].map((side) => ({ select: side.querySelector(".choice select"), viewer: new Viewer(side.querySelector(".pane")) }));
    const together = document.getElementById("together"), shown = document.getElementById("offset");
    const name = (one) => `${one.code}.${one.stack}`;
    let offset = 0;
    for (const { select } of sides) select.append(...choices.map((one) => new Option(`${dayOf(one.date) || words.undated} · ${one.title} (${one.pictures})`, name(one))));
    const open = async (side, value, follows) => {
      const [code, place] = value.split(".");
      if (!exams.has(code)) await loaded(`exam-${code}.js`);
      side.select.value = value;
      side.viewer.open(exams.get(code), exams.get(code).stacks[Number(place)], undefined, follows);
      document.querySelector(".together").hidden = sides.every(({ viewer }) => viewer.stack?.pictures.length === 1);
    };
    const alike = (one, other) => one.stack.positions && other.stack.positions && one.stack.plane && one.stack.plane === other.stack.plane;
    function follow(leader, other, by) {  // to about the same place: by position along the slices, else by share of the stack
      const { stack, at } = leader, last = other.stack.pictures.length - 1;
      let place = stack.pictures.length > 1 ? Math.round((at / (stack.pictures.length - 1)) * last) : 0;
      if (alike(leader, other)) {
        const far = (one) => Math.abs(other.stack.positions[one] - stack.positions[at]);
        place = other.stack.positions.reduce((best, _, one) => (far(one) < far(best) ? one : best), 0);
      }
      other.pause();
      other.show(place + by, true);
    }
    const tell = () => { shown.textContent = said(words.offset, { by: offset > 0 ? `+${offset}` : offset }); };
    const [left, right] = sides;
    left.viewer.heard.push(() => { if (together.checked && right.viewer.stack) follow(left.viewer, right.viewer, offset); });
    right.viewer.heard.push(() => { if (together.checked && left.viewer.stack) follow(right.viewer, left.viewer, -offset); });
    const shift = (by) => { offset += by; tell(); if (left.viewer.stack && right.viewer.stack) follow(left.viewer, right.viewer, offset); };
    document.getElementById("sooner").addEventListener("click", () => shift(-1));
    document.getElementById("later").addEventListener("click", () => shift(1));
    for (const side of sides) side.select.addEventListener("change", () => open(side, side.select.value));
    tell();
    const first = choices.some((one) => name(one) === asked.get("left")) ? asked.get("left") : name(choices[0]);
    const others = choices.filter((one) => one.code !== first.split(".")[0]);
    const best = others.findLast((one) => one.plane === choices.find((other) => name(other) === first).plane) ?? others.at(-1);
    const second = choices.some((one) => name(one) === asked.get("right")) ? asked.get("right") : name(best ?? choices.find((one) => name(one) !== first) ?? choices[0]);
    await open(right, second, true);  // or it would lead, were its picture there later
    await open(left, first);
  }

  document.addEventListener("DOMContentLoaded", () => (document.body.classList.contains("compare") ? sideBySide() : lookThrough()));
})();
