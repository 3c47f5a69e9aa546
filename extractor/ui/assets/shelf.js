// The shelf: a table of reports that can be sorted, chosen and opened. Data in: columns, rows, order, which are chosen.
// Out: `sorted` (a column), `chosen` (ids), `opened` (an id). Text reaches the page through textContent alone.
export default function ({ data, parentElement, setTriggerValue }) {
  const table = parentElement.querySelector("table");
  const at = document.activeElement?.getRootNode() === table.getRootNode() ? document.activeElement.dataset.at : null;
  const focus = table.getRootNode().activeElement?.dataset.at ?? at;
  const chosen = new Set(data.chosen);
  const say = () => setTriggerValue("chosen", data.rows.map((row) => row.id).filter((id) => chosen.has(id)));
  const caption = made("caption", "", data.words.caption);
  const head = made("thead");
  const top = made("tr");
  const every = box(data.words.every, data.rows.length > 0 && data.rows.every((row) => chosen.has(row.id)), "every");
  every.onchange = () => {
    for (const row of data.rows) every.checked ? chosen.add(row.id) : chosen.delete(row.id);
    say();
  };
  const corner = made("th");
  corner.scope = "col";
  corner.append(every);
  top.append(corner, ...data.columns.map((column) => headOf(column, data, setTriggerValue)));
  head.append(top);
  const body = made("tbody");
  for (const row of data.rows) {
    const line = made("tr", chosen.has(row.id) ? "chosen" : "");
    const pick = box(`${data.words.choose} ${row.name}`, chosen.has(row.id), `row-${row.id}`);
    pick.onchange = () => {
      pick.checked ? chosen.add(row.id) : chosen.delete(row.id);
      say();
    };
    const first = made("td");
    first.append(pick);
    line.append(first);
    data.columns.forEach((column, n) => {
      const cell = made(n ? "td" : "th", column.look ?? "");
      if (!n) {
        cell.scope = "row";
        const open = made("button", "", row.cells[n]);
        open.type = "button";
        open.dataset.at = `open-${row.id}`;
        open.title = `${data.words.open} ${row.name}`;
        open.onclick = () => setTriggerValue("opened", row.id);
        cell.append(open);
      } else {
        cell.textContent = row.cells[n];
        if (row.titles?.[n]) cell.title = row.titles[n];
      }
      if (column.name === "reviewed" && row.share !== undefined) cell.style.setProperty("--share", row.share);
      line.append(cell);
    });
    body.append(line);
  }
  table.replaceChildren(caption, head, body);
  if (focus) [...table.querySelectorAll("[data-at]")].find((one) => one.dataset.at === focus)?.focus({ preventScroll: true });
}

function headOf(column, data, send) {
  const cell = made("th", column.look ?? "");
  cell.scope = "col";
  const sorted = data.order.name === column.name;
  cell.setAttribute("aria-sort", sorted ? (data.order.descending ? "descending" : "ascending") : "none");
  const button = made("button", "", column.label);
  button.type = "button";
  button.dataset.at = `sort-${column.name}`;
  const arrow = made("span", "arrow", sorted ? (data.order.descending ? " ↓" : " ↑") : "");
  arrow.setAttribute("aria-hidden", "true");
  button.append(arrow);
  button.onclick = () => send("sorted", column.name);
  cell.append(button);
  return cell;
}

function box(label, checked, at) {
  const input = made("input");
  input.type = "checkbox";
  input.checked = checked;
  input.dataset.at = at;
  input.setAttribute("aria-label", label);
  return input;
}

function made(name, look, words) {
  const element = document.createElement(name);
  if (look) element.className = look;
  if (words !== undefined) element.textContent = words;
  return element;
}
