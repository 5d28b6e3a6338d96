/** C++. */
import { C_COMMENTS, type LanguageTable } from './table.ts';

/** Macros are written in capitals; nothing else tells them from types before the preprocessor has run. */
const CAPITALS = '\\b[A-Z][A-Z\\d_]+\\b';
/** No line of the preprocessor's own, nor one that goes on from the line above. */
const ON_PLAIN_LINE = '(?<=^[^#\\n]{0,300})(?<!\\\\\\r?\\n[^\\n]{0,300})';
const COMMENTS = '(?:\\s|//[^\\n]{0,400}\\n|/\\*(?:[^*]|\\*(?!/)){0,2000}\\*/)*';
/** What begins a declaration and so follows no name. */
const BEGINS =
  'template|namespace|class|struct|union|enum|using|typedef|extern|static|inline|constexpr|virtual|explicit|friend';
/** Types that are key words: a type's name before them would be one type too many. */
const BUILT_IN = 'auto|void|bool|char|short|int|long|unsigned|signed|float|double';

/** A line of its own before a declaration, as in `API_BEGIN`; comments may lie between. */
const LINE_BEFORE = `${CAPITALS}(?:\\([^()\\n]{0,300}\\))?(?=[ \\t]{0,80}\\r?\\n${COMMENTS}(?:${BEGINS}|public|protected|private)\\b)(?<=^[ \\t]{0,80}[A-Z][^\\n]{0,300})`;
/** `API inline int f()`. */
const WORD_BEFORE = `${CAPITALS}(?=\\s+(?:${BEGINS}|${BUILT_IN})\\b)`;
/** `API ~Pool()`, and `API Pool() : size(0)`, which only a constructor can be. */
const BEFORE_OWN_NAME = `${CAPITALS}(?=\\s+(?:~|[A-Za-z_]\\w*\\([^;{}]{0,1000}\\)\\s*(?:noexcept\\s*)?:(?!:)))`;
/** `class API Pool {`, `class API("x") Pool : Base {`. */
const BEFORE_TYPE_NAME = `(?<=\\b(?:class|struct|union)\\s{1,80})${CAPITALS}(?:\\([^()\\n]{0,300}\\))?(?=\\s+(?!final\\b)[A-Za-z_][\\w:]*(?:<[^;{}]{0,400}>)?\\s*(?:final\\s*)?(?:\\{|:(?!:)))`;
/** `if API_CONSTEXPR (sizeof(T) > 1)`. */
const BEHIND_IF = `(?<=\\bif\\s{1,80})${CAPITALS}(?=\\s*\\()`;

/** A line of its own in a Qt class. */
const QT_LINE = '^[ \\t]{0,80}Q_[A-Z][A-Z\\d_]*(?:\\([^\\n]{0,500}\\))?[ \\t]{0,9};?(?=[ \\t]{0,80}\\r?$)';
/** Qt's sections of a class: `signals:` is as good as nothing, `public slots:` as `public:`. */
const QT_SECTION =
  '^[ \\t]{0,80}(?:signals|Q_SIGNALS)[ \\t]{0,9}:(?!:)|(?<=\\b(?:public|protected|private)[ \\t]{1,9})(?:slots|Q_SLOTS)(?=[ \\t]{0,9}:)|\\bQ_INVOKABLE\\b';

const NAMED_LAMBDA = '(init_declarator declarator: (identifier) @name value: (lambda_expression)) @function';

export const cpp: LanguageTable = {
  id: 'cpp',
  grammar: 'cpp',
  extensions: [
    '.cpp',
    '.cc',
    '.cxx',
    '.c++',
    '.hpp',
    '.hh',
    '.hxx',
    '.h++',
    '.ipp',
    '.inl',
    '.tpp',
    '.cu',
    '.cuh',
    '.ino',
  ],
  comments: C_COMMENTS,
  query: `
    (function_definition !type declarator: (function_declarator
      declarator: (identifier) @_macro parameters: (parameter_list (parameter_declaration !declarator)) @arguments)
      (#match? @_macro "^[A-Z][A-Z0-9]*_[A-Z0-9_]+$|^TEST$")) @function
    (function_definition declarator: (_) @declarator) @function
    (translation_unit (declaration declarator: ${NAMED_LAMBDA}))
    (declaration_list (declaration declarator: ${NAMED_LAMBDA}))
    (declaration declarator: (init_declarator value: (lambda_expression)) @wrapped) @wrapper
    (class_specifier name: (_) @name body: (_)) @class
    (struct_specifier name: (_) @name body: (_)) @class
    (union_specifier name: (_) @name body: (_)) @class
    (enum_specifier name: (_) @name body: (_)) @enum
    (concept_definition name: (_) @name) @type
    (alias_declaration name: (_) @name) @type
    (type_definition type: (struct_specifier body: (_)) declarator: (type_identifier) @name) @class
    (preproc_function_def name: (_) @name) @type
    (type_definition type: (_ body: (_)) @wrapped) @wrapper
    (template_declaration [
      (function_definition)
      (class_specifier)
      (struct_specifier)
      (union_specifier)
      (concept_definition)
      (alias_declaration)
      (template_declaration)] @wrapped) @wrapper`,
  hasBranches: true,
  macroWords: [
    ...[LINE_BEFORE, WORD_BEFORE, BEFORE_OWN_NAME, BEFORE_TYPE_NAME, BEHIND_IF].map(
      (pattern) => new RegExp(pattern + ON_PLAIN_LINE, 'gm'),
    ),
    new RegExp(`${QT_LINE}|${QT_SECTION}`, 'gm'),
  ],
  attributeLine: /^\s*\[\[.*\]\]\s*$|^\s*[A-Z][A-Z\d_]+\s*$/,
  importLine:
    /^\s*#\s*(?:include|pragma|ifndef|ifdef|if|endif|else|elif|undef)\b|^\s*using\s|^\s*namespace\b.*\{?$|^\s*extern\s+"C"/,
};
