// The browser of the tests, and what a visit to a page has to leave clean.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/// A folder of reports, each in a folder of its name: `sample`, `zh`, `hostile`, and any others.
export const folder = path.resolve(process.env.TIFA_PAGES ?? ".");
export const reports = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

export const WIDE = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

export const launch = () =>
  chromium.launch({
    executablePath: process.env.TIFA_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

/// Opens the page of a report, hands it to `look`, and asks afterwards that it kept quiet: no message on the console, no error, no request
/// beside the page itself, no breach of its policy, no alert.
export async function visit(browser, report, options, look) {
  const { viewport = WIDE, colorScheme = "light", script = true, bypassCSP = false } = options;
  const context = await browser.newContext({ viewport, colorScheme, javaScriptEnabled: script, bypassCSP, reducedMotion: "reduce" });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const noise = [];
    page.on("console", (message) => noise.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => noise.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => (noise.push(`${dialog.type()}: ${dialog.message()}`), dialog.dismiss()));
    page.on("popup", (popup) => noise.push(`window: ${popup.url()}`));
    const address = pathToFileURL(path.join(folder, report, "index.html")).href;
    page.on("request", (request) => request.url() !== address && noise.push(`request: ${request.url()}`));
    await page.addInitScript(() => {
      window.breaches = [];
      document.addEventListener("securitypolicyviolation", (e) => window.breaches.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
    });
    await page.goto(address);
    await look(page);
    if (script) noise.push(...(await page.evaluate(() => window.breaches)).map((breach) => `policy: ${breach}`));
    assert.deepEqual(noise, [], `${report} is not quiet`);
  } finally {
    await context.close();
  }
}

/// What axe-core finds to be in the way of readers, as lines.
export async function obstacles(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const grave = found.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return grave.map(({ id, nodes }) => {
    const [first] = nodes;
    return `${id} (${nodes.length}): ${first.html.slice(0, 200)} – ${first.failureSummary}`;
  });
}
