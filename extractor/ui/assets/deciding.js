// What decides: the card of one record or the table of a sentence, in one place, so that either can be drawn before the
// server has answered. What both share: a press decides only what can have been read, keys are a person's own, elements
// get text alone. Each way stands behind this in the same module and says in WAYS what its DECISIONS are, what is `told`
// with a press, which `fields` stand there, how to `draw`, `act` and `fill` in a word of the source, what is done
// `onKey`, and what `isTyped`.
const WAYS = {};
const GUARD = 350;
const PATIENCE = 5000; // ms after which an answer is not waited for any more
const LATE = 400; // ms after which an answer is seen to be late
const KEYS = "solieu-keys";
const DRAFT = "solieu-draft:";

const wayOf = (desk) => WAYS[desk.data.kind];

// Drawn again where something has changed.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("[role=form]");
  const desk = (root.desk ??= { root, shownAt: 0, sent: 0 });
  desk.data = data;
  desk.send = (act, more) => {
    desk.sent = performance.now();
    setTriggerValue("act", { act, kind: desk.data.kind, id: desk.data.id, ...wayOf(desk).told(desk), ...more });
  };
  answered(desk); // whatever was sent
  desk.keys = { ...data.keys, ...stored() };
  forget(desk);
  if (desk.stamp !== data.stamp) draw(desk);
  for (const stop of desk.stops ?? []) stop();
  const stops = (desk.stops = [
    listen(window, "keydown", (event) => wayOf(desk).onKey(desk, event), true),
    listen(window, "solieu-word", (event) => wayOf(desk).fill(desk, event.detail)),
    listen(window, "solieu-ahead", (event) => goAhead(desk, event)),
  ]);
  return () => stops.forEach((stop) => stop());
}

function draw(desk) {
  desk.root.className = desk.data.kind;
  wayOf(desk).draw(desk);
}

// What drawing begins with; returns whether it is another one than before. It decides nothing until it has been in sight.
function turn(desk) {
  const { root, data } = desk;
  const name = `${data.id}:${data.version ?? ""}`;
  const other = desk.name !== name;
  desk.name = name;
  desk.stamp = data.stamp;
  if (other) {
    desk.shownAt = performance.now();
    readyAfter(desk, GUARD + 10);
  }
  root.setAttribute("aria-label", data.words.label);
  return other;
}

function listen(target, kind, react, capture = false) {
  target.addEventListener(kind, react, capture);
  return () => target.removeEventListener(kind, react, capture);
}

// A key that belongs to an input method; Safari tells the Enter that ends a composition by its number alone.
function isComposed(event) {
  return event.isComposing || event.keyCode === 229;
}

function press(desk, act, more) {
  if (isAwaited(desk)) return void (performance.now() - desk.sent > GUARD && tell(desk, desk.data.words.waits));
  if (wayOf(desk).DECISIONS.has(act) && performance.now() - desk.shownAt < GUARD) return;
  const fresh = act === "accept" && wayOf(desk).fields(desk).find(isNew);
  if (fresh) {
    tell(desk, desk.data.words.fresh);
    return fresh.ask();
  }
  desk.send(act, more);
  desk.late = setTimeout(() => desk.root.classList.add("late"), LATE);
  const next = window.solieuAhead;
  if (act === "accept" && next?.after === desk.data.stamp && !wayOf(desk).isTyped(desk)) {
    window.dispatchEvent(new CustomEvent("solieu-ahead", { detail: next }));
  }
}

// Why a press does nothing: said over the buttons, until something is drawn or sent.
function tell(desk, words) {
  desk.root.querySelector(".sign").textContent = words;
}

const isAwaited = (desk) => desk.sent && performance.now() - desk.sent < PATIENCE;

// `data-ready` names what a press would decide, from the moment that it would.
function readyAfter(desk, time) {
  delete desk.root.dataset.ready;
  clearTimeout(desk.timer);
  desk.timer = setTimeout(() => {
    if (isAwaited(desk) || !sayCodes(wayOf(desk).fields(desk))) readyAfter(desk, 20);
    else desk.root.dataset.ready = desk.data.id;
  }, time);
}

function answered(desk) {
  desk.sent = 0;
  clearTimeout(desk.late);
  desk.root.classList.remove("late");
  if (desk.root.firstChild) tell(desk, "");
}

// The next card is drawn before the server has answered. Until it has, a press on it does nothing (see `press`).
function goAhead(desk, event) {
  desk.data = event.detail.form;
  draw(desk);
}

function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem(KEYS) ?? "{}");
  } catch {
    return {};
  }
}

