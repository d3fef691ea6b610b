/** The row of this button is about to go: the focus goes to the last button of the next row, else of the section around them, else of the section after it. */
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
