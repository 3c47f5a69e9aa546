// All figures of one sentence as a small table: one press accepts them as they stand there. Data in: rows (a record
// each, with its version), columns, keys, words. Out: `act`, what was pressed with all that is typed in every row.
//
// The rules are the card's: a press decides only what can have been read, typing is kept under its record until it is
// saved, and text reaches the page through textContent alone. Arrows go from cell to cell.
{
const DECISIONS = new Set(["accept", "skip", "undo"]);
const LINE = { indicator: 17, period: 12, unit: 10 }; // what wraps where it is long, and the letters of a line

const told = (desk) => ({ rows: desk.rows.map(toldOf) });
const fields = (desk) => desk.rows.flatMap((row) => [...row.cells.values()]);
const isTyped = (desk) => desk.rows.some((row) => Object.keys(row.draft).length > 0);
WAYS.sentence = { DECISIONS, told, fields, draw, act, fill, onKey, isTyped };

// ------------------------------------------------------------------------------------------------- drawing

function draw(desk) {
  const { root, data } = desk;
  const had = root.contains(document.activeElement);
  const at = document.activeElement?.dataset?.cell;
  const other = turn(desk);
  const drafts = data.rows.map((row) => draftOf(desk, row.id));
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
  if (!other && at) cellAt(desk, ...at.split(":"))?.focus();
  else if (had) root.focus({ preventScroll: true });
}

function drawRow(desk, row, n) {
  const line = made("tr", row.closed ? "closed" : "");
  row.line = line;
  for (const column of desk.data.columns) {
    const cell = made("td", `part-${column.name}`);
    if (row.values[column.name] !== undefined) drawCell(desk, row, n, column, cell);
    line.append(cell);
  }
  const acts = made("td", "acts-of");
  if (row.closed) acts.append(made("span", "state", row.state));
  else {
    const drop = made("button", "drop", "✕");
    drop.title = `${desk.data.words.reject} ${row.quote}`;
    drop.setAttribute("aria-label", drop.title);
    drop.onclick = () => reject(desk, row);
    row.drop = drop;
    acts.append(drop);
  }
  const open = made("button", "open", "⋯");
  open.title = `${desk.data.words.open} ${row.quote}`;
  open.setAttribute("aria-label", open.title);
  open.onclick = () => desk.send("open", { to: row.id });
  acts.append(open);
  line.append(acts);
  mark(row);
  const told = ["beside", "doubts"].filter((look) => row[look].length).map((look) => drawTold(desk, look, row[look]));
  return [line, ...told, ...drawVotes(desk, row, n)];
}

function drawVotes(desk, row, n) {
  if (!row.votes.length) return [];
  const told = made("tr", "told votes");
  const cell = made("td");
  cell.colSpan = desk.data.columns.length + 1;
  cell.append(...offersOf(desk, row.votes, (said) => takeVote(desk, n, said)));
  told.append(cell);
  return [told];
}

function drawCell(desk, row, n, column, box) {
  const held = row.values[column.name];
  const input = made(LINE[column.name] ? "textarea" : "input");
  Object.assign(input, { id: `cell-${n}-${column.name}`, autocomplete: "off", spellcheck: false, disabled: row.closed });
  if (column.number) input.inputMode = "decimal";
  input.dataset.cell = `${n}:${column.name}`;
  input.setAttribute("aria-label", `${column.label}, ${row.quote}`);
  const one = { field: { ...column, value: held }, input, box, get options() { return optionsOf(column); } }; // lists may arrive later
  one.onKept = () => keep(desk, row, column.name);
  one.onSaid = () => mark(row);
  row.cells.set(column.name, one);
  put(one, row.draft[column.name] ?? held);
  if (input.matches("textarea")) input.rows = Math.min(3, Math.ceil((held.length || 1) / LINE[column.name]));
  box.append(input);
  input.addEventListener("input", () => {
    if (input.value.includes("\n")) input.value = input.value.replace(/\s*\n\s*/g, " ");
    if (column.kind === "text") one.onKept();
  });
  if (column.kind !== "text") asCombobox(desk, one);
  input.addEventListener("focus", () => {
    desk.at = [n, column.name];
    window.dispatchEvent(new CustomEvent("solieu-at", { detail: row.id })); // the source shows which one
    input.select();
  });
}

// What there is to know of a row, below its cells: what else is accepted with it, and what is in doubt.
function drawTold(desk, look, words) {
  const told = made("tr", `told ${look}`);
  const cell = made("td", "", words.join(" · "));
  cell.colSpan = desk.data.columns.length + 1;
  told.append(cell);
  return told;
}

function act(desk, name) {
  if (name === "keys") showKeys(desk);
  else if (name === "mode") press(desk, "open", { to: desk.rows[desk.at?.[0]]?.id ?? desk.data.id });
  else press(desk, name);
}

// ------------------------------------------------------------------------------------------- what is typed

function toldOf(row) {
  const typed = Object.fromEntries([...row.cells].map(([name, one]) => [name, valueOf(one)]));
  return { id: row.id, version: row.version, rejected: row.rejected, closed: row.closed, typed: { ...row.draft, ...typed } };
}

function mark(row) {
  for (const [name, one] of row.cells) {
    one.input.title = one.input.value; // whole, where the cell is narrow
    one.box.classList.toggle("changed", valueOf(one) !== row.machine[name]);
  }
  row.line.classList.toggle("rejected", row.rejected);
  row.drop?.setAttribute("aria-pressed", String(row.rejected));
}

function keep(desk, row, name) {
  const value = name === "rejected" ? (row.rejected ? "1" : "") : valueOf(row.cells.get(name));
  keepDraft(desk, row.id, row.draft, name, value, row.values[name] ?? "");
  mark(row);
}

function reject(desk, row) {
  row.rejected = !row.rejected;
  keep(desk, row, "rejected");
}

function fill(desk, words) {
  const [n, name] = desk.at ?? (DIGITS.test(words) ? [0, "value"] : []);
  const one = desk.rows[n]?.cells.get(name);
  if (one && !one.input.disabled) fillIn(desk, one, words);
}

// A vote that also changes what stands in no cell is taken on the card: nobody accepts what was not shown.
function takeVote(desk, n, said) {
  const { id, votes, cells } = desk.rows[n];
  if (votes.some(([, values]) => Object.keys(values).some((name) => !cells.has(name)))) return press(desk, "open", { to: id });
  cellAt(desk, n, putVote(votes, cells, said)).focus();
}

// The next vote on the row at hand, else on the first that has any.
function takeNextVote(desk) {
  const asked = desk.rows[desk.at?.[0]];
  const row = asked?.votes.length ? asked : desk.rows.find((one) => one.votes.length);
  if (row) takeVote(desk, desk.rows.indexOf(row), nextVote(row.votes, row.cells));
}

// ---------------------------------------------------------------------------------------------------- keys

function onKey(desk, event) {
  const pressed = pressedBy(desk, event, inCell);
  if (pressed === undefined) return;
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
  else if (askedOfSource(name)) return;
  else if (name === "other") takeNextVote(desk);
  else if (name === "doubt") cellAt(desk, desk.data.doubted[0], desk.data.doubted[1])?.focus();
  else if (desk.data.acts.some((one) => one.name === name && !one.closed)) act(desk, name);
  else if (desk.rows[n]?.cells.has(name)) cellAt(desk, n, name).focus();
}

function inCell(desk, event, input) {
  const [n, name] = input.dataset.cell.split(":");
  const one = desk.rows[n].cells.get(name);
  if (one.open && choosesBy(one, event)) return;
  const names = desk.data.columns.map((column) => column.name);
  const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  const atStart = whole || (input.selectionStart === 0 && input.selectionEnd === 0);
  const atEnd = whole || input.selectionStart === input.value.length;
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: atStart ? [0, -1] : null, ArrowRight: atEnd ? [0, 1] : null };
  if (event.key === "Enter" && !event.shiftKey) {
    stop(event);
    if (!event.repeat) press(desk, "accept");
  } else if (event.key === "Escape") {
    leave(desk, event);
  } else if (event.key.length > 1 && event.key === desk.keys.other) {
    stop(event);
    if (!event.repeat) takeNextVote(desk);
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
  return desk.rows[Number(n)]?.cells.get(name)?.input;
}
}
