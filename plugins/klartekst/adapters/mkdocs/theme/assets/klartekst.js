/* Ticks of a checklist stay on the reader's own device, until a year after the last one: nothing is stored before the
   first tick, and nothing is sent. Whichever page is opened next throws away what is older. */
(() => {
  const KEY = "klartekst-ticks";
  const YEAR = 365 * 24 * 60 * 60 * 1000;
  const read = () => {
    try {
      const { last, ticks } = JSON.parse(localStorage.getItem(KEY)) || {};
      const age = Date.now() - last;
      if (age >= 0 && age < YEAR) return { ...ticks }; // a clock that was wrong could keep them for ever
      localStorage.removeItem(KEY);
    } catch {
      // storage is forbidden, or holds what we did not write
    }
    return {};
  };
  const ticks = read();
  for (const box of document.querySelectorAll("input[data-kt-tick]")) {
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
