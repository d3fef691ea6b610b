/** A file as stored in the database: a blob, or bytes where blobs are refused (WebKit's private windows). */
export type StoredBlob = Blob | { readonly buffer: ArrayBuffer; readonly type: string };

export function blobOf(stored: StoredBlob | undefined): Blob | undefined {
  return stored && 'buffer' in stored ? new Blob([stored.buffer], { type: stored.type }) : stored;
}

/** Stores a blob, or its bytes where the database refuses blobs. Rejects with the reason if neither could be stored. */
export async function putBlob(blob: Blob, put: (value: StoredBlob) => Promise<unknown>): Promise<void> {
  try {
    await put(blob);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'QuotaExceededError') throw error;
    const buffer = await blob.arrayBuffer().catch(() => undefined);
    if (!buffer) throw error;
    await put({ buffer, type: blob.type });
  }
}
