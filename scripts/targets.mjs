/**
 * The packages: one for each of VS Code's platforms with the native parts that exist there, and a universal one without
 * any. What a package lacks is done in WebAssembly: the models' arithmetic, and the exact scan instead of the graph.
 */

/** VS Code's names; `hasRuntime`: ONNX Runtime has a library for it. None for musl, nor for Intel Macs since its 1.24. */
export const TARGETS = {
  'linux-x64': { hasGraph: true, hasRuntime: true },
  'linux-arm64': { hasGraph: true, hasRuntime: true },
  'alpine-x64': { hasGraph: true, hasRuntime: false },
  'darwin-x64': { hasGraph: true, hasRuntime: false },
  'darwin-arm64': { hasGraph: true, hasRuntime: true },
  'win32-x64': { hasGraph: true, hasRuntime: true },
  'win32-arm64': { hasGraph: true, hasRuntime: true },
  universal: { hasGraph: false, hasRuntime: false },
};

/** This machine's; it may be none of `TARGETS`. */
export const HERE = `${isMusl() ? 'alpine' : process.platform}-${process.arch}`;

function isMusl() {
  return process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
}
