"use strict";
(function () {
  const report = JSON.parse(document.getElementById("data").textContent);
  const sideNames = { c: "C", dotNet: "C#", library: "library" };
  const dashes = { c: "2 4", dotNet: "", library: "9 4" };
  const mechanisms = [...new Set(report.rows.map((row) => row.mechanism))];
  const color = (mechanism) => `hsl(${Math.round((mechanisms.indexOf(mechanism) * 360) / mechanisms.length)} 70% 50%)`;
  const hidden = new Set();
  const byId = (id) => document.getElementById(id);
  const size = byId("size");
  const flight = byId("flight");

  function element(name, attributes, ...children) {
    const isSvg = ["svg", "line", "path", "rect", "circle", "text", "title", "g"].includes(name);
    const made = isSvg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      made.setAttribute(key, value);
    }

    made.append(...children);
    return made;
  }

  function time(us) {
    return us < 1 ? `${Math.round(us * 1000)} ns` : us < 1000 ? `${+us.toPrecision(3)} µs` : us < 1e6 ? `${+(us / 1000).toPrecision(3)} ms` : `${+(us / 1e6).toPrecision(3)} s`;
  }

  function rate(count) {
    return count < 1000 ? `${+count.toPrecision(3)}` : count < 1e6 ? `${+(count / 1000).toPrecision(3)} k` : `${+(count / 1e6).toPrecision(3)} M`;
  }

  // Room for a phone: as many units as pixels, so that letters keep their size.
  function canvas(target, height) {
    const width = Math.max(320, Math.min(1150, target.clientWidth));
    const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, role: "img" });
    target.replaceChildren(svg);
    return { svg, width, height };
  }

  function decades(min, max) {
    const from = Math.floor(Math.log10(min));
    const to = Math.max(from + 1, Math.ceil(Math.log10(max)));
    return Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index));
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

  function drawLines(target, lines, xTicks, x, xLabel, yTicks, yLabel, makeX) {
    const { svg, width, height } = canvas(target, 420);
    const plot = { left: 58, right: width - 14, top: 10, bottom: height - 26 };
    const toX = makeX(plot.left, plot.right);
    const toY = logScale(yTicks, plot.bottom, plot.top);
    for (const tick of yTicks) {
      svg.append(element("line", { class: "grid", x1: plot.left, x2: plot.right, y1: toY(tick), y2: toY(tick) }));
      svg.append(element("text", { class: "faint", x: plot.left - 6, y: toY(tick) + 4, "text-anchor": "end" }, yLabel(tick)));
    }

    let lastX = -100;
    for (const tick of xTicks) {
      svg.append(element("line", { class: "grid", x1: toX(x(tick)), x2: toX(x(tick)), y1: plot.top, y2: plot.bottom }));
      if (toX(x(tick)) - lastX > 44) {
        svg.append(element("text", { class: "faint", x: toX(x(tick)), y: height - 8, "text-anchor": tick === xTicks[xTicks.length - 1] ? "end" : "middle" }, xLabel(tick)));
        lastX = toX(x(tick));
      }
    }

    for (const line of lines) {
      const path = line.points.map(([px, py], index) => `${index === 0 ? "M" : "L"}${toX(x(px)).toFixed(1)} ${toY(py).toFixed(1)}`).join("");
      const drawn = element("path", { d: path, fill: "none", stroke: color(line.row.mechanism), "stroke-width": 2, "stroke-dasharray": dashes[line.row.side] });
      drawn.append(element("title", {}, label(line.row)));
      svg.append(drawn);
      for (const [px, py] of line.points) {
        const dot = element("circle", { cx: toX(x(px)), cy: toY(py), r: 3.5, fill: color(line.row.mechanism) });
        dot.append(element("title", {}, `${label(line.row)}: ${xLabel(px)}, ${yLabel(py)}`));
        svg.append(dot);
      }
    }
  }

  const isShown = (row) => !hidden.has(row.mechanism);

  function drawDistribution() {
    const shares = report.quantileShares.filter((share) => share > 0 && share < 1);
    const lines = chosen().filter((row) => row.inFlight === +flight.value && isShown(row)).map((row) => ({
      row,
      points: shares.map((share) => [share, Math.max(0.01, row.median.quantilesUs[report.quantileShares.indexOf(share)])]),
    }));
    const all = lines.flatMap((line) => line.points.map((point) => point[1]));
    if (all.length === 0) {
      byId("distribution").replaceChildren("Nothing was measured so.");
      return;
    }

    // Each further nine has the same room.
    const nines = (share) => -Math.log10(1 - share);
    const end = nines(shares[shares.length - 1]);
    drawLines(byId("distribution"), lines, [0.01, 0.5, 0.9, 0.99, 0.999, 0.9999], nines, (share) => `${+(share * 100).toFixed(2)} %`,
      decades(Math.min(...all), Math.max(...all)), time, (left, right) => (value) => left + (value / end) * (right - left));
  }

  function drawThroughput() {
    const groups = new Map();
    for (const row of chosen().filter(isShown)) {
      const key = label(row);
      groups.set(key, [...(groups.get(key) || []), row]);
    }

    const lines = [...groups.values()].map((rows) => ({ row: rows[0], points: rows.map((row) => [row.inFlight, row.median.perSecond]) }));
    const all = lines.flatMap((line) => line.points.map((point) => point[1]));
    if (all.length === 0) {
      byId("throughput").replaceChildren("Nothing was measured so.");
      return;
    }

    const flights = [...report.inFlight].sort((one, other) => one - other);
    const low = Math.log2(flights[0]);
    const span = Math.max(1, Math.log2(flights[flights.length - 1]) - low);
    drawLines(byId("throughput"), lines, flights, Math.log2, (count) => `${count}`, decades(Math.min(...all), Math.max(...all)),
      rate, (left, right) => (value) => left + 8 + ((value - low) / span) * (right - left - 16));
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
