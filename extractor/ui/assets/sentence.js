// All figures of one sentence as a small table: one press accepts them as they stand there. Data in: rows (a record
// each, with its version), columns, keys, words. Out: `act`, what was pressed with all that is typed in every row.
//
// The rules are the card's: a press decides only what can have been read, typing is kept under its record until it is
// saved, and text reaches the page through textContent alone. Arrows go from cell to cell.
const DECISIONS = new Set(["accept", "skip", "undo"]);

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".sentence");
  const desk = (root.desk ??= { root, shownAt: 0, sent: 0 });
  desk.data = data;
  desk.sent = 0;
  desk.send = (act, more) => {
    desk.sent = performance.now();
    setTriggerValue("act", { act, id: desk.data.id, rows: desk.rows.map(toldOf), ...more });
  };
  desk.keys = { ...data.keys, ...stored() };
  for (const id of data.saved ?? []) sessionStorage.removeItem(draftName(desk, id));
  if (desk.stamp !== data.stamp) draw(desk);
  for (const stop of desk.stops ?? []) stop();
  const stops = [
    listen(window, "keydown", (event) => onKey(desk, event), true),
    listen(window, "solieu-word", (event) => fill(desk, event.detail)),
    listen(window, "solieu-ahead", (event) => goAhead(desk, event)),
  ];
  desk.stops = stops;
  return () => stops.forEach((stop) => stop());
}

// ------------------------------------------------------------------------------------------------- drawing

function draw(desk) {
  const { root, data } = desk;
  const other = desk.id !== data.id;
  const had = root.contains(document.activeElement);
  const at = document.activeElement?.dataset?.cell;
  desk.stamp = data.stamp;
  desk.id = data.id;
  if (other) {
    desk.shownAt = performance.now();
    delete root.dataset.ready;
    clearTimeout(desk.timer);
    desk.timer = setTimeout(() => (root.dataset.ready = data.id), GUARD + 10);
  }
  const drafts = data.rows.map((row) => draftOf(desk, row));
  desk.rows = data.rows.map((row, n) => ({ ...row, draft: drafts[n], rejected: drafts[n].rejected === "1", cells: new Map() }));
  const table = made("table");
  table.append(made("caption", "", data.words.label));
  const head = made("tr");
  for (const column of data.columns) {
    const cell = made("th", `part-${column.name}`, column.label);
    cell.scope = "col";
    head.append(cell);
  }
  const last = made("th", "acts-of", data.words.acts);
  last.scope = "col";
  head.append(last);
  const top = made("thead");
  top.append(head);
  const body = made("tbody");
  desk.rows.forEach((row, n) => body.append(...drawRow(desk, row, n)));
  table.append(top, body);
  root.replaceChildren(table, drawActs(desk));
  root.setAttribute("aria-label", data.words.label);
  if (!other && at) cellAt(desk, ...at.split(":"))?.focus();
  else if (had) root.focus({ preventScroll: true });
}

function drawRow(desk, row, n) {
  const line = made("tr", row.closed ? "closed" : "");
  row.line = line;
  for (const column of desk.data.columns) {
    const cell = made("td", `part-${column.name}`);
    const held = row.values[column.name];
    if (held !== undefined) {
      const input = column.options ? select(column.options) : made("input");
      if (!column.options) Object.assign(input, { type: "text", autocomplete: "off", spellcheck: false });
      if (column.number) input.inputMode = "decimal";
      input.value = row.draft[column.name] ?? held;
      input.title = column.options ? column.label : input.value;
      input.disabled = row.closed;
      input.dataset.cell = `${n}:${column.name}`;
      input.setAttribute("aria-label", `${column.label}, ${row.quote}`);
      input.oninput = () => keep(desk, row, column.name);
      input.onfocus = () => {
        desk.at = [n, column.name];
        window.dispatchEvent(new CustomEvent("solieu-at", { detail: row.id })); // the source shows which one
        input.select?.();
      };
      row.cells.set(column.name, input);
      cell.append(input);
    }
    line.append(cell);
  }
  const acts = made("td", "acts-of");
  if (row.closed) acts.append(made("span", "state", row.state));
  else {
    const drop = made("button", "drop", "✕");
    drop.type = "button";
    drop.title = `${desk.data.words.reject} ${row.quote}`;
    drop.setAttribute("aria-label", drop.title);
    drop.onclick = () => reject(desk, row);
    row.drop = drop;
    acts.append(drop);
  }
  const open = made("button", "open", "⋯");
  open.type = "button";
  open.title = `${desk.data.words.open} ${row.quote}`;
  open.setAttribute("aria-label", open.title);
  open.onclick = () => desk.send("open", { to: row.id });
  acts.append(open);
  line.append(acts);
  mark(row);
  if (!row.doubts.length) return [line];
  const told = made("tr", "doubts");
  const cell = made("td", "", row.doubts.join(" · "));
  cell.colSpan = desk.data.columns.length + 1;
  told.append(cell);
  return [line, told];
}

function drawActs(desk) {
  const bar = made("div", "acts");
  for (const { name, label, main, closed } of desk.data.acts) {
    const button = made("button", `act ${main ? "main" : ""} act-${name} st-key-card-${desk.data.id}-0-act-${name}`, label);
    button.type = "button";
    button.disabled = closed;
    const key = desk.keys[name];
    if (key) {
      button.append(made("kbd", "", spell(key)));
      button.setAttribute("aria-keyshortcuts", key);
    }
    button.onclick = () => act(desk, name);
    bar.append(button);
  }
  return bar;
}

// What a button does, by mouse as by key.
function act(desk, name) {
  if (name === "keys") showKeys(desk);
  else if (name === "mode") press(desk, "open", { to: desk.rows[desk.at?.[0]]?.id ?? desk.data.id });
  else press(desk, name);
}

