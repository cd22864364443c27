/* Ticks of a checklist stay on the reader's own device, until a year after the last one: nothing is stored before the
   first tick, and nothing is sent. */
(() => {
  const KEY = "klartekst-ticks";
  const YEAR = 365 * 24 * 60 * 60 * 1000;
  const read = () => {
    try {
      const { last, ticks } = JSON.parse(localStorage.getItem(KEY)) || {};
      if (Date.now() - last < YEAR) return { ...ticks };
      localStorage.removeItem(KEY);
    } catch {
      // storage is forbidden, or holds what we did not write
    }
    return {};
  };
  const boxes = document.querySelectorAll("input[data-kt-tick]");
  const ticks = boxes.length ? read() : {};
  for (const box of boxes) {
    if (box.dataset.ktTick in ticks) box.checked = Boolean(ticks[box.dataset.ktTick]);
    box.addEventListener("change", () => {
      try {
        const now = { ...read(), [box.dataset.ktTick]: box.checked };
        localStorage.setItem(KEY, JSON.stringify({ last: Date.now(), ticks: now }));
      } catch {
        // the tick holds until the page is left
      }
    });
  }
})();
