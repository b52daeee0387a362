// What a load came to, drawn from the data in the page.
"use strict";
(() => {
  const { format, LinePlot } = Plots;
  const US = 1e-6;
  const { moments, distributions } = JSON.parse(document.getElementById("data").textContent);
  const target = (id) => document.getElementById(id);
  const percent = (share) => `${+(share * 100).toFixed(3)} %`;
  const end = moments.length > 0 ? moments[moments.length - 1].seconds : 1;
  const plots = [];
  const overTime = (id, name, more) => {
    const plot = new LinePlot(target(id), {
      name, height: 240, formatX: (seconds) => `${+seconds.toFixed(1)} s`, onCursor: (seconds) => plots.forEach((other) => other.point(seconds)), ...more,
    });
    plots.push(plot);
    return plot;
  };
  // Where no cursor is, the legend shows the mean.
  const line = (label, style, read, value) => ({ label, style, points: moments.map((moment) => [moment.seconds, read(moment)]), value });
  const total = (field) => moments.reduce((sum, moment) => sum + moment[field], 0) / (end || 1);
  const styles = { ok: 2, error: 0, busy: 1, unknown: 6 };
  const distribution = new LinePlot(target("distribution"), {
    name: "How latency is distributed", height: 320, x: "nines", y: "log", formatX: percent, formatY: format.seconds,
    xTicks: ([, to]) => [0, 0.5, 0.9, 0.99, 0.999, 0.9999].filter((share) => share <= to),
  });
  const throughput = overTime("throughput", "Answers a second", {});
  const latency = overTime("latency", "Latency over time", { y: "log", formatY: format.seconds });
  const flight = overTime("flight", "Lines in flight", { y: "fromZero" });

  function draw() {
    distribution.draw(
      distributions.map(({ name, shares, quantilesUs }, index) => ({
        label: name, style: index, points: shares.map((share, at) => [share, quantilesUs[at] * US]), value: quantilesUs[shares.indexOf(0.5)] * US,
      })),
      [0, Math.max(0.5, ...distributions.map(({ shares }) => shares[shares.length - 1]))]);
    throughput.draw(["ok", "error", "busy", "unknown"].map((outcome) => line(outcome, styles[outcome], (moment) => moment[outcome] / moment.lengthSeconds, total(outcome))), [0, end]);
    latency.draw([
      line("p50", 0, (moment) => (moment.p50Us === null ? null : moment.p50Us * US)),
      line("p99", 1, (moment) => (moment.p99Us === null ? null : moment.p99Us * US)),
    ], [0, end]);
    flight.draw([line("in flight", 0, (moment) => moment.inFlight)], [0, end]);
  }

  draw();
  window.addEventListener("resize", draw);
})();
