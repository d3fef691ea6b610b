/** What the networks use of WebAssembly's API: Node has it, but its types do not. */
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
