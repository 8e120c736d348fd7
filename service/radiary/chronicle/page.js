"use strict";
(() => {
  const one = (query, from = document) => from.querySelector(query);
  const all = (query, from = document) => [...from.querySelectorAll(query)];
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const days = all("li.day"), tools = one(".tools"), found = one("#found");
  if (tools) {
    tools.hidden = false;
    const texts = new Map(), selects = [["#kind", "k"], ["#part", "p"], ["#thread", "t"]];
    const index = one("#index") ? JSON.parse(one("#index").textContent) : [], elsewhere = one("#elsewhere");
    const has = (values, wanted) => !wanted || (values || "").split("\n").includes(wanted);
    const wants = () => selects.map(([id, name], place) => [one(id)?.value || "", name, place]);
    const filter = () => {
      const words = plain(one("#search").value).split(/\s+/).filter(Boolean), wanted = wants();
      const isAsked = words.length > 0 || wanted.some(([value]) => value);
      let count = 0;
      for (const day of days) {
        if (words.length && !texts.has(day)) texts.set(day, plain(day.textContent));
        const fits = wanted.every(([value, name]) => has(day.dataset[name], value)) && words.every((word) => texts.get(day).includes(word));
        day.hidden = !fits;
        count += fits;
      }
      const others = isAsked ? index.filter((entry) => wanted.every(([value, , place]) => has(entry[place + 3], value)) && words.every((word) => plain(entry[0] + " " + entry[2]).includes(word))) : [];
      if (elsewhere) {
        elsewhere.hidden = !others.length;
        elsewhere.replaceChildren(...others.slice(0, 100).map((entry) => {
          const item = document.createElement("li"), link = document.createElement("a");
          link.href = entry[1] + "#" + encodeURIComponent("d" + entry[0].split(/\s+/).join("-"));
          link.textContent = !/^\d{4}-\d\d-\d\d$/.test(entry[0]) ? entry[0] : new Date(entry[0] + "T12:00").toLocaleDateString(document.documentElement.lang.replace(/^en$/, "en-GB"), { dateStyle: "long" });
          item.append(link, " ", entry[2]);
          return item;
        }));
      }
      found.textContent = isAsked && !count && !others.length ? found.dataset.none : "";
    };
    for (const id of ["#search", "#kind", "#part", "#thread"]) one(id)?.addEventListener("input", filter);
    const order = one("#order");
    order.addEventListener("click", () => {
      const list = one("ol.days"), nav = one("nav.chapters"), isNewest = order.getAttribute("aria-pressed") !== "true";
      order.setAttribute("aria-pressed", String(isNewest));
      list.append(...[...list.children].reverse());
      if (nav && isNewest) list.after(nav);
      else if (nav) list.before(nav);
    });
  }
  const show = () => {
    const day = days.find((one) => "#" + encodeURIComponent(one.id) === location.hash);
    if (day) { one("details", day).open = true; day.scrollIntoView(); }
  };
  addEventListener("hashchange", show);
  show();
  addEventListener("beforeprint", () => all("img[loading=lazy]").forEach((image) => { image.loading = "eager"; }));
  const full = one("#full");
  full.prepend(document.createElement("img"));
  let shown = [], place = 0;
  const turn = (step) => {
    place = (place + step + shown.length) % shown.length;
    const image = one("img", shown[place]);
    one("img", full).src = image.src;
    one("img", full).alt = image.alt;
    one("img", full).className = image.className;
    one("p", full).textContent = one("figcaption", shown[place])?.textContent || "";
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("figure a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    shown = all("figure", link.closest("section"));
    place = shown.indexOf(link.parentElement);
    all("button[value='1'], button[value='-1']", full).forEach((button) => { button.hidden = shown.length < 2; });
    turn(0);
    full.showModal();
  });
  full.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && Number(button.value)) turn(Number(button.value));
    else full.close();
  });
  full.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) { event.preventDefault(); turn(step); }
  });
})();
