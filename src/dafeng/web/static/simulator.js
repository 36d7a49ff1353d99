// The simulator without reloading: a moved lever asks the server for the result, and a pause asks for the probability.
"use strict";
(() => {
  const form = document.getElementById("simulator");
  const result = document.getElementById("result");
  if (!form || !result) return;
  const PAUSE = 400;
  const sliders = [...form.querySelectorAll("input[type=range]")];
  const undoing = [];
  let asking = null;
  let waiting = 0;

  const moved = (slider) => Number(slider.value) !== Number(slider.dataset.start);
  const short = (value) => String(Number(Number(value).toPrecision(6)));
  const query = () => {
    const said = new URLSearchParams();
    for (const name of ["s", "b", "until", "pin", "pinx", "p"]) {
      const value = form.elements[name]?.value;
      if (value) said.set(name, value);
    }
    const x = sliders.filter(moved).map((slider) => `${slider.id}:${short(slider.value)}`);
    if (x.length) said.set("x", x.join(","));
    return said.toString();
  };

  const say = (slider) => {
    const amount = slider.parentElement.querySelector(".amount");
    const unit = (amount.dataset.unit ??= amount.textContent.replace(/^[^\u00a0%]*/, ""));
    const span = Number(slider.max) - Number(slider.min);
    const digits = span < 10 ? 2 : span < 100 ? 1 : 0;
    amount.textContent = Number(slider.value).toLocaleString("en", { maximumFractionDigits: digits }) + unit;
    const output = slider.parentElement.querySelector("output");
    let mark = output.querySelector(".chg");
    if (moved(slider) && !mark) {
      mark = document.createElement("span");
      mark.className = "chg";
      mark.textContent = form.dataset.changed;
      output.prepend(mark, " ");
    } else if (!moved(slider) && mark) mark.remove();
  };

  const ask = async () => {
    asking?.abort();
    const mine = (asking = new AbortController());
    clearTimeout(waiting);
    const said = query();
    const began = performance.now();
    try {
      const answer = await fetch(`${form.dataset.result}?${said}`, { signal: mine.signal });
      if (!answer.ok) return;
      const html = await answer.text();
      if (mine.signal.aborted) return;
      const open = [...result.querySelectorAll("details")].map((each) => each.open);
      result.innerHTML = html;
      result.querySelectorAll("details").forEach((each, at) => (each.open = open[at] ?? false));
      png();
      history.replaceState(null, "", `${form.action}?${said}`);
      form.elements.before.value = said;
      const bar = document.getElementById("phonebar");
      bar.querySelector("b").lastChild.textContent = ` ${result.querySelector("#key-peak dd").firstChild.textContent}`;
      requestAnimationFrame(() => (result.dataset.took = String(performance.now() - began)));
      waiting = setTimeout(() => odds(said, mine), PAUSE);
    } catch (error) {
      if (error.name !== "AbortError") form.dataset.failed = String(error);
    }
  };

  const odds = async (said, mine) => {
    const answer = await fetch(`${form.dataset.odds}?${said}`, { signal: mine.signal }).catch(() => null);
    if (!answer?.ok || mine.signal.aborted) return;
    const box = document.createElement("div");
    box.innerHTML = await answer.text();
    for (const part of box.querySelectorAll("template")) {
      if (part.dataset.into === "key-odds") document.getElementById("key-odds").replaceWith(part.content.firstElementChild);
      else if (part.dataset.into === "fan") document.getElementById("fan").replaceChildren(part.content);
      else document.querySelector("#key-peak small").append(` · ${part.content.textContent.trim()}`);
    }
    result.dataset.odds = said;
  };

  const png = () => {
    const link = result.querySelector("a.svg");
    if (!link) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn quiet png";
    button.textContent = link.dataset.png;
    button.addEventListener("click", () => {
      const image = new Image();
      image.onload = () => {
        const canvas = document.createElement("canvas");
        canvas.width = image.naturalWidth * 2;
        canvas.height = image.naturalHeight * 2;
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob((blob) => {
          const save = document.createElement("a");
          save.href = URL.createObjectURL(blob);
          save.download = "pathway.png";
          save.click();
          URL.revokeObjectURL(save.href);
        });
      };
      image.src = link.href;
    });
    link.after(button);
  };

  let before = null;
  for (const slider of sliders) {
    slider.addEventListener("input", () => {
      before ??= [slider, slider.dataset.last ?? slider.dataset.value];
      say(slider);
      ask();
    });
    slider.dataset.value = slider.value;
    slider.addEventListener("change", () => {
      undoing.push([slider, slider.dataset.value]);
      slider.dataset.value = slider.value;
      before = null;
    });
  }
  for (const name of ["b", "until"]) form.elements[name].addEventListener("change", ask);
  // Another scenario has other settings of every lever: the server writes the form anew.
  form.elements.s.addEventListener("change", () => location.assign(`${form.action}?${query().replace(/(^|&)x=[^&]*/, "")}`));

  form.addEventListener("submit", (event) => {
    const act = event.submitter?.name === "do" ? event.submitter.value : "";
    event.preventDefault();
    if (act === "undo") {
      const last = undoing.pop();
      if (!last) return;
      const [slider, value] = last;
      slider.value = value;
      slider.dataset.value = value;
      say(slider);
    } else if (act === "reset") {
      for (const slider of sliders.filter(moved)) {
        undoing.push([slider, slider.value]);
        slider.value = slider.dataset.start;
        slider.dataset.value = slider.value;
        say(slider);
      }
    } else if (act === "pin") {
      form.elements.pin.value = form.elements.s.value;
      form.elements.pinx.value = new URLSearchParams(query()).get("x") ?? "";
    }
    ask();
  });

  result.addEventListener("click", async (event) => {
    const link = event.target.closest("a.copy");
    if (!link || !navigator.clipboard) return;
    event.preventDefault();
    await navigator.clipboard.writeText(link.href);
    link.textContent = form.dataset.copied;
  });

  for (const button of form.querySelectorAll(".levers .btns button:not([name]), .levers .btns [value=odds]")) button.hidden = true;
  png();
  waiting = setTimeout(() => odds(query(), (asking = new AbortController())), PAUSE);
})();
