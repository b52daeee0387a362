"use strict";
(function () {
  const { element, format, decades, LinePlot } = Plots;
  const time = (us) => format.seconds(us / 1e6);
  const report = JSON.parse(document.getElementById("data").textContent);
  const sideNames = { c: "C", dotNet: "C#", library: "library" };
  const dashes = { c: "2 4", dotNet: "", library: "9 4" };
  const mechanisms = [...new Set(report.rows.map((row) => row.mechanism))];
  const color = (mechanism) => `hsl(${Math.round((mechanisms.indexOf(mechanism) * 360) / mechanisms.length)} 70% 50%)`;
  const hidden = new Set();
  const byId = (id) => document.getElementById(id);
  const size = byId("size");
  const flight = byId("flight");

  // Room for a phone: as many units as pixels, so that letters keep their size.
  function canvas(target, height) {
    const width = Math.max(320, Math.min(1150, target.clientWidth));
    const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, role: "img" });
    target.replaceChildren(svg);
    return { svg, width, height };
  }

  function logScale(ticks, from, to) {
    const low = Math.log10(ticks[0]);
    const high = Math.log10(ticks[ticks.length - 1]);
    return (value) => from + ((Math.log10(Math.max(value, ticks[0])) - low) / (high - low)) * (to - from);
  }

  const sides = () => new Set([...byId("sides").querySelectorAll("input:checked")].map((box) => box.value));
  const label = (row) => `${row.title} · ${sideNames[row.side]}`;
  const chosen = () => report.rows.filter((row) => row.sizeBytes === +size.value && sides().has(row.side));

  function drawBars() {
    const rows = chosen().filter((row) => row.inFlight === +flight.value).sort((one, other) => one.median.p50Us - other.median.p50Us);
    const target = byId("bars");
    if (rows.length === 0) {
      target.replaceChildren("Nothing was measured so.");
      return;
    }

    const step = 36;
    const { svg, width, height } = canvas(target, rows.length * step + 28);
    const first = report.quantileShares.indexOf(0.01);
    const last = report.quantileShares.indexOf(0.99);
    const low = (row) => Math.max(0.01, row.median.quantilesUs[first]);
    const ticks = decades(Math.min(...rows.map(low)), Math.max(...rows.map((row) => row.median.quantilesUs[last])));
    const x = logScale(ticks, 8, width - 40);
    for (const tick of ticks) {
      svg.append(element("line", { class: "grid", x1: x(tick), x2: x(tick), y1: 0, y2: height - 20 }));
      svg.append(element("text", { class: "faint", x: x(tick), y: height - 4, "text-anchor": tick === ticks[0] ? "start" : "middle" }, time(tick)));
    }

    rows.forEach((row, index) => {
      const y = index * step + 26;
      const from = x(low(row));
      const to = x(row.median.quantilesUs[last]);
      const ratio = row.overC ? ` · ${row.overC.time.toFixed(2)} × C` : "";
      svg.append(
        element("text", { x: 8, y: y - 10 }, `${label(row)}  ${time(row.median.p50Us)}${ratio}`),
        element("rect", { x: from, y: y - 3, width: Math.max(1, to - from), height: 6, rx: 3, fill: color(row.mechanism), opacity: 0.35 }),
        mark(row, x(row.median.p50Us), y));
    });
  }

  // A ring is C, a disc C#, a square the library.
  function mark(row, x, y) {
    const stroke = color(row.mechanism);
    return row.side === "library"
      ? element("rect", { x: x - 5, y: y - 5, width: 10, height: 10, fill: stroke })
      : element("circle", { cx: x, cy: y, r: 5, stroke, "stroke-width": 2, class: row.side === "c" ? "ring" : "", fill: stroke });
  }

  // Made once: a cursor stays where it is when other lines are chosen.
  const linePlot = (id, options) => new LinePlot(byId(id), { height: 420, dots: true, isQuiet: true, ...options });
  const look = (row) => ({ label: label(row), color: color(row.mechanism), dash: dashes[row.side] });
  const percent = (share) => `${+(share * 100).toFixed(2)} %`;
  const shares = report.quantileShares.filter((share) => share > 0 && share < 1);
  const flights = [...report.inFlight].sort((one, other) => one - other);
  const distribution = linePlot("distribution", {
    name: "How latency is distributed", x: "nines", y: "log", formatX: percent, formatY: time, xTicks: () => [0, 0.5, 0.9, 0.99, 0.999, 0.9999].filter((share) => share <= shares[shares.length - 1]),
  });
  const throughput = linePlot("throughput", {
    name: "Round trips a second", x: "log", y: "log", formatX: (count) => `${count} in flight`, formatTick: (count) => `${count}`, xTicks: () => flights,
  });

  const isShown = (row) => !hidden.has(row.mechanism);

  function drawDistribution() {
    const rows = chosen().filter((row) => row.inFlight === +flight.value && isShown(row));
    const quantile = (row, share) => Math.max(0.01, row.median.quantilesUs[report.quantileShares.indexOf(share)]);
    distribution.draw(rows.map((row) => ({ ...look(row), points: shares.map((share) => [share, quantile(row, share)]) })), [0, shares[shares.length - 1]]);
  }

  function drawThroughput() {
    const groups = new Map();
    for (const row of chosen().filter(isShown)) {
      groups.set(label(row), [...(groups.get(label(row)) || []), row]);
    }

    const lines = [...groups.values()].map((rows) => ({ ...look(rows[0]), points: rows.map((row) => [row.inFlight, row.median.perSecond]) }));
    throughput.draw(lines, [flights[0], Math.max(flights[flights.length - 1], 2 * flights[0])]);
  }

  function draw() {
    drawBars();
    drawDistribution();
    drawThroughput();
  }

  function fillControls() {
    report.sizesBytes.forEach((bytes) => size.append(element("option", { value: bytes }, `${bytes} bytes`)));
    report.inFlight.forEach((count) => flight.append(element("option", { value: count }, `${count}`)));
    Object.entries(sideNames).filter(([side]) => report.rows.some((row) => row.side === side)).forEach(([side, name]) => {
      const box = element("input", { type: "checkbox", value: side, checked: "checked" });
      byId("sides").append(element("label", {}, box, ` ${name}`));
    });
    mechanisms.forEach((mechanism) => {
      const box = element("input", { type: "checkbox", checked: "checked" });
      box.addEventListener("change", () => {
        if (box.checked) {
          hidden.delete(mechanism);
        } else {
          hidden.add(mechanism);
        }

        draw();
      });
      const swatch = element("svg", { viewBox: "0 0 32 12" }, element("line", { x1: 0, x2: 32, y1: 6, y2: 6, stroke: color(mechanism), "stroke-width": 4 }));
      byId("legend").append(element("label", {}, box, swatch, report.rows.find((row) => row.mechanism === mechanism && row.side !== "library").title));
    });
    byId("legend").append(element("p", { class: "origin" }, "C: a ring, dotted. C#: a disc, a whole line. Library: a square, dashed."));
    document.querySelectorAll(".controls select, .controls input").forEach((control) => control.addEventListener("change", draw));
    let width = window.innerWidth;
    window.addEventListener("resize", () => {
      if (width !== window.innerWidth) {
        width = window.innerWidth;
        draw();
      }
    });
  }

  byId("plots").removeAttribute("hidden");
  fillControls();
  draw();
})();
