import { createContext, type ReactNode, useContext, useReducer } from 'react';

type Action = { type: 'sort'; column: string } | { type: 'page'; page: number };

interface TableState {
  readonly column: string;
  readonly page: number;
}

export interface Column<Row> {
  readonly title: string;
  render(row: Row): ReactNode;
}

const PAGE_SIZE = 20;

const TableContext = createContext<TableState>({ column: '', page: 0 });

/** Where the table stands after an action. */
function reduce(state: TableState, action: Action): TableState {
  switch (action.type) {
    case 'sort':
      return { ...state, column: action.column, page: 0 };
    case 'page':
      return { ...state, page: action.page };
  }
}

/** The state of the table around. */
export const useTable = (): TableState => useContext(TableContext);

/**
 * Shows rows by pages.
 * A click on a column's head sorts by it.
 */
export function DataTable<Row extends { id: string }>({
  rows,
  columns,
}: {
  rows: readonly Row[];
  columns: readonly Column<Row>[];
}): JSX.Element {
  const [state, dispatch] = useReducer(reduce, { column: '', page: 0 });
  const visible = rows.slice(state.page * PAGE_SIZE, (state.page + 1) * PAGE_SIZE);
  return (
    <TableContext.Provider value={state}>
      <table>
        <thead>
          <tr>
            {columns.map(({ title }) => (
              <th key={title} onClick={() => dispatch({ type: 'sort', column: title })}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {visible.map((row) => (
            <tr key={row.id}>{columns.map((column) => <td key={column.title}>{column.render(row)}</td>)}</tr>
          ))}
        </tbody>
      </table>
      <Pager count={Math.ceil(rows.length / PAGE_SIZE)} onPage={(page) => dispatch({ type: 'page', page })} />
    </TableContext.Provider>
  );
}

const Pager = ({ count, onPage }: { count: number; onPage(page: number): void }) => {
  const { page } = useTable();
  return (
    <footer>
      {Array.from({ length: count }, (_, i) => (
        <button key={i} disabled={i === page} onClick={() => onPage(i)}>
          {i + 1}
        </button>
      ))}
    </footer>
  );
};

// A cell that shows an amount of money.
export const Money = <T extends number>({ amount }: { amount: T }): JSX.Element => <b>{amount.toFixed(2)}</b>;

export class Sortable<Row> {
  constructor(private readonly rows: Row[]) {}

  by<Key extends keyof Row>(key: Key): Row[] {
    return [...this.rows].sort((a, b) => (a[key] < b[key] ? -1 : 1));
  }
}
