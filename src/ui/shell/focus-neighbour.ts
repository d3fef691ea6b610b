/** The row of this button is about to go: the focus goes to the last button of the next row, or else of the section around them. */
export function focusNeighbour(button: HTMLElement): void {
  const row = button.closest('li');
  const neighbour = row?.nextElementSibling ?? row?.previousElementSibling ?? row?.closest('section');
  [...(neighbour?.querySelectorAll('button') ?? [])].findLast((other) => other !== button && !row?.contains(other))?.focus();
}
