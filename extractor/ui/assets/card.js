// The card of one record: fields that are picked or typed, and every decision on a key of its own. Data in: fields,
// acts, keys, words. Out: `act`, what was pressed together with all that is typed and the id and version of the record
// that was on the screen.
//
// Three rules. A press decides only what a person can have read: repeats of a held key, presses in the first GUARD ms of
// a card and presses while another is on its way are ignored. What is typed is kept by the browser under the record
// until it is saved, wherever the person goes meanwhile. Text reaches the page through textContent alone.
{
const DECISIONS = new Set(["accept", "reject", "skip", "undo"]);

const told = (desk) => ({ version: desk.data.version, typed: typedOn(desk) });
const fields = (desk) => [...desk.inputs.values()];
WAYS.card = { DECISIONS, told, fields, draw, act, fill, onKey, isTyped: (desk) => Object.keys(desk.draft).length > 0 };

// ------------------------------------------------------------------------------------------------- drawing

function draw(desk) {
  const { root, data } = desk;
  const focused = root.querySelector(":focus")?.dataset.field;
  const had = root.contains(document.activeElement);
  const other = turn(desk);
  if (other) desk.last = null;
  for (const [field, key] of Object.entries(desk.keys)) root.style.setProperty(`--key-${field}`, JSON.stringify(key));
  const draft = (desk.draft = draftOf(desk, data.id));
  desk.inputs = new Map();
  const rows = data.rows.map((row) => {
    const line = made("div", "row");
    line.append(...row.map((field) => drawField(desk, field, draft[field.name])));
    return line;
  });
  root.replaceChildren(...drawDrafts(desk), ...drawVotes(desk), ...rows, drawActs(desk), drawComment(desk));
  if (!other && focused) focusOn(desk, focused);
  else if (other && had) root.focus({ preventScroll: true });
}

function drawField(desk, field, drafted) {
  const box = made("div", "field");
  box.style.flexGrow = field.grow ?? 1;
  box.classList.add(`st-key-card-${desk.data.id}-${desk.data.version}-${field.name}`, `part-${field.name.replace(/\d+$/, "")}`);
  const id = `card-${field.name}`;
  const label = made("label", "", field.label);
  label.htmlFor = id;
  const input = made("input", "");
  Object.assign(input, { id, type: "text", autocomplete: "off", spellcheck: false, disabled: desk.data.closed });
  input.dataset.field = field.name;
  if (field.hint) input.placeholder = field.hint;
  if (field.kind !== "text") input.placeholder = desk.data.words.pick;
  if (field.number) input.inputMode = "decimal";
  const key = desk.keys[field.name];
  const others = desk.data.alternatives.filter(([name]) => name === field.name).map(([, value]) => value);
  const head = made("div", "head");
  head.append(label);
  if (key) {
    const cap = made("kbd", "", spell(key));
    cap.setAttribute("aria-hidden", "true");
    head.append(cap);
    input.setAttribute("aria-keyshortcuts", key);
  }
  box.append(head, input);
  const one = { field, input, box, get options() { return withFirst(others, optionsOf(field)); } }; // lists may arrive later
  one.onKept = () => keep(desk, one);
  one.onSaid = () => mark(one);
  desk.inputs.set(field.name, one);
  put(one, drafted ?? field.value);
  if (field.kind !== "text") asCombobox(desk, one);
  if (others.length) box.append(drawOther(desk, one, others[0]));
  input.addEventListener("input", () => {
    if (field.kind === "text") keep(desk, one);
  });
  input.addEventListener("focus", () => (desk.last = field.name));
  mark(one);
  return box;
}

// What the reader would have chosen next for a field: one press takes it, another goes back.
function drawOther(desk, one, value) {
  return drawOffer(desk, `${desk.data.words.other} ${wordsOf(one, value)} `, () => takeOther(desk, one, value));
}

function drawVotes(desk) {
  if (!desk.data.votes.length) return [];
  const line = made("div", "row");
  line.append(...offersOf(desk, desk.data.votes, (said) => takeVote(desk, said)));
  return [line];
}

function takeVote(desk, said) {
  focusOn(desk, putVote(desk.data.votes, desk.inputs, said));
}

function takeOther(desk, one, value) {
  put(one, valueOf(one) === value ? one.field.value : value);
  one.onKept();
  focusOn(desk, one.field.name);
  one.close?.();
}

function withFirst(others, options) {
  const known = new Map(options);
  return [...others.map((value) => [value, known.get(value) ?? value]), ...options.filter(([code]) => !others.includes(code))];
}

function act(desk, name) {
  if (name === "keys") showKeys(desk);
  else press(desk, name);
}

function drawComment(desk) {
  const { words, closed } = desk.data;
  const fold = made("details", "comment");
  const area = made("textarea", "");
  area.setAttribute("aria-label", words.comment_words);
  area.placeholder = words.comment_words;
  area.dataset.field = "comment";
  area.value = desk.draft.comment ?? "";
  fold.open = !!area.value;
  area.addEventListener("input", () => keepDraft(desk, desk.data.id, desk.draft, "comment", area.value, ""));
  const save = made("button", "act", words.comment_save);
  save.disabled = closed;
  save.onclick = () => {
    keepDraft(desk, desk.data.id, desk.draft, "comment", "", "");
    desk.send("comment", { words: area.value });
    area.value = "";
    fold.open = false;
  };
  fold.append(made("summary", "", words.comment), area, save);
  return fold;
}

// What was typed on other cards and not saved yet: one press leads back to it.
function drawDrafts(desk) {
  const lines = [];
  if (Object.keys(desk.draft).length) lines.push(made("div", "draft", desk.data.words.draft_here));
  const others = draftsElsewhere(desk);
  if (others.length) {
    const line = made("div", "draft", desk.data.words.drafts + " ");
    for (const id of others.slice(0, 6)) {
      const button = made("button", "", String(id));
      button.onclick = () => desk.send("open", { to: id });
      line.append(button);
    }
    lines.push(line);
  }
  return lines;
}

// ------------------------------------------------------------------------------------------- what is typed

function typedOn(desk) {
  const here = Object.fromEntries(fields(desk).map((one) => [one.field.name, valueOf(one)]));
  return { ...desk.draft, ...here, comment: "" }; // a field that is folded away now was typed all the same
}

function mark(one) {
  one.input.title = [one.input.value, one.field.hint].filter(Boolean).join(" · "); // whole, where the field is narrow
  one.box.classList.toggle("changed", valueOf(one) !== one.field.value);
}

function keep(desk, one) {
  mark(one);
  keepDraft(desk, desk.data.id, desk.draft, one.field.name, valueOf(one), one.field.value);
}

function draftsElsewhere(desk) {
  const start = draftName(desk, "");
  const ids = Object.keys(sessionStorage).filter((key) => key.startsWith(start)).map((key) => Number(key.slice(start.length)));
  return ids.filter((id) => id !== desk.data.id).sort((a, b) => a - b);
}

// A word or number that was clicked on the page goes to the field that was used last; a number alone to the value.
function fill(desk, words) {
  if (desk.data.closed) return;
  const name = desk.last ?? (DIGITS.test(words) ? "value" : null);
  const one = desk.inputs.get(name);
  if (one) fillIn(desk, one, words);
}

// ---------------------------------------------------------------------------------------------------- keys

function onKey(desk, event) {
  const pressed = pressedBy(desk, event, inField);
  if (pressed !== undefined) onCard(desk, event, pressed);
}

function onCard(desk, event, pressed) {
  if (/^\d$/.test(pressed) && desk.inputs.has("value") && !desk.data.closed) {
    stop(event);
    if (event.repeat) return;
    const one = desk.inputs.get("value");
    focusOn(desk, "value");
    put(one, pressed);
    return keep(desk, one);
  }
  const name = Object.keys(desk.keys).find((field) => desk.keys[field] === pressed);
  if (!name) return;
  stop(event);
  if (event.repeat) return;
  if (name === "keys") showKeys(desk);
  else if (name === "other") takeFirstOther(desk);
  else if (name === "doubt") focusOn(desk, desk.inputs.has(desk.data.doubted) ? desk.data.doubted : "value");
  else if (askedOfSource(name)) return;
  else if (desk.data.acts.some((act) => act.name === name && !act.closed)) press(desk, name);
  else if (name === "mode") tell(desk, desk.data.alone);
  else if (name.startsWith("base") || name.startsWith("compared")) toComparison(desk, name.replace(/\d+$/, ""));
  else focusOn(desk, name);
}

// The next vote; without votes the other reading of the field at hand, else the surest of all.
function takeFirstOther(desk) {
  const { alternatives, votes, closed } = desk.data;
  if (votes.length && !closed) return takeVote(desk, nextVote(votes, desk.inputs));
  const found = alternatives.find(([name]) => name === desk.last) ?? alternatives[0];
  const one = found && desk.inputs.get(found[0]);
  if (one && !closed) takeOther(desk, one, found[1]);
}

// Each further press goes to the next comparison, and from the last to the first.
function toComparison(desk, kind) {
  const rows = [...desk.inputs.keys()].filter((name) => name.replace(/\d+$/, "") === kind);
  if (!rows.length) return desk.send("widen", { field: `${kind}0` });
  focusOn(desk, rows[(rows.indexOf(desk.last) + 1) % rows.length]);
}

function inField(desk, event, input) {
  const one = desk.inputs.get(input.dataset.field);
  if (!one || (one.open && choosesBy(one, event))) return;
  if (event.key === "Enter" && !event.shiftKey) {
    stop(event);
    if (!event.repeat) press(desk, "accept");
  } else if (event.key === desk.keys.other && event.key.length > 1) {
    stop(event);
    if (!event.repeat) takeFirstOther(desk);
  } else if (event.key === "Escape") {
    leave(desk, event);
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && one.move) {
    stop(event);
    one.move(event.key === "ArrowDown" ? 1 : -1);
  }
}

function focusOn(desk, name) {
  const one = desk.inputs.get(name);
  if (!one) return;
  one.input.focus();
  one.input.select();
}
}
