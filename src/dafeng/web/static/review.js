// Reviewing by keyboard: moves between items, shows each in the text, and sends or collects decisions.
"use strict";
(() => {
  const root = document.querySelector("[data-review]");
  if (!root) return;
  const every = [...root.querySelectorAll(".rv-card")];
  let cards = every.filter((one) => !one.hidden);
  const bar = document.querySelector("[data-bar]");
  const own = root.dataset.review === "file";
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let now = -1;

  const spans = (id) => root.querySelectorAll(`.rv-text [data-item="${CSS.escape(id)}"]`);
  const within = (box, part) => {
    if (!part) return;
    if (box.scrollHeight > box.clientHeight + 1) {
      const top = part.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
      box.scrollTo({ top: Math.max(0, top - box.clientHeight / 3), behavior: still ? "auto" : "smooth" });
    } else part.scrollIntoView({ block: "nearest" });
  };
  const go = (place, focus = true) => {
    if (place < 0 || place >= cards.length) return;
    for (const part of root.querySelectorAll(".on")) part.classList.remove("on");
    now = place;
    const card = cards[place];
    card.classList.add("on");
    const marked = spans(card.dataset.item);
    for (const part of marked) part.classList.add("on");
    within(root.querySelector(".rv-text"), marked[0]);
    if (focus) card.focus({ preventScroll: true });
    within(root.querySelector(".rv-items"), card);
  };
  const open = (from) => {
    for (let step = 1; step <= cards.length; step += 1) {
      const place = (from + step + cards.length) % cards.length;
      if (!cards[place].dataset.verdict) return place;
    }
    return -1;
  };

  const paint = (card, verdict, words) => {
    card.classList.remove("accept", "edit", "reject");
    card.classList.add(verdict);
    card.dataset.verdict = verdict;
    card.querySelector("[data-state]").textContent = words;
    for (const button of card.querySelectorAll(".rv-btns button")) button.setAttribute("aria-pressed", String(button.value === verdict));
    for (const part of spans(card.dataset.item)) part.classList.toggle("rejected", verdict === "reject");
    count();
  };
  const count = () => {
    const decided = cards.filter((one) => one.dataset.verdict).length;
    bar.querySelector("[data-count]").textContent = decided;
    bar.querySelector("[data-all]").textContent = cards.length;
    const progress = bar.querySelector("progress");
    progress.max = Math.max(1, cards.length);
    progress.value = decided;
    const all = decided === cards.length;
    for (const ready of document.querySelectorAll("[data-export]")) ready.hidden = !all;
    const wait = bar.querySelector("[data-wait]");
    if (wait) wait.hidden = all;
  };
  const failed = (card, words) => {
    let place = card.querySelector(".rv-error");
    if (!place) {
      place = document.createElement("p");
      place.className = "rv-error";
      place.setAttribute("role", "alert");
      card.querySelector(".rv-form").before(place);
    }
    place.textContent = words;
  };
  const cleared = (card) => card.querySelector(".rv-error")?.remove();

  // Decisions kept in the file: saved by the reader, applied by the command line.
  const kept = own ? JSON.parse(document.getElementById("review-data").textContent) : null;
  const made = new Map(own ? kept.decisions.map((one) => [one.item, one]) : []);
  const save = bar.querySelector("[data-save]");
  const read = (form) => {
    const changes = {};
    for (const field of form.querySelectorAll(".rv-fields [name]")) {
      if (field.name === "note") continue;
      const before = field.type === "checkbox" ? field.defaultChecked : field.tagName === "SELECT" ? [...field.options].find((one) => one.defaultSelected)?.value ?? field.options[0].value : field.defaultValue;
      const after = field.type === "checkbox" ? field.checked : field.value.trim();
      if (before === after) continue;
      if (field.type === "checkbox") changes[field.name] = after;
      else if (field.tagName === "TEXTAREA") changes[field.name] = after.split(/[\n、,]/).map((part) => part.trim()).filter(Boolean);
      else if (field.inputMode === "decimal") {
        if (after !== "" && Number.isNaN(Number(after))) throw new Error(`${field.labels[0].textContent}: ${after}`);
        changes[field.name] = after === "" ? null : Number(after);
      } else changes[field.name] = after === "" && !["unit", "indicator_id"].includes(field.name) ? null : after;
    }
    return changes;
  };
  const keep = (card, verdict) => {
    const form = card.querySelector("form");
    const one = { item: card.dataset.item, verdict };
    if (verdict === "edit") {
      const changes = read(form);
      if (Object.keys(changes).length) one.changes = changes;
      else one.verdict = "accept";
    }
    const note = form.querySelector("[name=note]").value.trim();
    if (note) one.note = note;
    one.at = new Date().toISOString().slice(0, 19);
    made.set(one.item, one);
    const words = one.item.startsWith("excluded-") ? kept.figure_words : kept.words;
    paint(card, one.verdict, words[one.verdict]);
    save.hidden = false;
  };
  const sent = async (card, verdict) => {
    const form = card.querySelector("form");
    const body = new URLSearchParams(new FormData(form));
    body.set("verdict", verdict);
    const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } });
    const data = await answer.json();
    if (!answer.ok) throw new Error(data.error);
    paint(card, data.verdict, data.label);
    card.querySelector("[data-title]").textContent = data.title;
    card.querySelector("[data-asked]").textContent = data.asked;
    const when = card.querySelector("[data-when]");
    if (when) when.textContent = data.when;
  };
  const decide = async (card, verdict) => {
    try {
      if (own) keep(card, verdict);
      else await sent(card, verdict);
      cleared(card);
      card.querySelector("details").open = false;
      const next = open(cards.indexOf(card));
      if (next >= 0) go(next);
    } catch (error) {
      failed(card, error.message);
    }
  };

  // A number that was left out: its card is in the file, hidden until somebody makes it a target.
  for (const button of root.querySelectorAll("[data-make]")) {
    button.addEventListener("click", () => {
      const card = every.find((one) => one.dataset.item === button.dataset.make);
      card.hidden = false;
      button.closest("li").hidden = true;
      cards = every.filter((one) => !one.hidden);
      count();
      go(cards.indexOf(card));
      const details = card.querySelector(".rv-form details");
      details.open = true;
      details.querySelector("input, select, textarea").focus();
    });
  }
  for (const card of every) {
    card.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      decide(card, event.submitter?.value || "edit");
    });
    card.addEventListener("focusin", () => {
      const place = cards.indexOf(card);
      if (place !== now) go(place, false);
    });
  }
  const leftOut = (event, id) => {
    const list = root.querySelector(".rv-left");
    const row = list && (id ? list.querySelector(`[id$="${CSS.escape(id)}"]`) : list.querySelector("li:not([hidden])"));
    if (!row) return;
    event?.preventDefault();
    list.open = true;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    within(root.querySelector(".rv-items"), row);
  };
  root.querySelector(".rv-text").addEventListener("click", (event) => {
    const link = event.target.closest("a[data-item]");
    const place = link ? cards.findIndex((card) => card.dataset.item === link.dataset.item) : -1;
    if (link && place < 0) leftOut(event, link.dataset.item);
    if (place < 0) return;
    event.preventDefault();
    go(place);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "Escape" && typing) {
      const card = typing.closest(".rv-card");
      if (card) { card.querySelector("details").open = false; card.focus(); }
      return;
    }
    if (typing) return;
    const card = cards[now];
    const act = {
      j: () => go(Math.min(now + 1, cards.length - 1)),
      k: () => go(Math.max(now - 1, 0)),
      u: () => go(open(now)),
      x: () => leftOut(null, ""),
      a: () => card?.querySelector("form") && decide(card, "accept"),
      r: () => card?.querySelector("form") && decide(card, "reject"),
      e: () => {
        const details = card?.querySelector(".rv-form details");
        if (!details) return;
        details.open = true;
        details.querySelector("input, select, textarea").focus();
      },
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  save?.addEventListener("click", () => {
    const data = { document: kept.document, sha256: kept.sha256, decisions: [...made.values()] };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(data, null, 1) + "\n"], { type: "application/json" }));
    link.download = "decisions.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    save.dataset.saved = "true";
  });
  if (own) {
    if (made.size) save.hidden = false;
    addEventListener("beforeunload", (event) => {
      if (made.size > kept.decisions.length && !save.dataset.saved) event.preventDefault();
    });
  }
  root.dataset.ready = "true";
  const asked = location.hash.startsWith("#i-") ? cards.findIndex((card) => `#${card.id}` === location.hash) : -1;
  if (asked >= 0) go(asked, false);
})();