function select(options) {
  const field = made("select");
  for (const [code, words] of options) {
    const option = made("option", "", words);
    option.value = code;
    field.append(option);
  }
  return field;
}

// ------------------------------------------------------------------------------------------- what is typed

const isTyped = (desk) => desk.rows.some((row) => Object.keys(row.draft).length > 0);

function toldOf(row) {
  const typed = Object.fromEntries([...row.cells].map(([name, input]) => [name, input.value]));
  return { id: row.id, version: row.version, rejected: row.rejected, closed: row.closed, typed: { ...row.draft, ...typed } };
}

function mark(row) {
  for (const [name, input] of row.cells) input.parentElement.classList.toggle("changed", input.value !== row.machine[name]);
  row.line.classList.toggle("rejected", row.rejected);
  row.drop?.setAttribute("aria-pressed", String(row.rejected));
}

function draftName(desk, id) {
  return `solieu-draft:${desk.data.store}:${id}`;
}

function draftOf(desk, row) {
  try {
    return JSON.parse(sessionStorage.getItem(draftName(desk, row.id)) ?? "{}");
  } catch {
    return {};
  }
}

function keep(desk, row, name) {
  const value = name === "rejected" ? (row.rejected ? "1" : "") : row.cells.get(name).value;
  if (value === (row.values[name] ?? "")) delete row.draft[name];
  else row.draft[name] = value;
  if (Object.keys(row.draft).length) sessionStorage.setItem(draftName(desk, row.id), JSON.stringify(row.draft));
  else sessionStorage.removeItem(draftName(desk, row.id));
  mark(row);
}

function reject(desk, row) {
  row.rejected = !row.rejected;
  keep(desk, row, "rejected");
}

function fill(desk, words) {
  const digits = /^[-−]?\d[\d.,]*$/.test(words);
  const [n, name] = desk.at ?? (digits ? [0, "value"] : []);
  const row = desk.rows[n];
  const input = row?.cells.get(name);
  if (!input || input.disabled || input.matches("select")) return;
  const joins = desk.filled === `${n}:${name}` && name !== "value" && name !== "compared0" && input.value;
  input.value = joins ? `${input.value} ${words}` : words;
  desk.filled = `${n}:${name}`;
  keep(desk, row, name);
  input.focus({ preventScroll: true });
}

// ---------------------------------------------------------------------------------------------------- keys

function onKey(desk, event) {
  const target = event.composedPath()[0];
  if (event.ctrlKey || event.metaKey || event.altKey || isComposed(event) || !(target instanceof Element)) return;
  if (document.querySelector("dialog.keys[open]")) return;
  const own = desk.root.contains(target);
  if (own && target.matches("input, select")) return inCell(desk, event, target);
  if (target.closest("input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox], [role=dialog], [data-baseweb=popover]")) return;
  const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if ((pressed === "Enter" || pressed === " ") && target.closest("button, summary, a[href], [role=tab], [role=option]")) {
    if (pressed === "Enter" && event.repeat) stop(event);
    return;
  }
  if (pressed === "ArrowDown" || pressed === "ArrowUp") {
    stop(event);
    return void cellAt(desk, ...(desk.at ?? [desk.rows.findIndex((row) => !row.closed), "value"]))?.focus();
  }
  const name = Object.keys(desk.keys).find((one) => desk.keys[one] === pressed);
  if (!name) return;
  stop(event);
  if (event.repeat) return;
  const [n] = desk.at ?? [desk.rows.findIndex((row) => !row.closed)];
  if (name === "reject" && desk.rows[n] && !desk.rows[n].closed) reject(desk, desk.rows[n]);
  else if (name.startsWith("page_")) window.dispatchEvent(new CustomEvent("solieu-turn", { detail: name === "page_on" ? 1 : -1 }));
  else if (name === "zoom") window.dispatchEvent(new CustomEvent("solieu-zoom"));
  else if (name === "doubt") cellAt(desk, desk.data.doubted[0], desk.data.doubted[1])?.focus();
  else if (desk.data.acts.some((one) => one.name === name && !one.closed)) act(desk, name);
  else if (desk.rows[n]?.cells.has(name)) desk.rows[n].cells.get(name).focus();
}

function inCell(desk, event, input) {
  const [n, name] = input.dataset.cell.split(":");
  const names = desk.data.columns.map((column) => column.name);
  const whole = input.matches("select") || (input.selectionStart === 0 && input.selectionEnd === input.value.length);
  const atStart = whole || (input.selectionStart === 0 && input.selectionEnd === 0);
  const atEnd = whole || input.selectionStart === input.value.length;
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: atStart ? [0, -1] : null, ArrowRight: atEnd ? [0, 1] : null };
  if (event.key === "Enter" && !event.shiftKey) {
    stop(event);
    if (!event.repeat) press(desk, "accept");
  } else if (event.key === "Escape") {
    stop(event);
    desk.root.focus({ preventScroll: true });
  } else if (event.key === "F2") {
    stop(event);
    press(desk, "open", { to: desk.rows[n].id });
  } else if (steps[event.key] && !event.shiftKey) {
    stop(event);
    step(desk, Number(n), names.indexOf(name), ...steps[event.key]);
  }
}

// The next cell in a direction that can be written in; at an edge the hand stays where it is.
function step(desk, n, column, down, right) {
  const names = desk.data.columns.map((one) => one.name);
  for (let [row, at] = [n + down, column + right]; row >= 0 && row < desk.rows.length && at >= 0 && at < names.length; row += down, at += right) {
    const cell = cellAt(desk, row, names[at]);
    if (cell && !cell.disabled) return cell.focus();
  }
}

function cellAt(desk, n, name) {
  return desk.rows[Number(n)]?.cells.get(name);
}
