// The report page in a browser, as its readers have it. `tests/page.rs` makes the reports and runs this.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { launch, obstacles, PHONE, reports, visit, WIDE } from "./browser.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const each = (name, report, options, look) => it(`${report}: ${name}`, () => visit(browser, report, options, look));
const sample = (name, look) => each(name, "sample", {}, look);

/// Opens all that is folded, so that it can be seen and clicked.
const unfold = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
const count = (page, selector) => page.locator(selector).count();
/// The table whose caption is this.
const table = (page, caption) => page.locator("table.data", { has: page.locator("caption", { hasText: new RegExp(`^${caption}$`) }) });
/// The tools above a table.
const tools = (page, caption) => page.locator(".scroll", { has: table(page, caption) }).locator("xpath=preceding-sibling::*[1][@class='tools']");
const active = (page) => page.evaluate(() => document.activeElement.outerHTML.slice(0, 120));

it("there are reports to look at", () => {
  for (const report of ["sample", "zh", "hostile", "filtered"]) assert.ok(reports.includes(report), `no ${report} among ${reports.join(", ")}`);
});

describe("every page", () => {
  for (const report of reports) {
    each("loads, its links have targets, its ids are unique, its data is JSON", report, {}, async (page) => {
      const state = await page.evaluate(() => {
        const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
        return {
          twice: ids.filter((id, i) => ids.indexOf(id) !== i),
          // No link leads elsewhere, and each to something that is there.
          lost: [...document.querySelectorAll("a")].map((a) => a.getAttribute("href")).filter((href) => !href.startsWith("#") || !document.getElementById(href.slice(1))),
          words: Object.values(JSON.parse(document.getElementById("data").textContent).words),
          policy: document.querySelector("meta[http-equiv='Content-Security-Policy']").content,
          landmarks: ["header", "nav[aria-label]", "main", "footer"].filter((name) => !document.querySelector(name)),
          nameless: [...document.querySelectorAll("[role=img], [role=region]")].filter((e) => !e.getAttribute("aria-label")).length,
          headless: [...document.querySelectorAll("table")].filter((t) => [...(t.tHead?.rows[0].cells ?? [document.body])].some((cell) => cell.tagName !== "TH")).length,
        };
      });
      assert.deepEqual([state.twice, state.lost, state.landmarks, state.nameless, state.headless], [[], [], [], 0, 0]);
      assert.ok(state.words.length > 5 && state.words.every((word) => typeof word === "string" && word !== ""));
      assert.match(state.policy, /^default-src 'none';/);
    });

    for (const [name, options] of Object.entries({ light: {}, dark: { colorScheme: "dark" }, phone: { viewport: PHONE }, "dark phone": { viewport: PHONE, colorScheme: "dark" } })) {
      each(`nothing is in a reader's way (${name})`, report, { ...options, bypassCSP: true }, async (page) => {
        assert.deepEqual(await obstacles(page), []);
        await unfold(page);
        assert.deepEqual(await obstacles(page), [], "with all unfolded");
        const { width } = options.viewport ?? WIDE;
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, "the page is wider than the window");
        const link = page.locator("td.number a[data-k]:visible").first();
        if (await link.count()) {
          await link.click();
          assert.ok(await page.locator("#behind").evaluate((dialog) => dialog.open));
          assert.deepEqual(await obstacles(page), [], "with the sentences open");
          const box = await page.locator("#behind").boundingBox();
          assert.ok(box.x >= 0 && box.x + box.width <= width, "the sentences are wider than the window");
        }
      });
    }

    each("is whole without its script", report, { script: false }, async (page) => {
      const bare = await page.locator("body").evaluate((body) => ({
        hidden: body.querySelectorAll("tr[hidden], .tools").length,
        rows: [...body.querySelectorAll("tbody tr")].filter((row) => !row.closest("details") && row.getClientRects().length === 0).length,
        lost: [...body.querySelectorAll("a")].filter((a) => !document.getElementById(a.getAttribute("href").slice(1))).length,
      }));
      assert.deepEqual(bare, { hidden: 0, rows: 0, lost: 0 });
      assert.ok(await page.locator("#sentences").isVisible());
    });

    each("is printed without what is for a screen", report, { colorScheme: "dark" }, async (page) => {
      await page.emulateMedia({ media: "print" });
      for (const selector of ["nav", ".skip", ".tools input", ".tools button", "dialog", "#sentences-section"]) {
        for (const part of await page.locator(selector).all()) assert.ok(!(await part.isVisible()), `${selector} is printed`);
      }
      // A table is printed as it is seen, and says how much of it that is.
      for (const part of await page.locator(".tools").all()) assert.equal(await part.getByRole("status").isVisible(), await part.isVisible());
      const [ink, paper] = await page.evaluate(() => [getComputedStyle(document.body).color, getComputedStyle(document.documentElement).colorScheme]);
      assert.deepEqual([ink, paper], ["rgb(34, 34, 34)", "light"], "paper is light");
      const pdf = await page.pdf({ format: "A4" });
      assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
    });
  }
});

