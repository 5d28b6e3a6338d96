import { useEffect, useMemo, useState } from 'react';
import './todo.css';

const FILTERS = {
  all: () => true,
  open: (todo) => !todo.done,
  done: (todo) => todo.done,
};

/** One line of the list, with its check box. */
export function TodoItem({ todo, onToggle, onRemove }) {
  return (
    <li className={todo.done ? 'done' : ''}>
      <label>
        <input type="checkbox" checked={todo.done} onChange={() => onToggle(todo.id)} />
        {todo.text}
      </label>
      <button onClick={() => onRemove(todo.id)}>×</button>
    </li>
  );
}

/** Remembers a value in the browser's storage. */
export const useStored = (key, initial) => {
  const [value, setValue] = useState(() => {
    const stored = localStorage.getItem(key);
    return stored ? JSON.parse(stored) : initial;
  });
  useEffect(() => {
    localStorage.setItem(key, JSON.stringify(value));
  }, [key, value]);
  return [value, setValue];
};

// Shown while nothing is there.
const Empty = () => <p className="empty">Nothing to do.</p>;

export default function TodoApp({ title = 'To do' }) {
  const [todos, setTodos] = useStored('todos', []);
  const [filter, setFilter] = useState('all');
  const shown = useMemo(() => todos.filter(FILTERS[filter]), [todos, filter]);

  function toggle(id) {
    setTodos(todos.map((todo) => (todo.id === id ? { ...todo, done: !todo.done } : todo)));
  }

  return (
    <>
      <h1>{title}</h1>
      {shown.length === 0 ? (
        <Empty />
      ) : (
        <ul>
          {shown.map((todo) => (
            <TodoItem
              key={todo.id}
              todo={todo}
              onToggle={toggle}
              onRemove={(id) => setTodos(todos.filter((other) => other.id !== id))}
            />
          ))}
        </ul>
      )}
      <nav>
        {Object.keys(FILTERS).map((name) => (
          <a key={name} href={`#${name}`} onClick={() => setFilter(name)}>
            {name}
          </a>
        ))}
      </nav>
    </>
  );
}

/** Catches what a component throws. */
class ErrorBoundary extends React.Component {
  state = { error: null };

  static getDerivedStateFromError(error) {
    return { error };
  }

  render() {
    if (this.state.error) return <pre>{String(this.state.error)}</pre>;
    return this.props.children;
  }
}

const Memo = React.memo(function Row({ text }) {
  return <tr><td>{text}</td></tr>;
});

export { ErrorBoundary, Memo };
