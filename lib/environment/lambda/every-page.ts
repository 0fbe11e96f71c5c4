/**
 * What all pages of a list of AWS hold, in its order.
 *
 * @param pages of a paginator of the SDK
 * @param itemsOf what one page holds; AWS leaves an empty list out
 */
export async function everyPage<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}