describe("tables", () => {
  // A cell as a value: what is empty stands last, "<0.001" before 0.001, a minus is a minus.
  const sorted = (values, numeric, up) =>
    values.every((value, i) => {
      if (i === 0) return true;
      const before = values[i - 1];
      if (value === "" || before === "") return value === "";
      const order = numeric ? number(before) - number(value) : before.localeCompare(value, "en");
      return up ? order <= 0 : order >= 0;
    });
  const number = (text) => {
    const value = Number(text.replaceAll(",", "").replace("−", "-").replace("<", "").replace("%", ""));
    assert.ok(!Number.isNaN(value), `not a number: ${text}`);
    return text.startsWith("<") ? value - 1e-9 : value;
  };

  sample("are sorted by every column, both ways", async (page) => {
    await unfold(page);
    let columns = 0;
    for (const grid of await page.locator("table.data").all()) {
      const before = await grid.locator("tbody tr").count();
      for (const [column, head] of (await grid.locator("thead th").all()).entries()) {
        const numeric = (await head.getAttribute("class")).includes("number");
        for (const way of numeric ? ["descending", "ascending"] : ["ascending", "descending"]) {
          await head.getByRole("button").click();
          assert.equal(await head.getAttribute("aria-sort"), way);
          assert.equal(await grid.locator("th[aria-sort]").count(), 1);
          const values = await grid.evaluate((t, i) => [...t.tBodies[0].rows].map((row) => row.cells[i].textContent.trim()), column);
          assert.equal(values.length, before);
          assert.ok(sorted(values, numeric, way === "ascending"), `${await head.textContent()}, ${way}: ${values.slice(0, 20).join(" | ")}`);
        }
        columns += 1;
      }
    }
    assert.ok(columns > 50, `${columns} columns`);
  });

  sample("are filtered, and show few or all", async (page) => {
    const [caption, above] = ["Change of each formula", tools(page, "Change of each formula")];
    const rows = table(page, caption).locator("tbody tr");
    const all = await rows.count();
    const visible = () => rows.evaluateAll((list) => list.filter((row) => row.getClientRects().length > 0).map((row) => row.textContent.toLowerCase()));
    const status = () => above.getByRole("status").textContent();
    assert.ok(all > 15, `${all} rows`);
    assert.equal((await visible()).length, 15);
    assert.equal(await status(), `15 of ${all} rows`);
    await above.getByRole("button", { name: "Show all" }).click();
    assert.equal((await visible()).length, all);
    await above.getByRole("button", { name: "Show fewer" }).click();
    assert.equal((await visible()).length, 15);
    const filter = above.getByRole("searchbox", { name: `Filter the table: ${caption}` });
    await filter.fill("Chinese");
    const found = await visible();
    assert.ok(found.length > 2 && found.length < all && found.every((text) => text.includes("chinese")));
    assert.equal(await status(), `${found.length} of ${all} rows`);
    // Sorted while filtered, it stays filtered.
    await table(page, caption).getByRole("button", { name: "occurrences" }).click();
    assert.deepEqual((await visible()).sort(), found.sort());
    await filter.fill("no such formula");
    assert.deepEqual([await visible(), await status()], [[], `0 of ${all} rows`]);
    await filter.fill("");
    assert.equal((await visible()).length, 15);
  });
});

