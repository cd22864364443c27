/* Ticks of a checklist stay on the reader's own device: nothing is stored before the first tick, and nothing is sent. */
(() => {
  const KEY = "klartekst-ticks";
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || {};
    } catch {
      return {}; // storage is forbidden, or holds what we did not write
    }
  };
  const boxes = document.querySelectorAll("input[data-kt-tick]");
  const ticks = read();
  for (const box of boxes) {
    if (box.dataset.ktTick in ticks) box.checked = Boolean(ticks[box.dataset.ktTick]);
    box.addEventListener("change", () => {
      try {
        localStorage.setItem(KEY, JSON.stringify({ ...read(), [box.dataset.ktTick]: box.checked }));
      } catch {
        // the tick holds until the page is left
      }
    });
  }
})();
