/**
 * The parts we use of packages that may be missing: declared here, so that the program compiles without them.
 */

declare module "webgpu" {
  /** WebGPU as browsers have it in `navigator.gpu`. */
  export function create(options: readonly string[]): { requestAdapter(): Promise<object | null> };
  /** The classes that browsers have as globals. */
  export const globals: object;
}

/** Importing it registers the backend. */
declare module "@tensorflow/tfjs-backend-webgpu" {}