describe("sentences", () => {
  const shown = (page) =>
    page.locator("#behind").evaluate((dialog) => ({
      open: dialog.open,
      title: dialog.querySelector("#behind-title").textContent,
      note: dialog.querySelector("#behind-note").textContent,
      sentences: dialog.querySelectorAll("li").length,
      unmarked: [...dialog.querySelectorAll("li")].filter((li) => !li.querySelector("mark")?.textContent.trim() || !li.querySelector(".m")?.textContent.trim()).length,
      command: dialog.querySelector("#behind-command").textContent,
    }));

  for (const report of ["sample", "zh", "hostile", "filtered"]) {
    each("every number opens as many sentences as it says", report, {}, async (page) => {
      await unfold(page);
      const links = await page.evaluate(() => {
        const opened = (source) => {
          source.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
          const dialog = document.getElementById("behind");
          const result = {
            number: source.textContent,
            open: dialog.open,
            sentences: dialog.querySelectorAll("li").length,
            marked: [...dialog.querySelectorAll("li")].every((li) => li.querySelector("mark")?.textContent.trim() && li.querySelector(".m")?.textContent.trim()),
            note: dialog.querySelector("#behind-note").textContent,
            title: dialog.querySelector("#behind-title").textContent,
            command: dialog.querySelector("#behind-command").textContent,
          };
          dialog.close();
          return result;
        };
        return [...document.querySelectorAll("a[data-k]")].map(opened);
      });
      for (const link of links) {
        assert.ok(link.open && link.marked && link.title.trim() && link.command.trim(), JSON.stringify(link));
        // A document is called by its name; all others by their number.
        if (/^[\d,]+$/.test(link.number)) assert.equal(link.sentences, Number(link.number.replaceAll(",", "")), JSON.stringify(link));
        assert.ok(link.sentences > 0 && link.note.includes(String(link.sentences)), JSON.stringify(link));
      }
      assert.ok(links.length > 15, `${links.length} links`);
    });
  }

  sample("a number opens them by a click, and the ways to close them", async (page) => {
    const link = table(page, "Change of each formula").locator("td a").first();
    await link.click();
    const first = await shown(page);
    assert.ok(first.open && first.unmarked === 0 && first.sentences === Number(await link.textContent()), JSON.stringify(first));
    assert.equal(first.title, "Belt and Road · English – occurrences");
    assert.match(first.command, /^tifa kwic INPUT --formula=belt-and-road --language=en$/);
    await page.getByRole("button", { name: "Close" }).click();
    assert.ok(!(await shown(page)).open);
    await link.click();
    await page.mouse.click(5, 5);
    assert.ok(!(await shown(page)).open, "a click beside it closes it");
  });

  sample("a mark of a chart opens them", async (page) => {
    const marks = await page.locator(".marks rect").evaluateAll((list) =>
      list.map((rect) => {
        rect.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
        const dialog = document.getElementById("behind");
        const result = { title: rect.textContent, open: dialog.open, sentences: dialog.querySelectorAll("li").length };
        dialog.close();
        return result;
      }),
    );
    assert.ok(marks.length > 20 && marks.every((mark) => mark.open), `${marks.length} marks`);
    // What a mark says in its title it opens.
    const said = marks.map((mark) => ({ ...mark, times: mark.title.match(/: (?:(once)|([\d,]+) times)/) })).filter((mark) => mark.times);
    const wrong = said.filter(({ times, sentences }) => sentences !== (times[1] ? 1 : Number(times[2].replaceAll(",", ""))));
    assert.ok(said.length > 20);
    assert.deepEqual(wrong, []);
    // And by the mouse.
    const mark = page.locator(".marks rect").first();
    await mark.scrollIntoViewIfNeeded();
    await mark.click();
    assert.ok((await shown(page)).open);
  });
});

