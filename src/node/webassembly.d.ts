/** The part of WebAssembly's API that the networks use: Node has it, but its type definitions do not. */
declare namespace WebAssembly {
  class Memory {
    private constructor();
  }
  function validate(bytes: Uint8Array): boolean;
  function instantiate(
    bytes: Uint8Array,
    imports: Record<string, Record<string, Memory>>,
  ): Promise<{ readonly instance: { readonly exports: object } }>;
}
