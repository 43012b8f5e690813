// Cells in blocks, as spreadsheets copy them: tabs between columns, line ends between rows, quotes around cells that
// hold either.

/** Return rows of cells of a copied block. */
export function parse(text) {
  const rows = [[]];
  let field = "";
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  for (let place = 0; place < source.length; place += 1) {
    const sign = source[place];
    if (quoted) {
      if (sign === '"' && source[place + 1] === '"') { field += '"'; place += 1; }
      else if (sign === '"') quoted = false;
      else field += sign;
    } else if (sign === '"' && field === "") quoted = true;
    else if (sign === "\t") { rows.at(-1).push(field); field = ""; }
    else if (sign === "\n") { rows.at(-1).push(field); field = ""; rows.push([]); }
    else field += sign;
  }
  rows.at(-1).push(field);
  return rows.filter((row) => row.some((one) => one.trim()));
}

/** Return a block of rows as spreadsheets paste it. */
export const format = (rows) => rows
  .map((row) => row.map((one) => (/["\t\n]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one)).join("\t"))
  .join("\n");
