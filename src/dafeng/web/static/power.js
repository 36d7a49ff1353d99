// Looks at a solve until it has ended, and then goes to its answer.
"use strict";
(() => {
  const state = document.getElementById("state");
  const bar = document.getElementById("bar");
  if (!state || !bar) return;

  const look = async () => {
    const answer = await fetch(state.dataset.job, { headers: { accept: "application/json" }, cache: "no-store" });
    if (!answer.ok) return location.reload();
    const job = await answer.json();
    if (job.status === "done") return location.replace(state.dataset.done);
    if (job.status === "failed") return location.reload();
    if (job.status === "running") {
      const part = Math.round(100 * (job.progress ?? 0));
      bar.value = part;
      state.textContent = `${part}% · ${state.dataset.words.replace("{step}", job.iteration ?? 0)}`;
    }
    setTimeout(() => look().catch(() => location.reload()), 1000);
  };
  setTimeout(() => look().catch(() => location.reload()), 1000);
})();
