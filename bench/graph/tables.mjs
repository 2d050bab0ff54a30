// The results as Markdown tables.

/** @param rows lists of cells; the first is the head, and all columns but the first are numbers */
export function table(...rows) {
  const cells = rows.map((row) => row.map(String));
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length), 4));
  const line = (row) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(cells[0]), line(rule), ...cells.slice(1).map(line)].join('\n');
}

const milliseconds = (ms) => (ms < 100 ? ms.toFixed(1) : ms.toFixed(0));
const ratio = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(1));
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

export function ownTimeTable(rows) {
  return table(
    ['own time', 'ms', 'of the floor'],
    ...rows.map(({ title, ms, ratio: value }) => [title, milliseconds(ms), ratio(value)]),
  );
}

export function addedTimeTable(states) {
  const rows = states.map(({ title, bare, recorded, ours, peersBare, peers }) => {
    const added = ours.ms - recorded.ms;
    const own = [title, ...[bare.ms, recorded.ms, ours.ms, added].map(milliseconds)];
    if (peers === undefined) return [...own, '', '', '', ''];
    const peersAdd = peers.ms - peersBare.ms;
    return [...own, ...[peersBare.ms, peers.ms, peersAdd].map(milliseconds), ratio(added / peersAdd)];
  });
  const own = ['our Nx alone', 'recorded graph', 'ours', 'ours adds'];
  const head = ['nx show projects, ms', ...own, 'their Nx alone', 'peers', 'peers add', 'ratio'];
  return `${table(head, ...rows)}\n\n${projectsShown(states[0])}`;
}

/** A plugin that finds less has less to do. */
function projectsShown({ recorded, ours, peers }) {
  const shown = Object.entries({ 'recorded graph': recorded, ours, peers }).filter(
    ([, variant]) => variant !== undefined,
  );
  return `Projects shown: ${shown.map(([title, { projects }]) => `${title} ${projects}`).join(', ')}.`;
}

/** @param sides with ours first and the peers last, if they are there */
export function daemonTable(sides) {
  const [ours, peers] = [sides[0], sides.find(({ title }) => title === 'peers')];
  const share =
    peers === undefined
      ? []
      : [['ours to peers', ratio(ours.idle / peers.idle), ratio(ours.edited / peers.edited), '']];
  return table(
    ['with the daemon, ms', 'nothing edited', 'manifest edited', 'stale answers'],
    ...sides.map(({ title, idle, edited, stale }) => [title, milliseconds(idle), milliseconds(edited), stale]),
    ...share,
  );
}

/** Growth is from row to row: where it stays the same, memory grows linearly. */
export function memoryTable(rows) {
  const growth = (index, key) => {
    if (index === 0) return '';
    const [before, now] = [rows[index - 1], rows[index]];
    return megabytes(((now[key] - before[key]) * 100) / (now.projects - before.projects));
  };
  return table(
    ['memory, MB', 'at the peak', 'per 100 more', 'kept', 'per 100 more'],
    ...rows.map(({ projects, peak, kept }, index) => [
      `${projects} projects`,
      ...[megabytes(peak), growth(index, 'peak'), megabytes(kept), growth(index, 'kept')],
    ]),
  );
}
