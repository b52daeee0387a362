// Line plots as SVG, by hand: axes, a legend that is the readout too, a cursor for the pointer and the keyboard. No dependency, no network.
// Used by the operations page (served) and by reports of one file (pasted in), so it is a plain script with one name.
"use strict";
const Plots = (() => {
  const SvgNames = new Set(["svg", "line", "path", "rect", "circle", "text", "title", "g", "defs", "pattern"]);
  // More lines than these nobody wants to have read aloud.
  const MaxTold = 8;
  const Styles = [["blue", ""], ["orange", "7 3"], ["green", "2 3"], ["purple", "9 3 2 3"], ["sky", "4 2"], ["brown", "12 4"], ["red", "3 3"], ["grey", "1 3"]];

  function element(name, attributes = {}, ...children) {
    const made = SvgNames.has(name) ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      made.setAttribute(key, value);
    }

    made.append(...children);
    return made;
  }

  // Three digits that count, never an exponent.
  function digits(value) {
    const size = Math.abs(value);
    return size >= 100 || size === 0 ? `${Math.round(value)}` : `${+value.toPrecision(size >= 10 ? 3 : 2)}`;
  }

  const format = {
    number(value) {
      const size = Math.abs(value);
      return size < 10000 ? digits(value) : size < 999500 ? `${digits(value / 1e3)} k` : size < 999.5e6 ? `${digits(value / 1e6)} M` : `${digits(value / 1e9)} G`;
    },
    seconds(value) {
      return value < 0.9995e-3 ? `${digits(value * 1e6)} µs` : value < 0.9995 ? `${digits(value * 1e3)} ms` : `${digits(value)} s`;
    },
    bytes(value) {
      return value < 1024 ? `${Math.round(value)} B` : value < 1048576 ? `${digits(value / 1024)} KiB` : `${digits(value / 1048576)} MiB`;
    },
    clock(ms) {
      return new Date(ms).toLocaleTimeString([], { hour12: false });
    },
    span(ms) {
      const seconds = Math.max(0, Math.round(ms / 1000));
      const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
      return days > 0 ? `${days} d ${hours} h` : hours > 0 ? `${hours} h ${minutes} min` : minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
    },
  };

  // 0, and three or four round steps up to what is needed.
  function linearTicks(max) {
    const rough = Math.max(max, 1) / 3;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough));
    return Array.from({ length: Math.ceil(Math.max(max, 1) / step) + 1 }, (_, index) => index * step);
  }

  function decades(min, max) {
    const from = Math.floor(Math.log10(min) + 1e-9);
    const to = Math.max(from + 1, Math.ceil(Math.log10(max) - 1e-9));
    return Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index));
  }

  // What becomes of a value before it is laid out evenly.
  const scales = {
    linear: (value) => value,
    log: (value) => Math.log10(value),
    // From 0, and still room for the few beside the many.
    fromZero: (value) => Math.log10(1 + value),
    // Each further nine of a share has the same room.
    nines: (value) => -Math.log10(1 - value),
  };

  function ticksOf(scale, values) {
    const max = Math.max(...values, 0);
    switch (scale) {
      case "log":
        return values.length > 0 ? decades(Math.min(...values), max) : [1e-4, 1e-3, 1e-2];
      case "fromZero":
        return max < 10 ? linearTicks(max) : [0, ...decades(1, max)];
      default:
        return linearTicks(max);
    }
  }

  const placed = (scale, low, high, from, to) => (value) => from + ((scale(value) - low) / (high - low || 1)) * (to - from);

  class LinePlot {
    // options: name (what is drawn, for who cannot see it), y and formatY, x and formatX, xTicks, height, onCursor(x or null), dots (each point has one),
    // isQuiet (the legend is elsewhere, and values are shown at the cursor alone).
    constructor(target, options) {
      this.options = { x: "linear", y: "linear", height: 150, formatX: format.clock, formatY: format.number, ...options };
      this.lines = [];
      this.domain = [0, 1];
      this.marks = [];
      this.cursor = null;
      this.svg = element("svg", { role: "img", tabindex: "0" });
      this.readout = element("ul", { class: "readout" });
      target.classList.add("plot");
      target.replaceChildren(this.svg, this.readout);
      this.svg.addEventListener("pointermove", (event) => this.move(this.xAt(event)));
      this.svg.addEventListener("pointerdown", (event) => this.move(this.xAt(event)));
      this.svg.addEventListener("pointerleave", () => this.move(null));
      this.svg.addEventListener("blur", () => this.move(null));
      this.svg.addEventListener("keydown", (event) => this.onKey(event));
    }

    // lines: [{ label, style (a number) or color and dash, points: [[x, y or null], …], value (what the legend shows without a cursor, if anything) }]
    draw(lines, domain, marks = []) {
      this.lines = lines;
      this.domain = domain;
      this.marks = marks;
      this.paint();
    }

    // Shows what was at a place; null for none.
    point(x) {
      if (this.cursor !== x) {
        this.cursor = x;
        this.paint();
      }
    }

    move(x) {
      this.point(x);
      this.options.onCursor?.(x);
    }

    xAt(event) {
      const box = this.svg.getBoundingClientRect();
      const share = (((event.clientX - box.left) / box.width) * this.width - this.left) / (this.right - this.left);
      const scale = scales[this.options.x];
      const wanted = scale(this.domain[0]) + Math.min(1, Math.max(0, share)) * (scale(this.domain[1]) - scale(this.domain[0]));
      const xs = this.places();
      return xs.length === 0 ? null : xs.reduce((best, x) => (Math.abs(scale(x) - wanted) < Math.abs(scale(best) - wanted) ? x : best));
    }

    places() {
      return [...new Set(this.lines.flatMap((line) => line.points.filter(([, y]) => y !== null).map(([x]) => x)))].filter((x) => x >= this.domain[0] && x <= this.domain[1]).sort((one, other) => one - other);
    }

    onKey(event) {
      const xs = this.places();
      const at = this.cursor === null ? xs.length : xs.findIndex((x) => x >= this.cursor);
      const step = event.shiftKey ? 10 : 1;
      const next = { ArrowLeft: at - step, ArrowRight: at + step, Home: 0, End: xs.length - 1 }[event.key];
      if (event.key === "Escape") {
        this.move(null);
      } else if (next !== undefined && xs.length > 0) {
        event.preventDefault();
        this.readout.setAttribute("aria-live", "polite");
        this.move(xs[Math.min(xs.length - 1, Math.max(0, next))]);
      }
    }

    paint() {
      const { options, svg } = this;
      const height = options.height;
      // As many units as pixels, so that letters keep their size on a phone.
      this.width = Math.max(240, svg.parentElement.clientWidth || 320);
      [this.left, this.right] = [46, this.width - 8];
      const [top, bottom] = [8, height - 18];
      svg.setAttribute("viewBox", `0 0 ${this.width} ${height}`);
      const inside = this.lines.map((line) => ({ ...line, points: line.points.filter(([x]) => x >= this.domain[0] && x <= this.domain[1]) }));
      const values = inside.flatMap((line) => line.points.map(([, y]) => y)).filter((y) => y !== null && (options.y !== "log" || y > 0));
      const ticks = ticksOf(options.y, values);
      const [xScale, yScale] = [scales[options.x], scales[options.y]];
      const toX = placed(xScale, xScale(this.domain[0]), xScale(this.domain[1]), this.left, this.right);
      const toY = placed(yScale, yScale(ticks[0]), yScale(ticks[ticks.length - 1]), bottom, top);
      const parts = [];
      // No line of writing upon another.
      let lastY = Infinity;
      for (const tick of ticks) {
        parts.push(element("line", { class: "grid", x1: this.left, x2: this.right, y1: toY(tick), y2: toY(tick) }));
        if (lastY - toY(tick) >= 14) {
          parts.push(element("text", { x: this.left - 5, y: toY(tick) + 4, "text-anchor": "end" }, options.formatY(tick)));
          lastY = toY(tick);
        }
      }

      const xTicks = options.xTicks ? options.xTicks(this.domain) : [this.domain[0], (this.domain[0] + this.domain[1]) / 2, this.domain[1]];
      let lastX = -Infinity;
      xTicks.forEach((tick, index) => {
        const isLast = index === xTicks.length - 1;
        const at = toX(tick);
        if (at - lastX >= 52 && (isLast || this.right - at >= 52)) {
          parts.push(element("text", { x: at, y: height - 4, "text-anchor": isLast ? "end" : index === 0 ? "start" : "middle" }, (options.formatTick ?? options.formatX)(tick)));
          lastX = at;
        }
      });
      for (const mark of this.marks.filter(({ x }) => x >= this.domain[0] && x <= this.domain[1])) {
        parts.push(element("line", { class: "mark", x1: toX(mark.x), x2: toX(mark.x), y1: top, y2: bottom }, element("title", {}, mark.label)));
      }

      inside.forEach((line) => parts.push(...this.course(line, toX, toY)));
      if (this.cursor !== null && this.cursor >= this.domain[0] && this.cursor <= this.domain[1]) {
        parts.push(element("line", { class: "cursor", x1: toX(this.cursor), x2: toX(this.cursor), y1: top, y2: bottom }));
      }

      svg.replaceChildren(...parts);
      svg.setAttribute("aria-label", `${options.name}. ${this.lines.slice(0, MaxTold).map((line) => `${line.label}: ${this.valueOf(line)}`).join(", ")}. Arrow keys move the cursor.`);
      this.paintReadout();
    }

    course(line, toX, toY) {
      const look = lookOf(line);
      let path = "";
      let pen = false;
      const alone = [];
      line.points.forEach(([x, y], index) => {
        if (y === null || (this.options.y === "log" && y <= 0)) {
          pen = false;
          return;
        }

        path += `${pen ? "L" : "M"}${toX(x).toFixed(1)} ${toY(y).toFixed(1)}`;
        const next = line.points[index + 1];
        if (this.options.dots || (!pen && (!next || next[1] === null)) || this.cursor === x) {
          const title = element("title", {}, `${line.label}: ${this.options.formatX(x)}, ${this.options.formatY(y)}`);
          alone.push(element("circle", { class: `dot ${look.name}`, ...look.fill, cx: toX(x), cy: toY(y), r: this.cursor === x ? 4 : this.options.dots ? 3.5 : 2.2 }, title));
        }

        pen = true;
      });
      const title = element("title", {}, line.label);
      return [element("path", { class: `course ${look.name}`, ...look.stroke, d: path, "stroke-dasharray": look.dash }, title), ...alone];
    }

    valueOf(line) {
      const found = this.cursor === null ? undefined : line.points.find(([x]) => x === this.cursor);
      const value = this.cursor === null ? line.value : found?.[1];
      return value === null || value === undefined ? "–" : (line.formatY ?? this.options.formatY)(value);
    }

    paintReadout() {
      const items = this.options.isQuiet && this.cursor === null ? [] : this.lines.map((line) => {
        const look = lookOf(line);
        const swatch = element("svg", { viewBox: "0 0 24 10", "aria-hidden": "true" },
          element("line", { class: look.name, ...look.stroke, x1: 0, x2: 24, y1: 5, y2: 5, "stroke-width": 3, "stroke-dasharray": look.dash }));
        const value = this.cursor === null && line.value === undefined ? [] : [element("b", {}, this.valueOf(line))];
        return element("li", {}, swatch, element("span", {}, `${line.label} `, ...value));
      });
      if (this.cursor !== null) {
        items.unshift(element("li", {}, element("b", {}, this.options.formatX(this.cursor))));
      }

      this.readout.replaceChildren(...items);
    }
  }

  // A style of the few that can be told apart, or a colour that the caller has chosen.
  function lookOf(line) {
    const [name, dash] = Styles[(line.style ?? 0) % Styles.length];
    return line.color
      ? { name: "", stroke: { stroke: line.color }, fill: { fill: line.color }, dash: line.dash ?? "" }
      : { name, stroke: {}, fill: {}, dash };
  }

  return { element, format, decades, LinePlot };
})();