describe("keyboard", () => {
  const press = async (page, key, until, most = 200) => {
    for (let i = 0; i < most; i += 1) {
      await page.keyboard.press(key);
      if (await page.evaluate((selector) => document.activeElement.matches(selector), until)) return;
    }
    assert.fail(`${key} never leads to ${until}; now at ${await active(page)}`);
  };

  for (const [name, viewport] of Object.entries({ wide: WIDE, phone: PHONE })) {
    each(`leads to everything (${name})`, "sample", { viewport }, async (page) => {
      await page.keyboard.press("Tab");
      assert.ok(await page.evaluate(() => document.activeElement.matches("a.skip")), await active(page));
      const skip = await page.locator("a.skip").boundingBox();
      assert.ok(skip.x >= 0 && skip.y >= 0, "the skip link is seen when it has the focus");
      await page.keyboard.press("Enter");
      await press(page, "Tab", "main *", 1);
      await press(page, "Tab", "th.number button");
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement.closest("th").getAttribute("aria-sort")), "descending");
      await press(page, "Tab", "summary");
      await page.keyboard.press("Enter");
      assert.ok(await page.evaluate(() => document.activeElement.parentElement.open), "a summary unfolds");
      await page.keyboard.press("Enter");
      await press(page, "Tab", "input[type=search]");
      await page.keyboard.type("Chinese");
      assert.notEqual(await page.evaluate(() => document.activeElement.parentElement.querySelector("[role=status]").textContent), "");
      await press(page, "Tab", "td a[data-k]");
      const before = await page.evaluate(() => document.activeElement.getAttribute("data-k"));
      await page.keyboard.press("Enter");
      assert.ok(await page.evaluate(() => document.getElementById("behind").open && document.activeElement.closest("#behind") !== null), await active(page));
      // What is behind an open dialog cannot be reached.
      for (let i = 0; i < 4; i += 1) {
        await page.keyboard.press("Tab");
        assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("#behind") !== null), await active(page));
      }
      await page.keyboard.press("Escape");
      assert.ok(!(await page.evaluate(() => document.getElementById("behind").open)));
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute("data-k")), before, "the focus returns");
    });
  }
});

describe("what no lexicon holds", () => {
  each("is said to be nothing where nothing recurs", "filtered", {}, async (page) => {
    assert.match(await page.locator("#candidates-section").textContent(), /Nothing that the lexicons do not hold occurs at least 4 times/);
    assert.equal(await count(page, "#candidates-section figure"), 0);
  });

  sample("is not there unasked", async (page) => assert.equal(await count(page, "#candidates-section"), 0));

  for (const report of ["zh", "hostile"]) {
    each("is drawn and listed, each with a place", report, {}, async (page) => {
      assert.equal(await count(page, "nav a[href='#candidates']"), 1);
      const section = page.locator("#candidates-section");
      assert.equal(await section.locator("figure svg").count(), 1);
      const rows = await section.locator("table.data tbody tr").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
      assert.ok(rows.length > 0);
      for (const cells of rows) {
        assert.ok(cells[0] !== "" && Number(cells[2]) >= 4 && Number(cells[3]) >= 3, cells.join(" | "));
        assert.match(cells.at(-1), / · .+@\d+: .*\[.+\]/);
      }
      const drawn = await section.locator("figure svg").textContent();
      assert.ok(rows.every((cells) => drawn.includes(cells[0])), drawn);
      assert.ok((await section.locator("p.note code").last().textContent()).endsWith("--top=5 --as-lexicon=FILE"));
    });
  }
});

