/** C++. */
import { C_COMMENTS, type LanguageTable } from './table.ts';

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
    (function_definition declarator: (_) @declarator) @function
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
  attributeLine: /^\s*\[\[.*\]\]\s*$/,
  importLine:
    /^\s*#\s*(?:include|pragma|ifndef|ifdef|if|endif|else|elif|undef)\b|^\s*using\s|^\s*namespace\b.*\{?$|^\s*extern\s+"C"/,
};
