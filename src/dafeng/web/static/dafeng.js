// Opens a chart for exploring: loads the chart library on request and draws the same option with the page's colours.
"use strict";
(() => {
  const library = document.currentScript.dataset.library;
  let loading = null;

  const load = () =>
    (loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = library;
      script.onload = () => resolve(window.echarts);
      script.onerror = reject;
      document.head.append(script);
    }));

  const painted = (value, css) => {
    if (typeof value === "string") return value.replace(/var\((--[a-z0-9-]+)\)/g, (_, name) => css.getPropertyValue(name).trim());
    if (Array.isArray(value)) return value.map((item) => painted(item, css));
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, painted(item, css)]));
    return value;
  };

  const open = async (figure, button) => {
    button.disabled = true;
    const echarts = await load();
    const option = JSON.parse(figure.querySelector(".live-option").textContent);
    const css = getComputedStyle(document.documentElement);
    const across = option.yAxis.type === "category";
    const box = document.createElement("div");
    box.className = across ? "live tall" : "live";
    figure.querySelector(".chart").before(box);
    for (const drawing of figure.querySelectorAll(".chart")) drawing.remove();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const chart = echarts.init(box, null, { renderer: "canvas" });
    chart.setOption({
      ...painted(option, css),
      animation: !still,
      textStyle: { fontFamily: css.getPropertyValue("--sans").trim() },
      legend: { bottom: 0, textStyle: { color: css.getPropertyValue("--ink-2").trim() }, inactiveColor: css.getPropertyValue("--line").trim() },
      grid: { ...option.grid, bottom: 48 },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText" },
    });
    new ResizeObserver(() => chart.resize()).observe(box);
    box.dataset.ready = "true";
    button.remove();
  };

  for (const figure of document.querySelectorAll("figure.fig")) {
    const button = figure.querySelector(".live-open");
    if (!button) continue;
    button.hidden = false;
    button.addEventListener("click", () => open(figure, button).catch(() => (button.disabled = false)));
  }
})();