describe("a hostile corpus", () => {
  /// Runs after all that a document could have started has had its time.
  const unharmed = async (page) => {
    await page.waitForTimeout(300);
    const state = await page.evaluate(() => ({
      harmed: window.harmed,
      elements: [...document.querySelectorAll("img, iframe, object, embed, math, base, link, svg script, svg foreignObject, a:not([href^='#'])")].map((e) => e.outerHTML.slice(0, 120)),
      scripts: document.querySelectorAll("script").length,
      styles: document.querySelectorAll("style").length,
      titles: document.querySelectorAll("head title").length,
      handlers: [...document.querySelectorAll("*")].flatMap((e) => [...e.attributes].filter((a) => a.name.startsWith("on"))).map((a) => `${a.name}=${a.value}`),
      shown: getComputedStyle(document.body).display,
      comments: document.createTreeWalker(document, NodeFilter.SHOW_COMMENT).nextNode()?.data,
    }));
    assert.deepEqual(state, { harmed: undefined, elements: [], scripts: 2, styles: 1, titles: 1, handlers: [], shown: "block", comments: undefined });
  };

  // Without the policy, so that escaping alone has to hold.
  for (const bypassCSP of [false, true]) {
    each(`does no harm, and is shown as it is${bypassCSP ? " (without the policy)" : ""}`, "hostile", { bypassCSP }, async (page) => {
      await unharmed(page);
      assert.equal(await page.title(), `<script>window.harmed = 1</script> "Titles" & 'quotes' </title>`);
      assert.equal(await page.locator("h1").textContent(), `<script>window.harmed = 1</script> "Titles" & 'quotes' </title>`);
      const text = await page.locator("body").evaluate((body) => body.textContent);
      for (const literal of [
        "<script>alert(1)</script> </script><script>window.harmed=1</script>",
        "<b onmouseover=alert(1)>Bold</b>",
        "=cmd|' /C calc'!A0",
        "=cmd & 'quotes' @A1 #sentences.txt",
        "</td></tr><iframe src=javascript:alert(1)>",
        "javascript:alert(1)",
        "${window.harmed = 1}",
        "敌意的话</style><style>body{display:none}</style>",
        "<img src=x onerror=alert(1)>提法",
        "'); alert(1); //",
      ]) {
        assert.ok(text.includes(literal), `not shown as it is: ${literal}`);
      }
      // All can be opened, and the mouse brought to anything.
      await unfold(page);
      await page.evaluate(() => {
        for (const element of document.querySelectorAll("a[data-k], rect[data-k], td, li, th button, summary")) {
          element.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
          if (element.matches("[data-k], button")) element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
          document.getElementById("behind").close();
        }
      });
      await unharmed(page);
    });
  }

  each("is no wider than a phone, whatever the length of its words", "hostile", { viewport: PHONE }, async (page) => {
    await unfold(page);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= PHONE.width);
    // The first column, which stays in sight, leaves room for the others.
    const widest = await page.evaluate(() => Math.max(...[...document.querySelectorAll(".data td:first-child")].map((cell) => cell.getBoundingClientRect().width)));
    assert.ok(widest <= PHONE.width / 2, `${widest} px`);
  });
});

describe("pictures", { skip: !process.env.TIFA_SHOTS && "TIFA_SHOTS names no folder for them" }, () => {
  const shots = process.env.TIFA_SHOTS ?? "";
  for (const report of reports) {
    for (const [name, options] of Object.entries({ light: {}, dark: { colorScheme: "dark" }, phone: { viewport: PHONE } })) {
      each(`is taken (${name})`, report, options, async (page) => {
        mkdirSync(shots, { recursive: true });
        await page.screenshot({ path: path.join(shots, `${report}-${name}.png`), fullPage: true });
        const link = page.locator("td.number a[data-k]:visible").first();
        if (await link.count()) await link.click();
        await page.screenshot({ path: path.join(shots, `${report}-${name}-sentences.png`) });
      });
    }
    each("is taken (print)", report, {}, async (page) => {
      mkdirSync(shots, { recursive: true });
      writeFileSync(path.join(shots, `${report}-print.pdf`), await page.pdf({ format: "A4", margin: { top: "15mm", bottom: "15mm", left: "15mm", right: "15mm" } }));
    });
  }
});
