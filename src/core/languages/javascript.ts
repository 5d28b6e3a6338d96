/** JavaScript and JSX: besides declarations, every function that an assignment, a property or a field gives a name. */
import { C_COMMENTS, type LanguageTable } from './table.ts';

/** Methods that take a function and give its results: what they are assigned to is no function. */
const CALLS_IT =
  '\\\\.(?:catch|every|filter|finally|find|findIndex|flatMap|forEach|map|reduce|replace|some|sort|then)$';
/** `const load = debounce(async () => { … })` is a function under another's care. */
const WRAPPED_FUNCTION = `(variable_declarator name: (identifier) @name value: (call_expression
    function: (_) @_wrapper
    arguments: (arguments [(arrow_function body: (statement_block)) (function_expression)]))
    (#not-match? @_wrapper "${CALLS_IT}")) @function`;
const WRAPPED_RENDERER = `(variable_declarator name: (identifier) @name value: (call_expression
    function: (_) @_wrapper
    arguments: (arguments (arrow_function)))
    (#match? @_wrapper "^(?:React[.])?(?:forwardRef|memo|observer)$")) @function`;

export const SCRIPT_QUERY = `
  (function_declaration name: (_) @name) @function
  (generator_function_declaration name: (_) @name) @function
  (method_definition name: (_) @name) @function
  (class_declaration name: (_) @name) @class
  (variable_declarator name: (identifier) @name value: [(arrow_function) (function_expression) (generator_function)]) @function
  (variable_declarator name: (identifier) @name value: (class)) @class
  (assignment_expression left: [(identifier) (member_expression)] @name right: [(arrow_function) (function_expression) (generator_function)]) @function
  (assignment_expression left: [(identifier) (member_expression)] @name right: (class)) @class
  (pair key: (_) @name value: [(arrow_function) (function_expression) (generator_function)]) @function
  (export_statement "default" @name value: [(arrow_function) (function_expression) (generator_function)]) @function
  (export_statement "default" @name value: (class)) @class
  (program [(lexical_declaration ${WRAPPED_FUNCTION}) (export_statement declaration: (lexical_declaration ${WRAPPED_FUNCTION}))])
  (program [(lexical_declaration ${WRAPPED_RENDERER}) (export_statement declaration: (lexical_declaration ${WRAPPED_RENDERER}))])
  (variable_declarator name: (identifier) @name value: [
    (object)
    (call_expression arguments: (arguments (object)))
    (call_expression arguments: (arguments (arrow_function body: (parenthesized_expression (object)))))]) @scope
  (assignment_expression left: [(identifier) (member_expression)] @name right: (object)
    (#not-match? @name "exports$")) @scope
  (pair key: (_) @name value: (object)) @scope
  (export_statement declaration: (_) @wrapped) @wrapper
  (lexical_declaration . (variable_declarator) @wrapped .) @wrapper
  (variable_declaration . (variable_declarator) @wrapped .) @wrapper
  (expression_statement (assignment_expression right: [(arrow_function) (function_expression) (generator_function) (class)]) @wrapped) @wrapper`;

export const SCRIPT_IMPORT_LINE =
  /^\s*(?:import\b|export\s+(?:\*|\{[^}]*\}|type\s+\{[^}]*\})\s+from|(?:const|let|var)\s[\w${}\s,:]+=\s*require\(|\}\s*from\s|['"]use (?:strict|client|server)['"])/;

export const javascript: LanguageTable = {
  id: 'javascript',
  grammar: 'javascript',
  extensions: ['.js', '.mjs', '.cjs'],
  interpreters: ['node'],
  comments: C_COMMENTS,
  query: `${SCRIPT_QUERY}
  (field_definition property: (_) @name value: [(arrow_function) (function_expression)]) @function`,
  attributeLine: /^\s*@[\w.]+(?:\(.*\))?\s*$/,
  constructors: ['constructor'],
  importLine: SCRIPT_IMPORT_LINE,
};

export const jsx: LanguageTable = { ...javascript, id: 'jsx', extensions: ['.jsx'], interpreters: [] };
