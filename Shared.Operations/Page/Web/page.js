// Asks the daemon once a second, and says how it is: ready, not ready and why, or away and since when.
"use strict";
(() => {
  const KEEP_MS = 600000;
  const ASK_EVERY_MS = 1000;
  const ANSWER_LIMIT_MS = 3000;
  const STALE_MS = 5000;
  const { element, format } = Plots;
  const byId = (id) => document.getElementById(id);
  const course = new Course(KEEP_MS);
  let answer = null;
  let heardAt = performance.now();
  let isLost = false;
  let wanted = null;
  let timer = 0;

  const spanMs = () => 1000 * document.querySelector("#spans input:checked").value;
  // The daemon's clock, and not that of the phone.
  const nowMs = () => answer.nowMs + (performance.now() - heardAt);

  async function ask() {
    clearTimeout(timer);
    // One question at a time; a newer one takes the place of one that hangs.
    wanted?.abort();
    const mine = (wanted = new AbortController());
    const limit = setTimeout(() => mine.abort(), ANSWER_LIMIT_MS);
    try {
      const response = await fetch(`stats?after=${course.last}&of=${course.generation ?? ""}`, { cache: "no-store", signal: mine.signal });
      if (!response.ok) {
        throw new Error(`${response.status}`);
      }

      const taken = await response.json();
      course.add(taken);
      answer = taken;
      heardAt = performance.now();
      isLost = false;
    } catch {
      // Another question has taken this one's place, or the daemon is away.
      if (mine !== wanted) {
        return;
      }

      isLost = true;
    } finally {
      clearTimeout(limit);
    }

    timer = setTimeout(ask, ASK_EVERY_MS);
    show();
  }

  function stateOf() {
    if (isLost) {
      const since = format.span(performance.now() - heardAt);
      return answer === null
        ? { name: "lost", word: "✕ No answer yet", reasons: ["chatD does not answer here. This page goes on asking."] }
        : { name: "lost", word: `✕ Connection lost since ${since}`, reasons: [`What is shown is of ${format.clock(answer.nowMs)}. This page goes on asking and comes back by itself.`] };
    }

    if (answer === null) {
      return { name: "waiting", word: "Connecting …", reasons: [] };
    }

    const last = course.points[course.points.length - 1];
    if (last && answer.nowMs - last.t > STALE_MS) {
      return { name: "degraded", word: "▲ Figures stand still", reasons: [`chatD answers, but has not looked at its own figures for ${format.span(answer.nowMs - last.t)}.`] };
    }

    if (answer.readiness === null) {
      return { name: "waiting", word: "Looking whether chatD is ready …", reasons: [] };
    }

    const faults = answer.readiness.notReady;
    return faults.length === 0
      ? { name: "ready", word: "● Ready", reasons: [] }
      : { name: "degraded", word: "▲ Not ready", reasons: faults.map((fault) => `${fault.name}: ${fault.reason}`) };
  }

  function replaceText(target, text) {
    // Who has a page read aloud hears what has changed, and nothing each second.
    if (target.textContent !== text) {
      target.textContent = text;
    }
  }

  function show() {
    const state = stateOf();
    const section = byId("state");
    if (section.className !== state.name) {
      section.className = state.name;
    }

    // The seconds of a lost connection are not read aloud one by one.
    section.setAttribute("aria-live", state.name === "lost" && section.dataset.told === "lost" ? "off" : "polite");
    section.dataset.told = state.name;
    replaceText(byId("word"), state.word);
    if (byId("reasons").textContent !== state.reasons.join("")) {
      byId("reasons").replaceChildren(...state.reasons.map((reason) => element("li", {}, reason)));
    }

    if (answer !== null) {
      const name = `${answer.daemon} ${answer.instance}`;
      replaceText(byId("name"), name);
      replaceText(byId("life"), `runs since ${new Date(answer.startedAtMs).toLocaleString([], { hour12: false })}, ${format.span(answer.nowMs - answer.startedAtMs)}`);
      replaceText(document.querySelector("title"), `${state.word} · ${name}`);
    }

    if (answer !== null && !document.hidden) {
      const end = isLost ? nowMs() : answer.nowMs;
      Cards.draw(course.points, [end - spanMs(), end], course.restarts);
    }
  }

  Cards.make();
  byId("spans").addEventListener("change", show);
  window.addEventListener("resize", () => show());
  // A page in the background is asked seldom by the browser; the daemon has kept what it missed.
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  setInterval(() => isLost && show(), ASK_EVERY_MS);
  ask();
})();
