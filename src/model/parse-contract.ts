import { ModelError } from './error';

/** The JSON in contract.json. place: its address or path, for the message. Throws a ModelError 'weights-unreachable' if it is not JSON. */
export function parseContract(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // Most likely a server that answers every address with its start page: there is no contract at that place.
    throw new ModelError('weights-unreachable', `${place} is not JSON`, { cause });
  }
}
