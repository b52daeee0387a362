// A page in a real headless browser, in the hands of a test: a request in JSON a line on standard input, its answer a line on standard output.
"use strict";
const readline = require("node:readline");
const { chromium } = require("playwright-core");

const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const seen = { requests: [], console: [], faults: [] };
let browser;
let page;

const does = {
  async open({ url, width, height, scheme }) {
    browser ??= await chromium.launch({ executablePath: process.argv[2], headless: true, args: ARGUMENTS });
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme ?? "light", deviceScaleFactor: 1, locale: "en-GB", timezoneId: "UTC" });
    page = await context.newPage();
    page.on("request", (request) => seen.requests.push(request.url()));
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && seen.console.push(message.text()));
    page.on("pageerror", (error) => seen.faults.push(`${error}`));
    await page.goto(url);
  },
  evaluate: ({ expression }) => page.evaluate(expression),
  resize: ({ width, height }) => page.setViewportSize({ width, height }),
  press: ({ selector, key }) => page.locator(selector).press(key),
  hover: ({ selector, x, y }) => page.locator(selector).hover({ position: { x, y } }),
  click: ({ selector }) => page.locator(selector).click(),
  screenshot: async ({ path }) => void (await page.screenshot({ path, fullPage: true, animations: "disabled" })),
  seen: () => seen,
};

async function answer(line) {
  const request = JSON.parse(line);
  let reply;
  try {
    reply = { id: request.id, value: (await does[request.does](request)) ?? null };
  } catch (error) {
    reply = { id: request.id, error: `${error}` };
  }

  process.stdout.write(`${JSON.stringify(reply)}\n`);
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    await answer(line);
  }

  await browser?.close();
})();
