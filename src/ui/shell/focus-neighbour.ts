/** Called before this button's row is removed: focuses the last button of the adjacent row, else of their section, else of the next section. */
export function focusNeighbour(button: HTMLElement): void {
  const row = button.closest('li');
  const section = row?.closest('section');
  const buttonsIn = (element: Element | null | undefined) =>
    [...(element?.querySelectorAll('button') ?? [])].filter((other) => other !== button && !row?.contains(other));
  const neighbours = [row?.nextElementSibling ?? row?.previousElementSibling, section, section?.nextElementSibling];
  neighbours
    .map((element) => buttonsIn(element).at(-1))
    .find((other) => other)
    ?.focus();
}
