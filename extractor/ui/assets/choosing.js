// Pick or type: a field of the card or a cell of a sentence whose known values drop down. Letters typed without accents
// find any, letters with accents are meant with them, and where nothing is found the nearest stand there. What no list
// knows is taken only when its own line was chosen: `isNew` says that it was not. What is typed into a
// `free` field is meant as it stands, and a line of its list is taken by an arrow alone. A field `one` holds its `input`,
// the `box` that the list hangs in, the `field` as the server told it, its `code`, its `options` and what `onKept` does.
const small = (text) => text.normalize("NFC").toLowerCase().trim();
const fold = (text) => small(text).normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");
const NEAR = 4; // one wrong letter in so many

function optionsOf(field) {
  if (field.kind === "text") return [];
  const list = typeof field.options === "string" ? window.solieuLists?.[field.options] ?? [] : field.options;
  return list.map((option) => (Array.isArray(option) ? option : [option, option]));
}

function wordsOf(one, code) {
  if (one.field.kind !== "code") return code;
  return one.options.find(([other]) => other === code)?.[1] ?? code;
}

function put(one, value) {
  one.code = value;
  one.input.value = one.shown = wordsOf(one, value);
}

const valueOf = (one) => (one.field.kind === "code" ? one.code : one.input.value);

// Fields that were drawn before their lists came show codes: they become words, where nobody has typed.
function sayCodes(ones) {
  if (!window.solieuLists) return false;
  for (const one of ones) {
    if (one.field.kind !== "code" || one.input.value !== one.shown) continue;
    put(one, one.code);
    one.onSaid();
  }
  return true;
}

// The options that hold a text, best first: as it is typed, else without accents, else those that are nearly it.
function matching(one, text) {
  const bare = fold(text);
  const nearly = (words) => {
    const apart = lettersApart(bare, fold(words));
    return apart <= Math.max(bare.length, words.length) / NEAR ? apart : null;
  };
  for (const rank of [...(bare === small(text) ? [] : [holding(small(text), small)]), holding(bare, fold), nearly]) {
    const found = one.options.map((option) => [rank(option[1]), option]).filter(([n]) => n !== null);
    if (found.length) return found.sort((a, b) => a[0] - b[0]).slice(0, 60).map(([, option]) => option);
  }
  return [];
}

function holding(wanted, spell) {
  const ranks = [(name) => name === wanted, (name) => name.startsWith(wanted), (name) => name.includes(" " + wanted), (name) => name.includes(wanted)];
  return (words) => {
    const n = ranks.findIndex((holds) => holds(spell(words)));
    return n < 0 ? null : n;
  };
}

// How many letters must be put in, left out or changed to make one word of the other.
function lettersApart(one, other) {
  let row = [...Array(other.length + 1).keys()];
  for (let n = 1; n <= one.length; n++) {
    const next = [n];
    for (let m = 1; m <= other.length; m++) next[m] = Math.min(row[m] + 1, next[m - 1] + 1, row[m - 1] + (one[n - 1] !== other[m - 1]));
    row = next;
  }
  return row[other.length];
}

// Whether what stands there is in no list, and nobody has chosen to add it. A `free` field is read by the server alone.
const isNew = (one) =>
  one.field.kind === "open" && !one.field.free && !one.input.disabled && !one.box.closest(".rejected") &&
  !!one.input.value.trim() && ![one.field.value, one.added].includes(one.input.value) && !known(one, one.input.value);

// The option that a text spells: letter by letter, or without its accents.
function known(one, text) {
  const exact = one.options.find(([, words]) => small(words) === small(text));
  return exact ?? (fold(text) === small(text) ? one.options.find(([, words]) => fold(words) === fold(text)) : undefined);
}

// What was typed and is known gets the spelling that is known.
function settleOn(one) {
  const found = one.field.kind === "open" && !one.field.free && one.input.value !== one.field.value && known(one, one.input.value);
  if (!found || found[1] === one.input.value) return;
  put(one, found[0]);
  one.onKept();
}

