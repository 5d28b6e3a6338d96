/** How much memory WebAssembly has been given since this was imported. */

interface Memory {
  readonly buffer: ArrayBuffer;
}
const namespace = WebAssembly as unknown as { Memory: new (descriptor: object) => Memory };
const memories: Memory[] = [];

/** Kept for ever, as a campaign's process is not. */
namespace.Memory = class extends namespace.Memory {
  constructor(descriptor: object) {
    super(descriptor);
    memories.push(this);
  }
};

export const wasmBytes = (): number => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
