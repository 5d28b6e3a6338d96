/** JavaScript and JSX: besides declarations, every function that an assignment, a property or a field gives a name. */
import { C_COMMENTS, type LanguageTable } from './table.ts';

/** What takes a function and gives its results: what they are assigned to is no function. */
const CALLS_IT = 'catch|each|every|filter|finally|find|findIndex|flatMap|forEach|map|reduce|replace|some|sort|then';
/** What is given a test, a part of one, or a whole module. */
const SETS_SCENE =
  'after|afterAll|afterEach|before|beforeAll|beforeEach|bench|context|define|describe|it|only|require|skip|specify|suite|test';

const VALUE = '[(arrow_function) (function_expression) (generator_function)]';
const CALLEE = '[(identifier) @_callee (member_expression property: (_) @_callee) (call_expression)]';
const RENDERER = `(call_expression
  function: [(identifier) @_renderer (member_expression property: (_) @_renderer)]
  arguments: (arguments [(arrow_function) (function_expression)]))`;
/** A constant of a whole file that may be a function under another's care: `middy(async () => { … }).use(log())`. */
const DECLARED = '(_ (variable_declarator name: (identifier) @name value: (call_expression) @through) @function)';
const EXPORTED = 'left: (_) @_exports (#any-of? @_exports "module.exports" "exports")';

export const SCRIPT_QUERY = `
  (function_declaration name: (_) @name) @function
  (generator_function_declaration name: (_) @name) @function
  (method_definition name: (_) @name) @function
  (class_declaration name: (_) @name) @class
  (variable_declarator name: (identifier) @name value: ${VALUE}) @function
  (variable_declarator name: (identifier) @name value: (class)) @class
  (assignment_expression ${EXPORTED} right: (function_expression name: (_) @name)) @function
  (assignment_expression ${EXPORTED} right: (class name: (_) @name)) @class
  (assignment_expression left: [(identifier) (member_expression)] @name right: ${VALUE}) @function
  (assignment_expression left: [(identifier) (member_expression)] @name right: (class)) @class
  (pair key: (_) @name value: ${VALUE}) @function
  (export_statement "default" @unnamed value: ${VALUE}) @function
  (export_statement "default" @unnamed value: (class)) @class
  (call_expression function: ${CALLEE} arguments: (arguments [
    (arrow_function body: [(statement_block) (arrow_function body: (statement_block))])
    (function_expression)
    (generator_function)]) (#not-match? @_callee "^(?:${CALLS_IT})$")) @takes
  ([${RENDERER} (call_expression arguments: (arguments ${RENDERER}))] @takes
    (#any-of? @_renderer "forwardRef" "memo" "observer"))
  (program [${DECLARED} (export_statement declaration: ${DECLARED})])
  (program (expression_statement
    (assignment_expression left: [(identifier) (member_expression)] @name right: (call_expression) @through) @function))
  (program (export_statement "default" @unnamed value: (call_expression) @through) @function)
  (call_expression function: ${CALLEE} arguments: (arguments (function_expression name: (_) @name) @function)
    (#not-match? @_callee "^(?:${CALLS_IT}|${SETS_SCENE})$"))
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
  (expression_statement (call_expression
    function: [(identifier) (member_expression object: (_ !arguments))]
    arguments: (arguments (function_expression name: (_)) @wrapped))) @wrapper
  (expression_statement (assignment_expression
    right: [(arrow_function) (function_expression) (generator_function) (class) (call_expression)]) @wrapped) @wrapper`;

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