// Words that were clicked in the source go into a field; one after another they make a name.
function fillIn(desk, one, words) {
  if (one.field.kind === "code") {
    const found = matching(one, words)[0];
    if (!found) return;
    put(one, found[0]);
  } else {
    one.added = !one.field.number && desk.filled === one && one.input.value ? `${one.input.value} ${words}` : words;
    put(one, one.added); // what the report itself says is no slip of the hand
  }
  desk.filled = one;
  one.onKept();
  one.input.focus({ preventScroll: true });
}

function asCombobox(desk, one) {
  const { input, box, field } = one;
  const list = made("div", "list");
  list.id = `${input.id}-list`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.label);
  const wraps = input.matches("textarea"); // which is never called a combobox
  if (!wraps) input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  const expand = (open) => {
    one.open = open;
    if (open) input.setAttribute("aria-controls", list.id);
    else input.removeAttribute("aria-controls"); // it would name what is not there
    if (!wraps) input.setAttribute("aria-expanded", String(open));
  };
  expand(false);
  const close = () => {
    list.remove();
    expand(false);
    input.removeAttribute("aria-activedescendant");
  };
  const choose = ([code, , added]) => {
    if (added) one.added = code;
    put(one, code);
    one.onKept();
    close();
  };
  const point = (n) => {
    one.at = n;
    [...list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === n)));
    const row = list.children[n];
    row?.scrollIntoView({ block: "nearest" });
    if (row) input.setAttribute("aria-activedescendant", row.id);
  };
  const open = (text) => {
    const typed = text.trim();
    one.found = typed ? matching(one, typed) : one.options.slice(0, 200);
    const there = one.found.some(([, words]) => small(words) === small(typed));
    if (field.free && typed && !one.found.length) return close();
    if (field.kind === "open" && !field.free && typed && !there) one.found = [...one.found, [typed, `${desk.data.words.add} ${typed}`, true]];
    list.replaceChildren(
      ...(one.found.length ? one.found : [[null, desk.data.words.none]]).map(([code, words], n) => {
        const row = made("div", "option", words);
        row.id = `${list.id}-${n}`;
        row.setAttribute("role", "option");
        row.onmousedown = (event) => {
          event.preventDefault();
          if (code !== null) choose(one.found[n]);
        };
        return row;
      }),
    );
    if (!one.open) box.append(list);
    list.classList.remove("above");
    const below = list.getBoundingClientRect().bottom > innerHeight;
    list.classList.toggle("above", below && box.getBoundingClientRect().top > list.offsetHeight);
    expand(true);
    const now = one.found.findIndex(([code]) => code === one.code);
    point(typed ? (field.free ? -1 : 0) : Math.max(now, 0));
  };
  one.close = close;
  one.take = () => one.found?.[one.at] && choose(one.found[one.at]);
  one.move = (step) => (one.open ? point((Math.max(one.at, step < 0 ? 0 : -1) + step + one.found.length) % Math.max(one.found.length, 1)) : open(""));
  one.ask = () => {
    input.focus();
    open(input.value);
  };
  input.addEventListener("input", () => {
    if (field.kind === "open") {
      one.code = input.value;
      one.onKept();
    }
    open(input.value);
  });
  input.addEventListener("keydown", (event) => {
    if (!event.altKey || event.key !== "ArrowDown") return;
    stop(event);
    if (!one.open) open("");
  });
  input.addEventListener("mousedown", () => {
    if (document.activeElement !== input) setTimeout(() => input.select()); // what is typed replaces what stands there
    if (one.open) close();
    else if (field.name !== "indicator" || !wraps) open("");
  });
  input.addEventListener("blur", () => {
    if (field.kind === "code") put(one, one.code);
    settleOn(one);
    close();
  });
}

// What a key does in an open list; whether it was one of these.
function choosesBy(one, event) {
  const does = { Enter: () => event.repeat || one.take(), Escape: one.close, ArrowDown: () => one.move(1), ArrowUp: () => one.move(-1) }[event.key];
  if (!does || event.shiftKey) return false;
  if (event.key === "Enter" && one.at < 0) return void one.close(); // nothing was chosen: the Enter is for what was typed
  stop(event);
  does();
  return true;
}
