/** A binary heap of items with a numeric priority; `pop` removes an item of the smallest one. */
export class PriorityQueue<Item extends { readonly priority: number }> {
  private readonly heap: Item[] = [];

  push(item: Item): void {
    const { heap } = this;
    let child = heap.push(item) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (heap[parent]!.priority <= item.priority) break;
      heap[child] = heap[parent]!;
      child = parent;
    }
    heap[child] = item;
  }

  pop(): Item | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1]!.priority < heap[child]!.priority) child += 1;
      if (heap[child]!.priority >= last.priority) break;
      heap[parent] = heap[child]!;
      parent = child;
    }
    heap[parent] = last;
    return first;
  }
}
