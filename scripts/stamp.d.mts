export function isFresh(distDir: string): boolean;
export function writeStamp(distDir: string, print: string): void;
export function fingerprint(): string;
