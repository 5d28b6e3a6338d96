/** What is used of a package that brings no types along. */
declare module 'pngjs' {
  interface Picture {
    readonly width: number;
    readonly height: number;
    /** Red, green, blue, opacity. */
    data: Buffer;
  }
  export const PNG: {
    new (size: { readonly width: number; readonly height: number }): Picture;
    readonly sync: { read(file: Buffer): Picture; write(picture: Picture): Buffer };
  };
}
