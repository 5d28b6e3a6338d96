/** What this project uses of WebAssembly; TypeScript declares it only together with a browser's types. */
declare namespace WebAssembly {
  /** Opaque. */
  interface Module {
    readonly [Symbol.toStringTag]?: string;
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>;
  }
  const Memory: new (pages: { readonly initial: number; readonly maximum: number }) => Memory;
  const Instance: new (module: Module, imports?: object) => Instance;
  const Module: new (bytes: Uint8Array<ArrayBuffer>) => Module;
}
