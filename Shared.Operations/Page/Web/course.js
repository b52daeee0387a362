// From what the daemon counts to what is drawn: differences of counters, quantiles from buckets. A run of the daemon never counts on from another.
"use strict";
const Course = (() => {
  const OUTCOMES = ["ok", "error", "busy", "unknown"];

  // "name{label=\"value\"}" to [name, value].
  function split(column) {
    const found = /^([^{]+)(?:\{[^=]+="(.*)"\})?$/.exec(column);
    return [found[1], found[2] ?? ""];
  }

  // The value below which a share of what was counted lies, as if evenly spread within its bucket; null where nothing was.
  function quantile(share, bounds, counts) {
    const total = counts[counts.length - 1];
    if (!(total > 0)) {
      return null;
    }

    const wanted = share * total;
    const index = counts.findIndex((count) => count >= wanted);
    if (!Number.isFinite(bounds[index])) {
      return bounds[index - 1] ?? null;
    }

    const below = index > 0 ? counts[index - 1] : 0;
    const from = index > 0 ? bounds[index - 1] : 0;
    return from + ((wanted - below) / (counts[index] - below || 1)) * (bounds[index] - from);
  }

  class Course {
    constructor(keepMs) {
      this.keepMs = keepMs;
      this.points = [];
      this.restarts = [];
      this.generation = null;
      this.last = 0;
    }

    // Takes an answer of /stats. What is not of the run seen last begins anew.
    add(answer) {
      if (answer.generation !== this.generation) {
        if (this.generation !== null) {
          this.restarts.push(answer.startedAtMs);
        }

        this.generation = answer.generation;
        this.previous = null;
        this.last = 0;
      } else if (answer.first > this.last + 1) {
        // Some rows were pushed out before they were asked for.
        this.previous = null;
      }

      const names = answer.columns.map(split);
      answer.rows.forEach((row, index) => {
        // Never the same row twice, should two answers overlap.
        if (answer.first + index > this.last) {
          this.addRow(names, row);
        }
      });
      this.last = Math.max(this.last, answer.first + answer.rows.length - 1);
      const oldest = answer.nowMs - this.keepMs;
      this.points = this.points.filter((point) => point.t >= oldest);
      this.restarts = this.restarts.filter((t) => t >= oldest);
    }

    addRow(names, row) {
      const now = { t: row[0], metrics: new Map() };
      names.forEach(([name, label], index) => {
        const value = row[index + 1];
        if (value !== null && value !== undefined) {
          now.metrics.set(name, (now.metrics.get(name) ?? new Map()).set(label, value));
        }
      });
      this.points.push(point(now, this.previous));
      this.previous = now;
    }
  }

  function point(now, before) {
    const seconds = before === null ? 0 : (now.t - before.t) / 1000;
    const all = (name) => now.metrics.get(name) ?? new Map();
    const one = (name, label = "") => all(name).get(label) ?? null;
    // What is counted for the first time was 0 before: counters begin with the run.
    const grown = (name, label) => Math.max(0, (one(name, label) ?? 0) - (before.metrics.get(name)?.get(label) ?? 0));
    const outcomes = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, seconds > 0 ? grown("chatd_lines_total", outcome) / seconds : null]));
    const buckets = [...all("ipc_request_duration_seconds_bucket").keys()];
    const bounds = buckets.map((label) => (label === "+Inf" ? Infinity : Number(label)));
    const counts = seconds > 0 ? buckets.map((label) => grown("ipc_request_duration_seconds_bucket", label)) : [];
    const queue = (name) => ({ depth: one("ipc_queue_depth", name), size: one("ipc_queue_size_bytes", name), capacity: one("ipc_queue_capacity_bytes", name) });
    return {
      t: now.t,
      rate: seconds > 0 ? OUTCOMES.reduce((sum, outcome) => sum + outcomes[outcome], 0) : null,
      outcomes,
      p50: quantile(0.5, bounds, counts),
      p99: quantile(0.99, bounds, counts),
      inFlight: one("ipc_requests_in_flight"),
      pending: one("ipc_requests_pending"),
      window: one("ipc_requests_window_bytes"),
      credit: (one("ipc_requests_credit_bytes", "used") ?? 0) + (one("ipc_requests_credit_bytes", "owed") ?? 0),
      queues: { request: queue("request"), result: queue("result") },
      sessions: one("chatd_sessions"),
      detached: one("chatd_sessions_detached"),
      channels: all("chatd_channel_sessions"),
      links: new Map([...all("ipc_link_up")].map(([instance, up]) => [instance, { isUp: up > 0, age: one("ipc_link_answer_age_seconds", instance) }])),
    };
  }

  Course.OUTCOMES = OUTCOMES;
  Course.quantile = quantile;
  return Course;
})();
