// What the benchmarks of the charts ask of the page.
window.__charts = {
  /** Scrolls to the end and back at `speed` px a frame; resolves to the milliseconds of each frame. */
  scroll: (speed) =>
    new Promise((resolve) => {
      const page = document.scrollingElement;
      const frames = [];
      let before = 0;
      let direction = 1;
      const next = (now) => {
        if (before) frames.push(now - before);
        before = now;
        page.scrollTop += direction * speed;
        if (direction > 0 && page.scrollTop + page.clientHeight >= page.scrollHeight - 1) direction = -1;
        else if (direction < 0 && page.scrollTop <= 0) return resolve(frames);
        requestAnimationFrame(next);
      };
      requestAnimationFrame(next);
    }),

  /** Clicks `radio`; resolves to the milliseconds until every chart in sight says `period` and has been painted. */
  choose: (radio, period) =>
    new Promise((resolve) => {
      const isInSight = (figure) => figure.getBoundingClientRect().top < innerHeight;
      const figures = [...document.querySelectorAll("figure[data-chart]")].filter(isInSight);
      const captions = figures.map((figure) => figure.querySelector("figcaption"));
      const began = performance.now();
      const isDrawn = () => captions.every((caption) => caption.textContent.includes(period));
      const observer = new MutationObserver(() => {
        if (!isDrawn()) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      radio.click();
    }),
};
