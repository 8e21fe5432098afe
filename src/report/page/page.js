"use strict";
// Tables are sorted and filtered, and numbers open the sentences behind them. Without this script the page is whole all the same: numbers
// lead to the sentences of their formula.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.words;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
  const make = (tag, text, attributes = {}) => {
    const made = document.createElement(tag);
    made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };

  // Tables.
  const FEW = 15;
  const number = (text) => {
    const bare = text.replace(/[,\s%]/g, "").replace("−", "-");
    if (bare.startsWith("<")) return Number(bare.slice(1)) / 2;
    return bare === "" ? NaN : Number(bare);
  };
  const compare = (column, numeric, up) => (a, b) => {
    const [x, y] = [a, b].map((row) => row.cells[column].textContent.trim());
    // What is empty stands last, either way.
    if (x === "" || y === "") return (x === "") - (y === "");
    const order = numeric ? number(x) - number(y) : x.localeCompare(y, document.documentElement.lang);
    return up ? order : -order;
  };
  const equip = (table) => {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    let needle = "";
    let all = body.rows.length <= FEW;
    const status = make("span", "", { role: "status" });
    const more = make("button", "", { type: "button" });
    const show = () => {
      let found = 0;
      for (const row of body.rows) {
        const fits = needle === "" || row.textContent.toLowerCase().includes(needle);
        found += fits;
        row.hidden = !fits || (!all && needle === "" && found > FEW);
      }
      const shown = [...body.rows].filter((row) => !row.hidden).length;
      status.textContent = fill(words.rows, { k: shown, n: body.rows.length });
      more.hidden = needle !== "" || body.rows.length <= FEW;
      more.textContent = all ? words.fewer : words.all;
    };
    heads.forEach((head, column) => {
      const button = make("button", head.textContent, { type: "button" });
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const numeric = head.classList.contains("number");
        // Numbers are first looked at from the highest.
        const up = head.hasAttribute("aria-sort") ? head.getAttribute("aria-sort") === "descending" : !numeric;
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        body.append(...[...body.rows].sort(compare(column, numeric, up)));
        show();
      });
    });
    if (body.rows.length > 5) {
      const input = make("input", "", { type: "search", placeholder: words.filter, "aria-label": fill(words.filter_of, { table: table.caption.textContent }) });
      input.addEventListener("input", () => {
        needle = input.value.trim().toLowerCase();
        show();
      });
      more.addEventListener("click", () => {
        all = !all;
        show();
      });
      // The title stands above the tools; to who hears the page it is that of the table.
      const tools = make("div", "", { class: "tools" });
      tools.append(make("strong", table.caption.textContent, { "aria-hidden": "true" }), input, status, more);
      table.caption.classList.add("unseen");
      table.parentElement.before(tools);
    }
    show();
  };
  document.querySelectorAll("table.data").forEach(equip);

  // Sentences.
  const dialog = document.getElementById("behind");
  const [title, note, list, command] = ["behind-title", "behind-note", "behind-list", "behind-command"].map((id) => document.getElementById(id));
  const lines = [...document.querySelectorAll("#sentences-section li[data-k]")].map((line) => [line, new Set(line.dataset.k.split(" "))]);
  const whole = !document.querySelector("#sentences-section details > .note");
  // What a number is of: the words to its left, and the head of its column.
  const heading = (cell) => {
    const left = [...cell.parentElement.cells].slice(0, cell.cellIndex).filter((other) => !other.matches(".number, .day") && other.textContent.trim());
    const head = cell.closest("table").tHead.rows[0].cells[cell.cellIndex];
    return `${left.map((other) => other.textContent.trim()).join(" · ")} – ${head.textContent.trim()}`;
  };
  // The command for some keys: what they say takes the place of the report's filter, and dates are narrowed. None where two say different things.
  const asked = (wanted) => {
    const given = new Map(data.filter);
    const own = new Map();
    for (const key of wanted) {
      if (data.options[key] === undefined) return undefined;
      for (const [name, value] of data.options[key]) {
        const before = name === "since" || name === "until" ? given.get(name) : own.get(name);
        const narrower = name === "since" ? before < value : before > value;
        if (before !== undefined && before !== value && name !== "since" && name !== "until") return undefined;
        own.set(name, value);
        if (before === undefined || !(name === "since" || name === "until") || narrower) given.set(name, value);
      }
    }
    const quote = (text) => (/^[\p{L}\p{N}\-_./,]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
    const options = [...given].map(([name, value]) => (name === "roll_up" ? "--roll-up" : `--${name.replace("_", "-")}=${quote(value)}`));
    return ["tifa kwic INPUT", ...options].join(" ");
  };
  const open = (source, name) => {
    const wanted = source.dataset.k.split(" ");
    const found = lines.filter(([, keys]) => wanted.every((key) => keys.has(key)));
    const said = source.dataset.n ?? (/^[\d,]+$/.test(source.textContent) ? source.textContent : "");
    // What says no number has all its sentences where the page has all; else nobody knows how many there are.
    const all = said !== "" ? number(said) : whole ? found.length : "…";
    title.textContent = name;
    note.textContent = fill(found.length !== all ? words.some : all === 1 ? words.one : words.every, { k: found.length, n: all });
    list.replaceChildren(...found.map(([line]) => line.cloneNode(true)));
    command.textContent = asked(wanted) ?? "tables/hits.csv";
    dialog.showModal();
    dialog.scrollTop = 0;
  };
  document.addEventListener("click", (event) => {
    const source = event.target.closest("a[data-k], rect[data-k]");
    if (!source || dialog.contains(source)) return;
    event.preventDefault();
    open(source, source.closest("td")?.cellIndex ? heading(source.closest("td")) : source.textContent);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
})();
