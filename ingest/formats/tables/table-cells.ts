/** Cells of a CSV row: commas between them, quotes around what holds one, a quote doubled. One line is one row. Source: RFC 4180. */

/** The cells; undefined for a row whose quotes do not close. */
export function csvCells(line: string): string[] | undefined {
  const cells: string[] = [];
  for (let at = 0; at <= line.length; ) {
    if (line[at] !== '"') {
      const comma = line.indexOf(",", at);
      const end = comma < 0 ? line.length : comma;
      cells.push(line.slice(at, end));
      at = end + 1;
      continue;
    }
    const quoted = /"((?:[^"]|"")*)"(?=,|$)/y;
    quoted.lastIndex = at;
    const found = quoted.exec(line);
    if (found === null) return undefined;
    cells.push((found[1] ?? "").replaceAll('""', '"'));
    at = quoted.lastIndex + 1;
  }
  return cells;
}
