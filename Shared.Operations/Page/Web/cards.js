// What is shown: a card for each matter, one large number and its course.
"use strict";
const Cards = (() => {
  const { element, format, LinePlot } = Plots;
  const GAP_MS = 2500;
  const byNumber = ([one], [other]) => Number(one) - Number(other);
  const plots = [];

  // A line of a point's field, cut where nothing was seen.
  function line(points, label, style, read, more = {}) {
    const drawn = [];
    let before = null;
    for (const point of points) {
      if (before !== null && point.t - before > GAP_MS) {
        drawn.push([before + 1, null]);
      }

      drawn.push([point.t, read(point) ?? null]);
      before = point.t;
    }

    const last = points[points.length - 1];
    return { label, style, points: drawn, value: last ? read(last) : null, ...more };
  }

  function card(id, title, plot) {
    const figure = element("p", { class: "figure", id: `${id}-figure` }, "–");
    const note = element("p", { class: "note", id: `${id}-note` });
    const place = element("div", { id: `${id}-plot` });
    const section = element("section", { class: "card", id, "aria-labelledby": `${id}-title` }, element("h2", { id: `${id}-title` }, title), figure, note, place);
    document.getElementById("cards").append(section);
    const made = plot ? new LinePlot(place, { name: title, onCursor: (t) => plots.forEach((other) => other.point(t)), ...plot }) : null;
    if (made) {
      plots.push(made);
    }

    return { figure, note, place, plot: made };
  }

  const show = (target, value, unit) => target.replaceChildren(value, ...(unit ? [element("small", {}, ` ${unit}`)] : []));
  const orDash = (value, write) => (value === null || value === undefined ? "–" : write(value));

  function rate(shown) {
    return ({ last }, lines) => {
      show(shown.figure, orDash(last.rate, format.number), "lines/s");
      return lines((points) => [line(points, "answered", 0, (point) => point.rate)]);
    };
  }

  function latency(shown) {
    return ({ last }, lines) => {
      show(shown.figure, orDash(last.p99, format.seconds), `p99 · p50 ${orDash(last.p50, format.seconds)}`);
      return lines((points) => [line(points, "p50", 0, (point) => point.p50), line(points, "p99", 1, (point) => point.p99)]);
    };
  }

  function outcomes(shown) {
    const colors = { ok: 2, error: 0, busy: 1, unknown: 6 };
    return ({ last }, lines) => {
      const bad = last.outcomes.busy === null ? null : last.outcomes.busy + last.outcomes.unknown;
      show(shown.figure, orDash(bad, format.number), "busy or unknown/s");
      shown.figure.classList.toggle("alarm", bad > 0);
      return lines((points) => Course.OUTCOMES.map((outcome) => line(points, outcome, colors[outcome], (point) => point.outcomes[outcome])));
    };
  }

  function inFlight(shown) {
    return ({ last }, lines) => {
      show(shown.figure, orDash(last.inFlight, format.number), "requests");
      shown.note.textContent = last.window === null ? "" : `window ${format.bytes(last.credit)} of ${format.bytes(last.window)} in use`;
      return lines((points) => [line(points, "in flight", 0, (point) => point.inFlight), line(points, "waiting for room", 1, (point) => point.pending)]);
    };
  }

  function queues(shown) {
    const share = ({ size, capacity }) => `${format.bytes(size)} of ${format.bytes(capacity)} (${Math.round((100 * size) / capacity)} %)`;
    return ({ last }, lines) => {
      const { request, result } = last.queues;
      const depth = request.depth === null ? null : request.depth + result.depth;
      show(shown.figure, orDash(depth, format.number), "messages wait");
      shown.note.textContent = request.capacity === null ? "" : `requests ${share(request)} · results ${share(result)}`;
      shown.note.classList.toggle("alarm", request.size > 0.8 * request.capacity || result.size > 0.8 * result.capacity);
      return lines((points) => [line(points, "requests", 0, (point) => point.queues.request.depth), line(points, "results", 1, (point) => point.queues.result.depth)]);
    };
  }

  function sessions(shown) {
    return ({ last, all }, lines) => {
      show(shown.figure, orDash(last.sessions, format.number), "players");
      shown.note.textContent = last.detached > 0 ? `${last.detached} of them have lost their connection and may come back` : "";
      const channels = [...new Map(all.flatMap((point) => [...point.channels]))].sort(byNumber).map(([channel]) => channel);
      return lines((points) => channels.map((channel, index) =>
        line(points, `channel ${channel}`, index, (point) => (point.sessions === null ? null : point.channels.get(channel) ?? 0))));
    };
  }

  function peers(shown) {
    shown.place.classList.add("peers");
    return ({ last, all, domain }) => {
      const links = [...last.links].sort(byNumber);
      const up = links.filter(([, link]) => link.isUp).length;
      show(shown.figure, `${up} of ${links.length}`, "channelDs answer");
      shown.figure.classList.toggle("alarm", up < links.length);
      shown.place.replaceChildren(...links.flatMap(([instance, link]) => {
        const state = link.isUp ? `up, answered ${orDash(link.age, format.seconds)} ago` : "does not answer";
        const title = `channelD ${instance} · channel ${Number(instance) + 1}`;
        const name = element("div", { class: link.isUp ? "" : "away" }, element("b", {}, title), state);
        return [name, strip(instance, all, domain, `${title}: ${state}`)];
      }));
      return null;
    };
  }

  // Up is full, away is hatched, and nothing is where nobody looked.
  function strip(instance, points, domain, label) {
    const id = `hatched-${instance}`;
    const svg = element("svg", { viewBox: "0 0 1000 24", preserveAspectRatio: "none", role: "img", "aria-label": label },
      element("pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        element("rect", { width: 8, height: 8 }), element("line", { x1: 0, y1: 0, x2: 0, y2: 8 })));
    const toX = (t) => Math.max(0, ((t - domain[0]) / (domain[1] - domain[0])) * 1000);
    let run = null;
    const end = () => run && svg.append(element("rect", {
      ...(run.isUp ? { class: "up" } : { class: "down", fill: `url(#${id})` }), x: toX(run.from), y: run.isUp ? 4 : 0, width: Math.max(1, toX(run.to) - toX(run.from)), height: run.isUp ? 16 : 24,
    }, element("title", {}, `${run.isUp ? "up" : "away"} ${format.clock(run.from)} – ${format.clock(run.to)}`)));
    for (const point of points) {
      const link = point.links.get(instance);
      const isNext = run && point.t - run.to <= GAP_MS;
      if (run && (!link || link.isUp !== run.isUp || !isNext)) {
        run.to = link && isNext ? point.t : run.to;
        end();
        run = null;
      }

      if (link) {
        run ??= { isUp: link.isUp, from: point.t, to: point.t };
        run.to = point.t;
      }
    }

    end();
    return svg;
  }

  let cards = [];

  function make() {
    const whole = { y: "fromZero" };
    const list = [
      [peers, card("peers", "Peers")],
      [rate, card("rate", "Rate: lines answered", {})],
      [latency, card("latency", "Latency of a command, in chatD", { y: "log", formatY: format.seconds })],
      [outcomes, card("outcomes", "Outcomes a second", whole)],
      [inFlight, card("in-flight", "In flight", whole)],
      [queues, card("queues", "Queue depth: messages", whole)],
      [sessions, card("sessions", "Sessions by channel", {})],
    ];
    cards = list.map(([how, shown]) => ({ shown, update: how(shown) }));
  }

  // points, oldest first; domain: from and to in milliseconds; restarts: moments.
  function draw(points, domain, restarts) {
    const inside = points.filter((point) => point.t >= domain[0]);
    const marks = restarts.map((x) => ({ x, label: "chatD was started again" }));
    const last = points[points.length - 1];
    if (!last) {
      return;
    }

    for (const { shown, update } of cards) {
      const lines = update({ last, all: inside, domain }, (make) => make(inside));
      shown.plot?.draw(lines, domain, marks);
    }
  }

  return { make, draw };
})();
