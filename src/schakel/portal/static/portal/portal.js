// What pages do without a server: charts, telling what changed, and remembering the open tab.
(() => {
  "use strict";

  // --- telling screen readers what a swap brought -------------------------------------------------------------
  const live = () => document.getElementById("live");
  document.addEventListener("htmx:afterSwap", (event) => {
    const told = event.target.querySelector("[data-announce]") || document.querySelector("[data-announce]");
    if (told && live()) live().textContent = told.dataset.announce;
  });
  document.addEventListener("htmx:responseError", () => {
    if (live()) live().textContent = document.documentElement.lang === "en"
      ? "That did not work. Reload the page and try again."
      : "Dat is niet gelukt. Ververs de pagina en probeer het opnieuw.";
  });

  // --- asking first ---------------------------------------------------------------------------------------------
  document.addEventListener("submit", (event) => {
    const button = event.target.querySelector("[data-busy]");
    if (button) {
      button.classList.add("btn-loading");
      button.setAttribute("aria-disabled", "true");
    }
  });

  // --- tabs that keep their address -----------------------------------------------------------------------------
  const openTab = () => {
    for (const tab of document.querySelectorAll("[data-bs-toggle='tab']")) {
      if (tab.dataset.bsTarget === location.hash.replace("#", "#pane-")) tab.click();
    }
  };
  document.addEventListener("shown.bs.tab", (event) => {
    const target = event.target.dataset.bsTarget;
    if (target) history.replaceState(null, "", target.replace("#pane-", "#"));
    lookAgain();
  });

  // --- opening and closing a whole tree -------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-open-all]");
    if (!button) return;
    const open = button.dataset.openAll === "true";
    for (const one of document.querySelectorAll(`${button.dataset.within} details`)) one.open = open;
  });

  // --- charts ---------------------------------------------------------------------------------------------------
  const PALETTE = {
    light: ["#0b6570", "#d08a1d", "#5b6fb8", "#b0527a", "#5f8f3e", "#8a6d4b"],
    dark: ["#4fc3cd", "#f0b454", "#94a6ef", "#e58cb2", "#9fcf7c", "#c9a983"],
  };
  const theme = () => document.documentElement.getAttribute("data-bs-theme") || "light";
  const shade = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const locale = () => (document.documentElement.lang === "en" ? "en-GB" : "nl-NL");
  const euros = (cents, digits = 2) => new Intl.NumberFormat(locale(), {
    style: "currency", currency: "EUR", minimumFractionDigits: digits, maximumFractionDigits: digits,
  }).format(cents / 100);

  // A chart is of amounts in cents, unless it counts people.
  const people = (count) => new Intl.NumberFormat(locale()).format(count);
  const tooltip = (spelled) => (params) => {
    // Elements instead of HTML text: nothing from the data is read as HTML, and no inline style is needed.
    const box = document.createElement("div");
    const title = box.appendChild(document.createElement("strong"));
    title.textContent = params[0].axisValueLabel;
    for (const one of params) {
      if (one.value === null || one.value === undefined) continue;
      const line = box.appendChild(document.createElement("div"));
      line.className = "d-flex justify-content-between gap-3";
      const name = line.appendChild(document.createElement("span"));
      name.textContent = one.seriesName;
      const value = line.appendChild(document.createElement("span"));
      value.className = "figures";
      value.textContent = spelled(one.value);
    }
    return box;
  };

  // The legend is shown whole: on as many lines as its words need, and the bars stand above it.
  const legendLines = (data, width) => {
    let lines = 1;
    let used = 0;
    for (const one of data.series) {
      const needed = 34 + 6.6 * one.name.length;
      if (used && used + needed > width) {
        lines += 1;
        used = 0;
      }
      used += needed;
    }
    return lines;
  };

  const options = (data, width) => ({
    color: PALETTE[theme()],
    backgroundColor: "transparent",
    textStyle: { fontFamily: "Inter, sans-serif", color: shade("--tblr-body-color") || undefined },
    aria: { enabled: true, label: { description: data.description } },
    animationDuration: window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 400,
    grid: { left: 8, right: 12, top: 12, bottom: data.series.length > 1 ? 16 + 24 * legendLines(data, width) : 8, containLabel: true },
    legend: { show: data.series.length > 1, bottom: 0, type: "plain", itemGap: 10, icon: "roundRect", itemWidth: 12, itemHeight: 12,
      textStyle: { color: shade("--tblr-body-color") } },
    tooltip: {
      trigger: "axis", formatter: tooltip(data.counts ? people : euros), confine: true, axisPointer: { type: data.kind === "line" ? "line" : "shadow" },
      backgroundColor: shade("--tblr-bg-surface"), borderColor: shade("--tblr-border-color"),
      textStyle: { color: shade("--tblr-body-color") },
    },
    xAxis: { type: "category", data: data.labels, axisTick: { show: false },
      axisLine: { lineStyle: { color: shade("--tblr-border-color") } }, axisLabel: { color: shade("--tblr-secondary") } },
    yAxis: { type: "value", minInterval: data.counts ? 1 : 0,
      axisLabel: { color: shade("--tblr-secondary"), formatter: data.counts ? people : (cents) => euros(cents, 0) },
      splitLine: { lineStyle: { color: shade("--tblr-border-color") } } },
    series: data.series.map((one) => ({
      name: one.name, type: data.kind, stack: data.kind === "bar" ? "all" : undefined, data: one.values,
      step: data.kind === "line" ? "middle" : undefined, symbol: "circle", symbolSize: 6, barMaxWidth: 42,
      connectNulls: false, emphasis: { focus: "series" },
    })),
  });

  const drawn = new Map();
  const draw = (element) => {
    if (!window.echarts || element.clientWidth === 0) return;
    const source = document.getElementById(element.dataset.chart);
    if (!source) return;
    let chart = drawn.get(element);
    if (!chart) {
      chart = window.echarts.init(element, null, {
        renderer: "svg", locale: document.documentElement.lang === "en" ? "EN" : "NL",
      });
      drawn.set(element, chart);
    }
    chart.setOption(options(JSON.parse(source.textContent), element.clientWidth), true);
  };
  const drawAll = () => {
    for (const [element, chart] of drawn) {
      if (!element.isConnected) {
        chart.dispose();
        drawn.delete(element);
      } else {
        chart.resize();
      }
    }
    for (const element of document.querySelectorAll("[data-chart]")) draw(element);
  };

  // --- tables wider than the page -------------------------------------------------------------------------------
  const placed = new WeakSet();
  const edges = (box) => {
    box.classList.toggle("more-before", box.scrollLeft > 1);
    box.classList.toggle("more-after", box.scrollLeft + box.clientWidth < box.scrollWidth - 1);
  };
  const settle = (box) => {
    if (box.clientWidth === 0) return;
    if (!placed.has(box)) {
      placed.add(box);
      box.addEventListener("scroll", () => edges(box), { passive: true });
      if ("scrollEnd" in box.dataset) box.scrollLeft = box.scrollWidth;
    }
    edges(box);
  };
  const settleAll = () => {
    for (const box of document.querySelectorAll(".table-responsive")) settle(box);
  };
  document.addEventListener("toggle", settleAll, true);

  const lookAgain = () => { drawAll(); settleAll(); };
  window.addEventListener("hashchange", openTab);
  document.addEventListener("DOMContentLoaded", () => { openTab(); lookAgain(); });
  document.addEventListener("htmx:afterSettle", lookAgain);
  document.addEventListener("schakel:theme", () => requestAnimationFrame(drawAll));
  let waiting;
  window.addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(lookAgain, 120); });
})();