function spell(key) {
  return { " ": "␣", ArrowLeft: "←", ArrowRight: "→", Enter: "⏎", PageUp: "PgUp", PageDown: "PgDn" }[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

function made(name, look, words) {
  const element = document.createElement(name);
  if (name === "button") element.type = "button"; // and never the one that sends a form
  if (look) element.className = look.trim();
  if (words !== undefined) element.textContent = words;
  return element;
}

// Every decision and step as a button with its key; what one does, by mouse as by key, `act` says.
function drawActs(desk) {
  const bar = made("div", "acts");
  for (const { name, label, main, closed } of desk.data.acts) {
    const place = `st-key-card-${desk.data.id}-${desk.data.version ?? 0}-act-${name}`;
    const button = made("button", `act ${main ? "main" : ""} act-${name} ${place}`, label);
    button.disabled = closed;
    const key = desk.keys[name];
    if (key) {
      button.append(made("kbd", "", spell(key)));
      button.setAttribute("aria-keyshortcuts", key);
    }
    button.onclick = () => wayOf(desk).act(desk, name);
    bar.append(button);
  }
  const sign = made("p", "sign");
  sign.setAttribute("role", "status");
  bar.append(sign);
  return bar;
}

// What one key takes, on a button that names both.
function drawOffer(desk, words, take) {
  const offer = made("button", "other", words);
  offer.tabIndex = -1;
  offer.disabled = desk.data.closed;
  offer.append(made("kbd", "", spell(desk.keys.other)));
  offer.setAttribute("aria-keyshortcuts", desk.keys.other);
  offer.onclick = take;
  return offer;
}

// Where two judges differ the key takes what one of them would have, all fields of it.
function offersOf(desk, votes, take) {
  return votes.map(([who, said]) => drawOffer(desk, `${desk.data.words.vote} ${who} `, () => take(said)));
}

// Puts one vote into the fields; those that only the other judge would change go back to what the record holds.
function putVote(votes, fields, said) {
  const names = votes.flatMap(([, values]) => Object.keys(values));
  for (const name of new Set(names)) {
    const one = fields.get(name);
    put(one, said[name] ?? one.field.value);
    one.onKept();
    one.close?.();
  }
  return names[0];
}

// The vote that follows the one in the fields, and after the last the record as it stands.
function nextVote(votes, fields) {
  const stands = ([, said]) => Object.entries(said).every(([name, value]) => valueOf(fields.get(name)) === value);
  return votes[votes.findLastIndex(stands) + 1]?.[1] ?? {};
}

// What is typed stays in the browser under its record, until it is saved.
const draftName = (desk, id) => `${DRAFT}${desk.data.store}:${id}`;

function draftOf(desk, id) {
  try {
    return JSON.parse(sessionStorage.getItem(draftName(desk, id)) ?? "{}");
  } catch {
    return {};
  }
}

function keepDraft(desk, id, draft, field, value, before) {
  if (value === before) delete draft[field];
  else draft[field] = value;
  if (Object.keys(draft).length) sessionStorage.setItem(draftName(desk, id), JSON.stringify(draft));
  else sessionStorage.removeItem(draftName(desk, id));
}

const forget = (desk) => (desk.data.saved ?? []).forEach((id) => sessionStorage.removeItem(draftName(desk, id)));

const DIGITS = /^[-−]?\d[\d.,]*$/;

// The key of a press that is no typing and presses no other button; what is typed in a field of ours goes to `within`.
function pressedBy(desk, event, within) {
  const target = event.composedPath()[0];
  if (event.ctrlKey || event.metaKey || event.altKey || isComposed(event) || !(target instanceof Element)) return;
  if (document.querySelector("dialog.keys[open]")) return;
  if (desk.root.contains(target) && target.matches("input, select, textarea[data-cell]")) return void within(desk, event, target);
  if (target.closest("input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox], [role=dialog], [data-baseweb=popover]")) {
    if (desk.root.contains(target) && event.key === "Escape") leave(desk, event);
    return;
  }
  const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if ((pressed === "Enter" || pressed === " ") && target.closest("button, summary, a[href], [role=tab], [role=option]")) {
    if (pressed === "Enter" && event.repeat) stop(event);
    return;
  }
  return pressed;
}

function leave(desk, event) {
  stop(event);
  desk.root.focus({ preventScroll: true });
}

// What either way of reviewing asks of the source beside it; whether the key was one of these.
function askedOfSource(name) {
  if (name === "zoom") window.dispatchEvent(new CustomEvent("solieu-zoom"));
  else if (name.startsWith("page_")) window.dispatchEvent(new CustomEvent("solieu-turn", { detail: name === "page_on" ? 1 : -1 }));
  else return false;
  return true;
}

// The sheet of keys: what each does, and a press on one lets it be another.
function showKeys(desk) {
  const { words } = desk.data;
  const sheet = made("dialog", "keys");
  sheet.setAttribute("aria-label", words.keys);
  const rows = made("div", "key-rows");
  const note = made("p", "", words.keys_how);
  note.setAttribute("role", "status");
  const list = () =>
    rows.replaceChildren(
      ...Object.entries(words.key_names).flatMap(([name, said]) => {
        const button = made("button", "", spell(desk.keys[name]));
        button.setAttribute("aria-label", `${said}: ${spell(desk.keys[name])}`);
        button.onclick = () => change(name, said);
        return [made("span", "", said), button];
      }),
    );
  const change = (name, said) => {
    note.textContent = `${said}: ${words.keys_press}`;
    sheet.onkeydown = (event) => {
      stop(event);
      sheet.onkeydown = null;
      note.textContent = words.keys_how;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      if (key === "Escape") return;
      const taken = Object.keys(desk.keys).find((other) => other !== name && desk.keys[other] === key);
      if (taken || /^[\dcr]$/.test(key) || key === "Tab" || key === "Shift") return void (note.textContent = words.keys_taken);
      localStorage.setItem(KEYS, JSON.stringify({ ...stored(), [name]: key }));
      desk.keys[name] = key;
      list();
    };
  };
  const reset = made("button", "", words.keys_reset);
  const close = made("button", "main", words.keys_close);
  reset.onclick = () => {
    localStorage.removeItem(KEYS);
    desk.keys = { ...desk.data.keys };
    list();
  };
  close.onclick = () => sheet.close();
  sheet.onclose = () => {
    sheet.remove();
    desk.stamp = null;
    draw(desk);
    desk.root.focus({ preventScroll: true });
  };
  const foot = made("div", "foot");
  foot.append(reset, close);
  list();
  sheet.append(made("h2", "", words.keys), note, rows, foot);
  desk.root.append(sheet);
  sheet.showModal();
}
