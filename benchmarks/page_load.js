// Put into the page before anything else: remembers what the browser measures while it loads.
window.__measured = { fcp: 0, lcp: 0, data: 0, chart: 0, cls: 0, tasks: [] };
const observe = (type, each) =>
  new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
observe("paint", (e) => e.name === "first-contentful-paint" && (window.__measured.fcp = e.startTime));
observe("largest-contentful-paint", (e) => (window.__measured.lcp = e.startTime));
observe("layout-shift", (e) => (window.__measured.cls += e.value));
observe("longtask", (e) => window.__measured.tasks.push(e.duration));
const appears = (name, selector) =>
  new MutationObserver((_, observer) => {
    if (!document.querySelector(selector)) return;
    window.__measured[name] = performance.now();
    observer.disconnect();
  }).observe(document, { subtree: true, childList: true, attributes: true });
appears("data", "[data-figure][data-display=value]");
appears("chart", "figure[data-chart] .recharts-line-curve");
