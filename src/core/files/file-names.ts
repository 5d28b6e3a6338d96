/**
 * What a file's name alone says: secrets, which are never opened, and types that hold no functions. Every other file
 * counts as code until it has been read, so that a language without a grammar is still found.
 */
import type { Skip } from '../skip.ts';

/** Templates of secret files, made to be shared. */
const SHARED_ENV = /^\.env\.(?:example|sample|template|dist|defaults?)$/;

/** `credentials.json` is a secret; `credentials.py` is code about them. */
const SECRET_NAMES: readonly RegExp[] = [
  /^\.env(?:\.|$)|.\.env$|^\.envrc$/,
  /\.(?:pem|key|p12|pfx|p8|keystore|jks|ppk|kdbx?|tfvars|tfstate|gpg)$/,
  /^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$/,
  /^(?:\.npmrc|\.yarnrc|\.netrc|_netrc|\.pypirc|\.pgpass|\.my\.cnf|\.htpasswd|\.dockercfg|\.git-credentials)$/,
  /^(?:.*[-_.])?(?:credentials?|secrets?)(?:\.(?:json|ya?ml|toml|ini|txt|xml|properties))?$/,
  /^(?:service[-_]?account|client[-_]?secret|gha-creds|google-services)[\w.-]*\.json$/,
];

const UNSUPPORTED = new Set(
  [
    // images, media, fonts
    'png jpg jpeg gif bmp ico icns webp avif tif tiff svg psd ai eps xcf heic mp3 mp4 m4a m4v mov avi mkv webm wav ogg',
    'flac aac mid ttf otf woff woff2 eot ttc glb gltf obj stl fbx dae blend dds ktx hdr exr',
    // archives, packages, disk images
    'zip tar gz tgz bz2 xz zst lz4 7z rar jar war ear apk ipa deb rpm dmg iso img whl egg gem nupkg vsix crx cab msi',
    // compiled code and libraries
    'exe dll so dylib a lib o obj class pyc pyo pyd wasm elc beam rlib pdb bc dwo node hi ko efi bin dat pak',
    // office and print
    'pdf doc docx xls xlsx ppt pptx odt ods odp rtf epub mobi ps dvi pages numbers',
    // data, configuration, markup and prose without functions
    'json jsonc json5 jsonl ndjson geojson webmanifest ipynb yaml yml toml ini cfg conf properties plist editorconfig',
    'xml xsd xlf xliff resx csproj vbproj fsproj vcxproj filters props targets sln slnx nuspec xib storyboard pbxproj',
    'html htm xhtml css scss sass less styl md markdown mdx mdown rst adoc asciidoc txt text org tex bib log csv tsv',
    'po pot mo strings arb srt vtt ics eml mbox diff patch rej orig bak swp pub crt cer der csr asc',
    // databases, models, big data
    'db sqlite sqlite3 mdb parquet avro arrow feather orc npy npz pkl pickle pt pth onnx safetensors gguf h5 hdf5 tflite',
    // written by tools
    'lock map snap lockb sum tsbuildinfo idx pack profraw gcda gcno',
  ].flatMap((line) => line.split(' ')),
);

/** Code under a name that says otherwise. */
const CODE_NAMES = new Set(['cmakelists.txt']);

/** Whole names without a telling extension: lock files, and prose that stands in every repository. */
const UNSUPPORTED_NAMES =
  /^(?:go\.(?:sum|mod|work)|npm-shrinkwrap\.json|flake\.lock|licen[cs]es?|copying|notice|authors|contributors|maintainers|changelog|readme|codeowners|\.gitignore|\.gitattributes|\.gitmodules|\.gitkeep|\.ignore|\.kenningignore|\.dockerignore|\.npmignore|\.eslintignore|\.prettierignore|\.vscodeignore|\.editorconfig|\.mailmap|\.nvmrc|\.ds_store|thumbs\.db|cachedir\.tag)$/;

const MINIFIED_NAME = /[.-]min\.(?:[cm]?js|css)$/;

/** Skips that come before anything else is asked about a file. `name` is the path's last segment. */
export function secretNameSkip(name: string): Skip | null {
  const lower = name.toLowerCase();
  if (SHARED_ENV.test(lower)) return null;
  return SECRET_NAMES.some((pattern) => pattern.test(lower)) ? { code: 'secret', rule: name } : null;
}

/** Types that hold no functions, and minified files by their name. */
export function unsupportedNameSkip(name: string): Skip | null {
  const lower = name.toLowerCase();
  if (MINIFIED_NAME.test(lower)) return { code: 'minified', rule: lower.slice(lower.lastIndexOf('min.') - 1) };
  if (CODE_NAMES.has(lower)) return null;
  if (UNSUPPORTED_NAMES.test(lower)) return { code: 'unsupported', rule: name };
  const extension = extensionOf(lower);
  return UNSUPPORTED.has(extension) ? { code: 'unsupported', rule: `.${extension}` } : null;
}

/** Without the dot; empty for `Makefile` and for a name that only begins with a dot. */
function extensionOf(lower: string): string {
  const dot = lower.lastIndexOf('.');
  return dot > 0 ? lower.slice(dot + 1) : '';
}
