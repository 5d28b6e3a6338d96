export interface Target {
  readonly hasGraph: boolean;
  readonly hasRuntime: boolean;
}
export const TARGETS: Readonly<Record<string, Target>>;
export const HERE: string;
